// Labels where photos are: on the open photo as chips, on chosen photos through the picker.
import { Modal } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { LabelAssignment, LabelId } from '@semblance/contract';
import { IconPlus } from '@tabler/icons-react';
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toFault } from '../connection/faults.ts';
import { LabelChips } from '../features/labels/LabelChips.tsx';
import { LabelPicker } from '../features/labels/LabelPicker.tsx';
import { useLabels } from '../features/labels/list-store.ts';
import { useEngine } from '../shared/engine-context.tsx';
import { useFaultText } from '../shared/faults.ts';
import { OVER_THE_PHOTO, useFocusBack } from '../shared/on-top.ts';
import { useUndo } from '../shared/undo.tsx';

/** For how many photos the picker asks one by one which labels they have. */
const ASKED = 200;

interface LabelsOfProps {
  photoId: string;
  onOpen(id: LabelId): void;
  onAdd(): void;
}

/** The labels of the open photo. */
export function LabelsOf({ photoId, onOpen, onAdd }: LabelsOfProps) {
  const { t } = useTranslation();
  const { client } = useEngine();
  const all = useLabels((state) => state.labels);
  const loadAll = useLabels((state) => state.load);
  const say = useFaultText();
  const done = useUndo();
  const [labels, setLabels] = useState<LabelAssignment[]>([]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the list changes when a label was given or taken
  useEffect(() => {
    let current = true;
    client.labels.of({ photoId }).then(
      (found) => current && setLabels(found),
      () => undefined,
    );
    return () => {
      current = false;
    };
  }, [client, photoId, all]);

  const decide = (labelId: LabelId, verdict: 'yes' | 'no') =>
    client.labels.answer({ decisions: [{ labelId, photoId, verdict }] }).then(
      (result) => {
        const name = labels.find((label) => label.id === labelId)?.name ?? '';
        done(result, t(verdict === 'yes' ? 'labels.given' : 'labels.taken', { count: 1, name }));
        void loadAll();
      },
      (error) => notifications.show({ message: say(toFault(error)) }),
    );
  return (
    <section>
      <h3>{t('labels.title')}</h3>
      <LabelChips labels={labels} onOpen={onOpen} onDecide={(id, verdict) => void decide(id, verdict)} />
      <ul className="sem-info-chips">
        <li>
          <button type="button" onClick={onAdd}>
            <IconPlus size={14} aria-hidden />
            {t('labels.add')}
          </button>
        </li>
      </ul>
    </section>
  );
}

/** The picker over everything, for the photos chosen. */
export function LabelDialog({ ids, onClose }: { ids: readonly string[]; onClose(): void }) {
  const { t } = useTranslation();
  useFocusBack();
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('labels.pickFor', { count: ids.length })}
      {...OVER_THE_PHOTO}
      centered
      size="sm"
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <Picker ids={ids} onClose={onClose} />
    </Modal>
  );
}

function Picker({ ids, onClose }: { ids: readonly string[]; onClose(): void }) {
  const { t } = useTranslation();
  const { client } = useEngine();
  const labels = useLabels((state) => state.labels);
  const load = useLabels((state) => state.load);
  const say = useFaultText();
  const done = useUndo();
  const [assigned, setAssigned] = useState<ReadonlyMap<LabelId, 'all' | 'some'>>(new Map());

  const look = useCallback(async () => {
    const asked = ids.slice(0, ASKED);
    const found = await Promise.all(asked.map((photoId) => client.labels.of({ photoId })));
    const counts = new Map<LabelId, number>();
    for (const { id, state } of found.flat()) {
      if (state === 'yours' || state === 'tagged') counts.set(id, (counts.get(id) ?? 0) + 1);
    }
    const all = (count: number) => count === asked.length && asked.length === ids.length;
    setAssigned(new Map([...counts].map(([id, count]) => [id, all(count) ? 'all' : 'some'])));
  }, [client, ids]);
  useEffect(() => {
    void load();
    look().catch(() => undefined);
  }, [load, look]);

  const assign = async (id: LabelId, name: string, on: boolean) => {
    const result = await client.labels.assign({ id, photos: { kind: 'photos', ids: [...ids] }, on });
    done(result, t(on ? 'labels.given' : 'labels.taken', { count: result.photos, name }));
    await Promise.all([load(), look()]);
  };
  const report = (error: unknown) => notifications.show({ message: say(toFault(error)) });
  return (
    <LabelPicker
      labels={labels}
      assigned={assigned}
      onToggle={(id, on) => {
        const name = labels.find((label) => label.id === id)?.name ?? '';
        assign(id, name, on).catch(report);
      }}
      onCreate={(name) => {
        client.labels
          .create({ draft: { name } })
          .then(({ label }) => assign(label.id, label.name, true))
          .catch(report);
      }}
      onClose={onClose}
    />
  );
}
