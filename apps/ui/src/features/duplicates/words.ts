// Sizes, moments and reasons in the reader's language.
import type { DuplicateGroup, DuplicatePhoto, KeepReason } from '@semblance/contract';
import { useTranslation } from 'react-i18next';
import { fileSize, number } from '../../shared/format.ts';

export function useBytes(): (bytes: number) => string {
  const { i18n } = useTranslation();
  return (bytes) => fileSize(i18n.language, bytes);
}

/** A moment of this computer's clock (unlike a photo's, which is the wall's where it was taken). */
export function useMoment(): (at: number) => string {
  const { i18n } = useTranslation();
  return (at) =>
    new Intl.DateTimeFormat(i18n.language, { dateStyle: 'medium', timeStyle: 'short' }).format(at);
}

/** `4000 × 3000` */
export function useDimensions(): (size: { width: number; height: number }) => string {
  const { i18n } = useTranslation();
  const whole = (value: number) => new Intl.NumberFormat(i18n.language, { useGrouping: false }).format(value);
  return ({ width, height }) => `${whole(width)} × ${whole(height)}`;
}

/** Why a photo is kept or not, in a few words each, most important first. */
export function useReasons(): (
  photo: DuplicatePhoto,
  group: DuplicateGroup,
) => { text: string; better: boolean }[] {
  const { t } = useTranslation();
  const size = useDimensions();
  const care = (photo: DuplicatePhoto): string[] => [
    ...(photo.favourite ? [t('duplicates.reason.favourite')] : []),
    ...(photo.rating === null ? [] : [t('duplicates.reason.rated', { count: photo.rating })]),
    ...(photo.albums === 0 ? [] : [t('duplicates.reason.albums', { count: photo.albums })]),
    ...(photo.labels === 0 ? [] : [t('duplicates.reason.labels', { count: photo.labels })]),
  ];
  /** Detail is counted in pixels that are really there: a picture can be larger and yet hold less. */
  const isAlsoLarger = (photo: DuplicatePhoto, { photos }: DuplicateGroup, better: boolean): boolean => {
    const other = photo === photos[0] ? photos[1] : photos[0];
    if (other === undefined) return false;
    const more = photo.width * photo.height - other.width * other.height;
    return better ? more > 0 : more < 0;
  };
  const one = (photo: DuplicatePhoto, group: DuplicateGroup, reason: KeepReason): string => {
    const cared = reason.rule === 'cared-for' && reason.better ? care(photo) : [];
    if (cared.length > 0) return cared.join(', ');
    const isSize = reason.rule === 'detail' && isAlsoLarger(photo, group, reason.better);
    const name = reason.rule === 'detail' && !isSize ? 'detailReal' : reason.rule;
    return t(`duplicates.reason.${name}.${reason.better ? 'better' : 'worse'}`, { size: size(photo) });
  };
  return (photo, group) => {
    const told = photo.reasons.map((reason) => ({ text: one(photo, group, reason), better: reason.better }));
    return told.length > 0 || !photo.reference
      ? told
      : [{ text: t('duplicates.reason.reference-folder.better'), better: true }];
  };
}

/** `mirrored, resized`: names the engine gives, in words where there are any. */
export function useChanges(): (photo: DuplicatePhoto) => string[] {
  const { t, i18n } = useTranslation();
  return (photo) =>
    photo.changes.map((change) =>
      i18n.exists(`duplicates.change.${change}`) ? t(`duplicates.change.${change}`) : change,
    );
}

/** Share of the picture that differs, as a percentage; null when not compared or nothing to tell. */
export function useDifference(): (photo: DuplicatePhoto, group: DuplicateGroup) => string | null {
  const { t, i18n } = useTranslation();
  return (photo, group) => {
    if (photo.difference === null || photo.suggested) return null;
    // Compared after alignment at a common size: nothing to be seen is not yet the same pixels.
    if (photo.difference === 0) {
      return t(group.kind === 'exact' ? 'duplicates.identicalPixels' : 'duplicates.noDifference');
    }
    const percent = photo.difference * 100;
    const value = percent < 0.1 ? `< ${number(i18n.language, 0.1, 1)}` : number(i18n.language, percent, 1);
    return t('duplicates.differs', { value });
  };
}
