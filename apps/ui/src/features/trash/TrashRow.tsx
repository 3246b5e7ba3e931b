// One photo that was thrown away: what it was, where, when; back with it, or why not.
import { Button, Checkbox } from '@mantine/core';
import type { ThrownAway } from '@semblance/contract';
import { IconFile, IconPhoto } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useEngine } from '../../shared/engine-context.tsx';
import { fileName, fileSize } from '../../shared/format.ts';
import { ThumbImage } from '../../shared/ThumbImage.tsx';
import { useVeiled } from '../../shared/veil.ts';
import { folderName, timeOf } from './days.ts';
import { canComeBack, useTrash } from './store.ts';
import classes from './TrashRoom.module.css';

interface TrashRowProps {
  file: ThrownAway;
  onPutBack(): void;
  onDismiss(): void;
}

export function TrashRow({ file, onPutBack, onDismiss }: TrashRowProps) {
  const { t, i18n } = useTranslation();
  const chosen = useTrash((state) => state.chosen.has(file.id));
  const problem = useTrash((state) => state.problems.get(file.path));
  const busy = useTrash((state) => state.busy);
  const choose = useTrash((state) => state.choose);
  const name = fileName(file.path);
  const possible = canComeBack(file);
  const why = possible
    ? problem === undefined
      ? null
      : t(`moveProblem.${problem}`)
    : t(`thrownAway.place.${file.place}`);
  const facts = [timeOf(i18n.language, file.at), fileSize(i18n.language, file.bytes)];
  if (file.companions > 0) facts.push(t('thrownAway.with', { count: file.companions }));
  return (
    <li className={classes.row} data-place={file.place} data-chosen={chosen || undefined}>
      <Checkbox
        className={classes.check}
        aria-label={t('thrownAway.select', { name })}
        disabled={!possible}
        checked={chosen}
        onChange={(event) => choose(file.id, event.currentTarget.checked)}
      />
      <Thumb file={file} />
      <span className={classes.facts}>
        <strong title={file.path}>{name}</strong>
        <span className={classes.folder} title={folderName(file.path)}>
          <bdi>{folderName(file.path)}</bdi>
        </span>
        <span className={classes.when}>{facts.join(' · ')}</span>
        {why !== null && <span className={classes.why}>{why}</span>}
      </span>
      {possible ? (
        <Button
          size="compact-sm"
          variant="default"
          disabled={busy}
          aria-label={t('thrownAway.putBackOne', { name })}
          onClick={onPutBack}
        >
          {t('thrownAway.putBack')}
        </Button>
      ) : (
        file.place !== 'away' && (
          <Button
            size="compact-sm"
            variant="subtle"
            color="gray"
            c="var(--sem-muted)"
            disabled={busy}
            aria-label={t('thrownAway.dismissOne', { name })}
            onClick={onDismiss}
          >
            {t('thrownAway.dismiss')}
          </Button>
        )
      )}
    </li>
  );
}

function Thumb({ file }: { file: ThrownAway }) {
  const { picture } = useEngine();
  const veiled = useVeiled(file.tile ?? undefined);
  return (
    <span className={classes.thumb} aria-hidden>
      {file.tile === null ? <IconFile size={22} stroke={1.4} /> : <IconPhoto size={22} stroke={1.4} />}
      {file.tile !== null && <ThumbImage src={picture('thumb', file.tile)} alt="" veiled={veiled} />}
    </span>
  );
}
