// Every request that ever left this computer, to be checked by anybody who doubts that there are no others.
import { IconLock } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from './Models.module.css';
import { Section } from './Section.tsx';
import { useModels } from './store.ts';
import { useBytes } from './words.ts';

export function NetworkRecord() {
  const { t, i18n } = useTranslation();
  const size = useBytes();
  const { total, calls } = useModels((state) => state.calls);
  const when = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'medium', timeStyle: 'medium' });
  return (
    <Section title={t('models.record')} text={t('models.recordText')}>
      {total === 0 ? (
        <p className={classes.nothing}>
          <IconLock size={18} aria-hidden />
          {t('models.recordNone')}
        </p>
      ) : (
        <details className={classes.record}>
          <summary>{t('models.recordCount', { count: total })}</summary>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
          <section className={classes.table} tabIndex={0} aria-label={t('models.record')}>
            <table>
              <thead>
                <tr>
                  <th scope="col">{t('models.recordWhen')}</th>
                  <th scope="col">{t('models.recordAddress')}</th>
                  <th scope="col">{t('models.recordAnswer')}</th>
                  <th scope="col">{t('models.recordReceived')}</th>
                </tr>
              </thead>
              <tbody>
                {calls.map((call, at) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: the record only grows, and is drawn anew
                  <tr key={at}>
                    <td>{when.format(call.at)}</td>
                    <td>{call.address}</td>
                    <td>
                      {call.status ?? '–'}
                      {call.problem !== null && <small>{call.problem}</small>}
                    </td>
                    <td>{size(call.bytes)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
        </details>
      )}
    </Section>
  );
}
