// Asks before a model is deleted, and says what it costs: another download.
import { Button, Modal } from '@mantine/core';
import type { ModelInfo } from '@semblance/contract';
import { useTranslation } from 'react-i18next';
import classes from './Models.module.css';
import { useBytes } from './words.ts';

interface RemoveModelProps {
  model: ModelInfo | null;
  onCancel(): void;
  onConfirm(id: string): void;
}

export function RemoveModel({ model, onCancel, onConfirm }: RemoveModelProps) {
  const { t } = useTranslation();
  const size = useBytes();
  return (
    <Modal
      opened={model !== null}
      onClose={onCancel}
      centered
      title={t('models.removeTitle', { name: model?.name ?? '' })}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <p className={classes.about}>{t('models.removeText', { size: size(model?.bytes ?? 0) })}</p>
      <div className={classes.buttons}>
        <Button variant="default" data-autofocus onClick={onCancel}>
          {t('models.keep')}
        </Button>
        <Button color="red.9" onClick={() => model !== null && onConfirm(model.id)}>
          {t('models.remove')}
        </Button>
      </div>
    </Modal>
  );
}
