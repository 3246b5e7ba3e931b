// The name of the view above its photos. All photos need none.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './ViewBar.module.css';

interface ViewBarProps {
  title: string;
  /** Said under the title, in a few words. */
  note?: string | undefined;
  count: number;
  actions?: ReactNode;
}

export function ViewBar({ title, note, count, actions }: ViewBarProps) {
  const { t } = useTranslation();
  return (
    <div className={classes.bar}>
      <h1>{title}</h1>
      <p>
        {count > 0 && t('app.photos', { count })}
        {note !== undefined && <span>{note}</span>}
      </p>
      <div className={classes.actions}>{actions}</div>
    </div>
  );
}
