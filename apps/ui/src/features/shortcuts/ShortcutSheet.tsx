// Every key the window knows, on one sheet. The list is data, so that a test can hold it against the words.
import { Kbd, Modal } from '@mantine/core';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { nativeBridge } from '../../connection/native.ts';
import { OVER_THE_PHOTO, useFocusBack } from '../../shared/on-top.ts';
import { groupsFor, type Shortcut } from './keys.ts';
import classes from './ShortcutSheet.module.css';

export function ShortcutSheet({ onClose }: { onClose(): void }) {
  const { t } = useTranslation();
  useFocusBack();
  const isMac = navigator.userAgent.includes('Mac');
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('shortcuts.title')}
      size={720}
      {...OVER_THE_PHOTO}
      centered
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <div className={classes.groups}>
        {groupsFor(isMac, nativeBridge() !== null).map(({ name, shortcuts }) => (
          <section key={name} aria-labelledby={`shortcuts-${name}`}>
            <h3 id={`shortcuts-${name}`} className={classes.title}>
              {t(`shortcuts.groups.${name}`)}
            </h3>
            <dl className={classes.list}>
              {shortcuts.map((shortcut) => (
                <Row key={shortcut.name} {...shortcut} />
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Modal>
  );
}

function Row({ name, keys }: Shortcut) {
  const { t } = useTranslation();
  return (
    <div>
      <dt>{t(`shortcuts.${name}`)}</dt>
      <dd>
        {keys.map((combination, i) => (
          <Fragment key={combination.join()}>
            {i > 0 && <span>{t('shortcuts.or')}</span>}
            {combination.map((key) => (
              <Kbd key={key}>{i18nKey(key) ? t(`shortcuts.key.${key}`) : key}</Kbd>
            ))}
          </Fragment>
        ))}
      </dd>
    </div>
  );
}

/** Keys whose cap is written differently by language. */
function i18nKey(key: string): boolean {
  return ['PageUp', 'PageDown', 'Home', 'End', 'Space', 'Drag'].includes(key);
}
