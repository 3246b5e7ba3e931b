// One group in the list: its photos small, what it is, what it would free, and whether it was looked at.
import type { DuplicateGroup, DuplicatePhoto } from '@semblance/contract';
import { IconCircleCheckFilled } from '@tabler/icons-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { useEngine } from '../../shared/engine-context.tsx';
import { fileName } from '../../shared/format.ts';
import { colourOf } from '../../shared/placeholder.ts';
import { ThumbImage } from '../../shared/ThumbImage.tsx';
import { useVeiled } from '../../shared/veil.ts';
import classes from './GroupList.module.css';
import { trashedPhotos } from './marks.ts';
import { useBytes } from './words.ts';

interface GroupRowProps {
  group: DuplicateGroup | undefined;
  index: number;
  total: number;
  current: boolean;
  wide: boolean;
  onPick(index: number): void;
}

const ROW = 76;

export const GroupRow = memo(function GroupRow(props: GroupRowProps) {
  const { group, index, total, current, wide, onPick } = props;
  const { t } = useTranslation();
  const bytes = useBytes();
  const trashed = group === undefined ? 0 : trashedPhotos(group).length;
  const shown = group?.photos.slice(0, wide ? 4 : 2) ?? [];
  const more = (group?.photos.length ?? 0) - shown.length;
  const best = group?.photos.find((photo) => photo.suggested) ?? group?.photos.find((photo) => photo.keep);
  const decision = group?.decision ?? null;
  const said = decision === null ? '' : t(`duplicates.decision.${decision}`);
  const freed =
    group === undefined
      ? ''
      : trashed > 0
        ? bytes(group.freed)
        : said === ''
          ? t('duplicates.nothingFreed')
          : said;
  const state = said === '' && group?.chosen ? t('duplicates.chosen') : said;
  return (
    <li style={{ transform: `translateY(${index * ROW}px)` }} aria-posinset={index + 1} aria-setsize={total}>
      <button
        type="button"
        className={classes.row}
        data-review-row
        data-index={index}
        data-testid="group-row"
        aria-current={current || undefined}
        tabIndex={current ? 0 : -1}
        onClick={() => onPick(index)}
      >
        <span className={classes.thumbs}>
          {shown.map((one) => (
            <Thumb key={one.fileId} of={one} trash={trashed > 0 && !one.keep} />
          ))}
          {more > 0 && wide && <em>+{more}</em>}
        </span>
        {group !== undefined && (
          <>
            <span className={classes.kind}>
              <strong>{t(`duplicates.kind.${group.kind}.one`)}</strong>
              <span>{t('duplicates.photos', { count: group.photos.length })}</span>
              {!wide && <span>{freed}</span>}
            </span>
            {wide && (
              <>
                <span className={classes.kept}>
                  <strong>{best === undefined ? '' : fileName(best.path)}</strong>
                  <span>{best === undefined ? '' : folderOf(best.path)}</span>
                </span>
                <span className={classes.freed}>
                  <strong>{freed}</strong>
                  {trashed > 0 && <span>{t('duplicates.files', { count: trashed })}</span>}
                </span>
                <span className={classes.state}>{state}</span>
              </>
            )}
            {!wide && group.chosen && (
              <IconCircleCheckFilled className={classes.tick} size={18} aria-label={t('duplicates.chosen')} />
            )}
          </>
        )}
      </button>
    </li>
  );
});

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.length - fileName(path).length - 1));
}

function Thumb({ of: { photo }, trash }: { of: DuplicatePhoto; trash: boolean }) {
  const { picture } = useEngine();
  return (
    <span data-trash={trash || undefined} style={{ backgroundColor: colourOf(photo.placeholder) }}>
      <ThumbImage src={picture('thumb', photo)} alt="" veiled={useVeiled(photo)} />
    </span>
  );
}
