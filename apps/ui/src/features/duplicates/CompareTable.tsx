// Photos as columns, what is known of them as rows: pictures under one zoom, keep or trash, why, and the facts, with
// those that differ set off.

import { Kbd, VisuallyHidden } from '@mantine/core';
import type { DuplicateGroup, DuplicatePhoto } from '@semblance/contract';
import { IconCheck, IconLock, IconMinus, IconPlus, IconTrash } from '@tabler/icons-react';
import { Fragment, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { fileName } from '../../shared/format.ts';
import { useFactRows } from './facts.ts';
import { isBrowseOnly, isSettled } from './marks.ts';
import { Picture } from './Picture.tsx';
import classes from './Stage.module.css';
import type { StageProps } from './Stage.tsx';
import { useChanges, useDifference, useReasons } from './words.ts';
import { ZoomPane } from './ZoomPane.tsx';

/** So many full pictures are loaded at once without being asked; in larger groups zooming asks. */
const FULL_AT_ONCE = 4;

/** Width / height: one portrait among wide pictures does not make all panes tower. */
const FLATTEST_PANE = 0.8;

export function CompareTable(props: StageProps & { group: DuplicateGroup }) {
  const { group, view, active } = props;
  const { t } = useTranslation();
  const scroller = useRef<HTMLElement>(null);
  const before = useRef(active);
  useEffect(() => {
    if (before.current === active) return;
    before.current = active;
    // Marked by its number, a photo of a long burst may be out of sight.
    const column = scroller.current?.querySelectorAll('thead th')[active];
    column?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [active]);
  const rows = useFactRows(group);
  const many = group.photos.length > FULL_AT_ONCE;
  const pixels = Math.max(...group.photos.map((photo) => photo.width));
  // As high as the tallest of them needs, so that wide pictures leave no empty bands.
  const shape = Math.max(FLATTEST_PANE, Math.min(...group.photos.map((photo) => photo.width / photo.height)));
  return (
    <section
      ref={scroller}
      className={classes.scroller}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to take the focus to be scrolled by key
      tabIndex={0}
      aria-label={t('duplicates.compareLabel')}
    >
      <table className={classes.table} style={{ minWidth: 112 + group.photos.length * 206 }}>
        <thead>
          <tr>
            <td />
            {group.photos.map((photo, i) => (
              <th
                key={photo.fileId}
                scope="col"
                className={classes.column}
                data-active={i === active || undefined}
                data-mark={markOf(group, photo)}
                onPointerDown={() => props.onActive(i)}
              >
                <ZoomPane
                  view={view}
                  ratio={photo.width / photo.height}
                  pixels={pixels}
                  shape={shape}
                  onView={props.onView}
                >
                  <Picture
                    photo={photo.photo}
                    alt={t('duplicates.photoAlt', { index: i + 1, name: fileName(photo.path) })}
                    full={!many || view.scale > 1}
                  />
                </ZoomPane>
                <Mark
                  group={group}
                  photo={photo}
                  index={i}
                  onToggle={() => props.onAction({ do: 'toggle', index: i })}
                />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">{t('duplicates.why')}</th>
            {group.photos.map((photo) => (
              <td key={photo.fileId}>
                <Why photo={photo} group={group} />
              </td>
            ))}
          </tr>
          {rows.map((row) => (
            <tr key={row.name} data-differs={row.differs || undefined}>
              <th scope="row">
                {row.label}
                {row.differs && <span className={classes.hidden}>{t('duplicates.rowDiffers')}</span>}
              </th>
              {row.values.map((value, i) => (
                <td
                  key={group.photos[i]?.fileId}
                  className={classes.value}
                  data-odd={row.odd[i] || undefined}
                >
                  <span>{value === null ? '–' : <Breakable text={value} />}</span>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function markOf(group: DuplicateGroup, photo: DuplicatePhoto): 'keep' | 'trash' | undefined {
  if (isSettled(group)) return undefined;
  return photo.keep ? 'keep' : 'trash';
}

/** A path may break after each of its folders. */
function Breakable({ text }: { text: string }) {
  if (!/[\\/]/.test(text)) return text;
  return text.split(/(?<=[\\/])/).map((part, i) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: parts of one text never move
    <Fragment key={i}>
      {part}
      <wbr />
    </Fragment>
  ));
}

interface MarkProps {
  group: DuplicateGroup;
  photo: DuplicatePhoto;
  index: number;
  onToggle(): void;
}

function Mark({ group, photo, index, onToggle }: MarkProps) {
  const { t } = useTranslation();
  if (isSettled(group)) {
    const what = group.decision === null ? 'browseOnly' : `decision.${group.decision}`;
    return <p className={classes.browseOnly}>{t(`duplicates.${what}`)}</p>;
  }
  const locked = photo.keep && photo.reference;
  const Icon = locked ? IconLock : photo.keep ? IconCheck : IconTrash;
  const state = photo.keep ? (locked ? 'duplicates.alwaysKept' : 'duplicates.keep') : 'duplicates.trash';
  return (
    <button
      type="button"
      className={classes.mark}
      data-keep={photo.keep || undefined}
      data-testid="mark"
      aria-pressed={photo.keep}
      onClick={onToggle}
    >
      <Icon size={17} stroke={2} aria-hidden />
      <VisuallyHidden>{t('duplicates.markOf', { index: index + 1 })}</VisuallyHidden>
      <span>{t(state)}</span>
      {index < 9 && <Kbd aria-hidden>{index + 1}</Kbd>}
    </button>
  );
}

function Why({ photo, group }: { photo: DuplicatePhoto; group: DuplicateGroup }) {
  const reasons = useReasons()(photo, group);
  const changes = useChanges()(photo);
  const difference = useDifference()(photo, group);
  const { t } = useTranslation();
  const notes = [...changes, ...(difference === null ? [] : [difference])];
  return (
    <ul className={classes.why}>
      {photo.suggested && !isBrowseOnly(group) && (
        <li data-better>
          <IconCheck size={14} aria-hidden />
          {t('duplicates.suggested')}
        </li>
      )}
      {reasons.map(({ text, better }) => (
        <li key={text} data-better={better || undefined}>
          {better ? <IconPlus size={14} aria-hidden /> : <IconMinus size={14} aria-hidden />}
          {text}
        </li>
      ))}
      {notes.length > 0 && <li className={classes.notes}>{notes.join(' · ')}</li>}
    </ul>
  );
}
