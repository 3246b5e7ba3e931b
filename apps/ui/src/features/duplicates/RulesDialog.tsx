// The rules by themselves, from the overview: what to keep, before anything is looked at.
import { Button, Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFaultText } from '../../shared/faults.ts';
import classes from './Apply.module.css';
import { RulesEditor } from './RulesEditor.tsx';
import { useDuplicates } from './store.ts';

export function RulesDialog() {
  const { t } = useTranslation();
  const say = useFaultText();
  const open = useDuplicates((state) => state.rulesOpen);
  const fault = useDuplicates((state) => state.applyFault);
  const openRules = useDuplicates((state) => state.openRules);
  return (
    <Modal
      opened={open}
      onClose={() => openRules(false)}
      title={t('duplicates.rulesTitle')}
      size={560}
      centered
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <p className={classes.intro}>{t('duplicates.rulesText')}</p>
      {fault !== null && (
        <p className={classes.fault} role="alert">
          {say(fault)}
        </p>
      )}
      <RulesEditor />
      <div className={classes.buttons}>
        <Button onClick={() => openRules(false)}>{t('duplicates.done')}</Button>
      </div>
    </Modal>
  );
}
