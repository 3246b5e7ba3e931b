// The keys of the review on one sheet.
import { Kbd, Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { HELP } from './keys.ts';
import classes from './Review.module.css';

export function KeysHelp({ onClose }: { onClose(): void }) {
  const { t } = useTranslation();
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('duplicates.keys.title')}
      size={460}
      centered
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <dl className={classes.help}>
        {HELP.map(({ name, keys }) => (
          <div key={name}>
            <dt>{t(`duplicates.keys.${name}`)}</dt>
            <dd>
              {keys.map((key) => (
                <Kbd key={key}>{key === 'Space' ? t('duplicates.spaceKey') : key}</Kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
      <p className={classes.mouse}>{t('duplicates.keys.mouse')}</p>
    </Modal>
  );
}
