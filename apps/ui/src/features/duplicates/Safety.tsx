// What is never touched, said before anything is.
import { IconShieldCheck } from '@tabler/icons-react';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './Room.module.css';

const PROMISES = ['trash', 'keeper', 'lastOne', 'references', 'changed', 'decided'] as const;

export function Safety() {
  const { t } = useTranslation();
  const id = useId();
  return (
    <section className={classes.safety} aria-labelledby={id}>
      <h2 id={id}>
        <IconShieldCheck size={20} color="var(--sem-good)" aria-hidden />
        {t('duplicates.safety.title')}
      </h2>
      <ul>
        {PROMISES.map((name) => (
          <li key={name}>{t(`duplicates.safety.${name}`)}</li>
        ))}
      </ul>
    </section>
  );
}
