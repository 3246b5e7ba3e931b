// Two labels become one: which one stays.
import { Button, Modal, Select } from '@mantine/core';
import type { Label, LabelId } from '@semblance/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFaultText } from '../../shared/faults.ts';
import { useLabels } from './list-store.ts';
import classes from './RunDialog.module.css';

interface MergeDialogProps {
  label: Label;
  onClose(): void;
  onMerged(into: LabelId, actId: number | null): void;
}

export function MergeDialog({ label, onClose, onMerged }: MergeDialogProps) {
  const { t } = useTranslation();
  const say = useFaultText();
  const { labels, merge, actFault } = useLabels((state) => state);
  const [into, setInto] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState(false);
  const others = labels.filter((other) => other.id !== label.id);

  const onMerge = async () => {
    if (into === null) return;
    setBusy(true);
    const result = await merge(label.id, Number(into));
    setBusy(false);
    setFailed(result === null);
    if (result !== null) onMerged(Number(into), result.actId);
  };

  return (
    <Modal
      opened
      centered
      onClose={onClose}
      title={t('labels.mergeTitle', { name: label.name })}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <p className={classes.text}>{t('labels.mergeText')}</p>
      <Select
        data-autofocus
        label={t('labels.mergeTarget')}
        data={others.map((other) => ({ value: String(other.id), label: other.name }))}
        value={into}
        searchable
        nothingFoundMessage={t('labels.noSuchLabel')}
        onChange={setInto}
      />
      {failed && (
        <p role="alert" className={classes.fault}>
          {say(actFault)}
        </p>
      )}
      <div className={classes.actions}>
        <Button variant="default" onClick={onClose}>
          {t('labels.cancel')}
        </Button>
        <Button disabled={into === null} loading={busy} onClick={() => void onMerge()}>
          {t('labels.merge')}
        </Button>
      </div>
    </Modal>
  );
}
