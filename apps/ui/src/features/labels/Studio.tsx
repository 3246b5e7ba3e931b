// The studio of one label: what it is called and means on the left, what it finds on the right.
import { Button, Menu } from '@mantine/core';
import {
  IconArrowMerge,
  IconDotsVertical,
  IconMessageQuestion,
  IconPlayerPlay,
  IconTrash,
} from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RoomProps } from '../../shared/room.ts';
import { AskMe } from './AskMe.tsx';
import { useAsk } from './ask-store.ts';
import { ColorButton } from './ColorButton.tsx';
import { isDirty } from './desk.ts';
import { useLabels } from './list-store.ts';
import { Matches } from './Matches.tsx';
import { MergeDialog } from './MergeDialog.tsx';
import { useRuns } from './runs-store.ts';
import classes from './Studio.module.css';
import { StudioForm } from './StudioForm.tsx';
import { currentDesk, type Saved, useStudio } from './studio-store.ts';
import { say } from './toast.tsx';

export function Studio({ onOpen }: RoomProps) {
  const { t } = useTranslation();

  const desk = useStudio(currentDesk);
  const { edit, save, saving, reset, forget, open } = useStudio((state) => state);
  const { labels, load, remove, undo } = useLabels((state) => state);
  const openRun = useRuns((state) => state.openDialog);
  const { phase: asking, start: startAsking, stop: stopAsking } = useAsk((state) => state);
  const [merging, setMerging] = useState(false);
  const [lastSave, setLastSave] = useState<Saved | null>(null);
  const name = useRef<HTMLInputElement>(null);
  const isNew = desk?.id === null;
  useEffect(() => {
    if (isNew) name.current?.focus();
  }, [isNew]);
  if (desk === null) return null;

  const id = desk.id;
  const label = labels.find((other) => other.id === id);
  const canSave = isDirty(desk) && desk.draft.name.trim() !== '' && !saving;

  const takeBack = (acts: readonly number[]) => ({
    label: t('labels.undo'),
    run: () => void undo(acts).then((done) => !done && say(t('labels.undoFailed'))),
  });
  const onSave = async () => {
    const saved = await save();
    if (saved === null) return;
    setLastSave(saved);
    await load();
  };
  const onUndoSave = async (saved: Saved) => {
    setLastSave(null);
    if (!(await undo(saved.acts))) return say(t('labels.undoFailed'));
    if (saved.isNew) forget(saved.id);
  };
  const onRemove = async () => {
    if (label === undefined) return;
    const done = await remove(label.id);
    if (done === null) return say(t('labels.actFailed'));
    forget(label.id);
    document.querySelector<HTMLElement>('[role="treeitem"][tabindex="0"]')?.focus();
    say(t('labels.removed', { name: label.name }), done.actId === null ? undefined : takeBack([done.actId]));
  };

  return (
    <form
      className={classes.studio}
      aria-label={isNew ? t('labels.new') : t('labels.studioOf', { name: desk.saved.name })}
      onSubmit={(event) => {
        event.preventDefault();
        if (canSave) void onSave();
      }}
      onKeyDown={(event) => {
        if ((event.ctrlKey || event.metaKey) && event.key === 's') {
          event.preventDefault();
          if (canSave) void onSave();
        }
      }}
    >
      <header className={classes.header}>
        <ColorButton color={desk.draft.color} onChange={(color) => edit({ color })} />
        <input
          ref={name}
          className={classes.title}
          value={desk.draft.name}
          placeholder={t('labels.namePlaceholder')}
          aria-label={t('labels.name')}
          maxLength={200}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => edit({ name: event.currentTarget.value })}
        />
        <Button
          variant={asking === 'off' ? 'default' : 'light'}
          leftSection={<IconMessageQuestion size={18} aria-hidden />}
          aria-pressed={asking !== 'off'}
          disabled={asking === 'off' && desk.preview === null}
          title={t('labels.askHint')}
          onClick={() => (asking === 'off' ? void startAsking() : stopAsking())}
        >
          {t('labels.askMe')}
        </Button>
        <Button
          variant="default"
          leftSection={<IconPlayerPlay size={16} aria-hidden />}
          disabled={id === null}
          title={id === null ? t('labels.runNeedsSave') : undefined}
          onClick={() => id !== null && openRun({ labels: [id] })}
        >
          {t('labels.run')}
        </Button>
        {label !== undefined && (
          <Menu position="bottom-end">
            <Menu.Target>
              <Button
                variant="subtle"
                color="gray"
                px={8}
                aria-label={t('labels.actionsFor', { name: label.name })}
              >
                <IconDotsVertical size={18} aria-hidden />
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item
                leftSection={<IconArrowMerge size={16} aria-hidden />}
                disabled={labels.length < 2}
                onClick={() => setMerging(true)}
              >
                {t('labels.mergeInto')}
              </Menu.Item>
              <Menu.Item leftSection={<IconTrash size={16} aria-hidden />} onClick={() => void onRemove()}>
                {t('labels.remove')}
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        )}
      </header>
      <div className={classes.body}>
        <StudioForm
          desk={desk}
          saving={saving}
          canSave={canSave}
          onUndoSave={
            lastSave !== null && lastSave.id === id && lastSave.acts.length > 0
              ? () => void onUndoSave(lastSave)
              : null
          }
          onReset={() => {
            reset();
            stopAsking();
          }}
        />
        <div className={classes.right}>
          {asking === 'off' ? <Matches desk={desk} onOpen={onOpen} /> : <AskMe desk={desk} />}
        </div>
      </div>
      {merging && label !== undefined && (
        <MergeDialog
          label={label}
          onClose={() => setMerging(false)}
          onMerged={(into, actId) => {
            setMerging(false);
            forget(label.id);
            const target = labels.find((other) => other.id === into);
            if (target !== undefined) open(target);
            say(
              t('labels.merged', { name: label.name, into: target?.name ?? '' }),
              actId === null ? undefined : takeBack([actId]),
            );
          }}
        />
      )}
    </form>
  );
}
