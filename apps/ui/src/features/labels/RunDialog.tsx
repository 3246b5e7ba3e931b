// Starting a run: which labels, over which photos; then its progress and what it brought, with the way back.
import { Button, Checkbox, Modal, Progress, Select } from '@mantine/core';
import type { Label, PhotoSet } from '@semblance/contract';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFaultText } from '../../shared/faults.ts';
import { Dot } from './Dot.tsx';
import { useLabels } from './list-store.ts';
import classes from './RunDialog.module.css';
import { RunOutcome } from './RunHistory.tsx';
import { type RunDialogState, useRuns } from './runs-store.ts';

export function RunDialog() {
  const { t } = useTranslation();
  const { dialog, started, closeDialog } = useRuns((state) => state);
  return (
    <Modal
      opened={dialog !== null}
      centered
      size={520}
      onClose={closeDialog}
      title={started === null ? t('labels.runTitle') : t(`labels.runState.${started.state}`)}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      {dialog !== null && (started === null ? <Choice dialog={dialog} /> : <Started />)}
    </Modal>
  );
}

function Choice({ dialog }: { dialog: RunDialogState }) {
  const { t } = useTranslation();
  const say = useFaultText();
  const labels = useLabels((state) => state.labels);
  const { places, starting, startFault, start, closeDialog } = useRuns((state) => state);
  const [chosen, setChosen] = useState<ReadonlySet<number>>(
    () => new Set(dialog.labels ?? labels.map((label) => label.id)),
  );
  const [place, setPlace] = useState(dialog.selection === null ? 'all' : 'selection');
  const all = chosen.size === labels.length;
  const selected = dialog.selection?.kind === 'photos' ? dialog.selection.ids.length : null;
  const groups = [
    {
      group: t('labels.overGroup'),
      items: [
        ...(dialog.selection === null
          ? []
          : [
              {
                value: 'selection',
                label:
                  selected === null
                    ? t('labels.overSelection')
                    : t('labels.overSelected', { count: selected }),
              },
            ]),
        { value: 'all', label: t('labels.overAll') },
      ],
    },
    {
      group: t('labels.overAlbums'),
      items: (places?.albums ?? []).map((album) => ({ value: `album-${album.id}`, label: album.name })),
    },
    {
      group: t('labels.overFolders'),
      items: (places?.folders ?? []).map((folder) => ({ value: `folder-${folder.id}`, label: folder.name })),
    },
  ].filter((group) => group.items.length > 0);

  const toggle = (label: Label, on: boolean) => {
    const next = new Set(chosen);
    if (on) next.add(label.id);
    else next.delete(label.id);
    setChosen(next);
  };

  return (
    <>
      <p className={classes.text}>{t('labels.runText')}</p>
      <Select
        label={t('labels.over')}
        data={groups}
        value={place}
        allowDeselect={false}
        searchable={groups.length > 1}
        nothingFoundMessage={t('labels.nothingFound')}
        onChange={(value) => value !== null && setPlace(value)}
      />
      <fieldset className={classes.labels}>
        <legend>{t('labels.whichLabels')}</legend>
        <Checkbox
          className={classes.all}
          label={t('labels.allOfThem', { count: labels.length })}
          checked={all}
          indeterminate={!all && chosen.size > 0}
          onChange={() => setChosen(new Set(all ? [] : labels.map((label) => label.id)))}
        />
        <div className={classes.list}>
          {labels.map((label) => (
            <Checkbox
              key={label.id}
              checked={chosen.has(label.id)}
              label={
                <span className={classes.label}>
                  <Dot color={label.color} />
                  <span>{label.name}</span>
                </span>
              }
              onChange={(event) => toggle(label, event.currentTarget.checked)}
            />
          ))}
        </div>
      </fieldset>
      {startFault !== null && (
        <p role="alert" className={classes.fault}>
          {say(startFault)}
        </p>
      )}
      <div className={classes.actions}>
        <Button variant="default" onClick={closeDialog}>
          {t('labels.cancel')}
        </Button>
        <Button
          data-autofocus
          disabled={chosen.size === 0}
          loading={starting}
          onClick={() => void start([...chosen], setOf(place, dialog.selection))}
        >
          {t('labels.runCount', { count: chosen.size })}
        </Button>
      </div>
    </>
  );
}

function Started() {
  const { t } = useTranslation();
  const { started, closeDialog } = useRuns((state) => state);
  const show = useLabels((state) => state.show);
  const close = useRef<HTMLButtonElement>(null);
  const state = started?.state;
  // The button that was pressed is gone, and the focus with it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another state brings another set of buttons
  useEffect(() => close.current?.focus(), [state]);
  if (started === null) return null;
  const share = started.total === 0 ? 0 : (started.done / started.total) * 100;
  return (
    <div className={classes.started}>
      {started.state === 'running' ? (
        <>
          <Progress size={6} value={share} aria-label={t('labels.running')} />
          <p className={classes.count} role="status">
            {t('labels.runProgress', { done: started.done, total: started.total })}
          </p>
        </>
      ) : (
        <RunOutcome run={started} large />
      )}
      <div className={classes.actions}>
        {started.state === 'done' && started.suggested > 0 && (
          <Button
            variant="default"
            onClick={() => {
              closeDialog();
              show('queue');
            }}
          >
            {t('labels.reviewCount', { count: started.suggested })}
          </Button>
        )}
        <Button
          ref={close}
          variant={started.state === 'running' ? 'default' : 'filled'}
          onClick={closeDialog}
        >
          {started.state === 'running' ? t('labels.runBehind') : t('labels.done')}
        </Button>
      </div>
    </div>
  );
}

function setOf(place: string, selection: PhotoSet | null): PhotoSet {
  if (place === 'selection' && selection !== null) return selection;
  const [kind, id] = place.split('-');
  if (kind === 'album') return { kind: 'album', id: Number(id) };
  if (kind === 'folder') return { kind: 'folder', id: Number(id), path: '' };
  return { kind: 'all' };
}
