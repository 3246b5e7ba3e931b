// A whole-area message: what happened, what it means, what to do. Used for empty, error and offline states.
import type { ReactNode } from 'react';
import classes from './Notice.module.css';

interface NoticeProps {
  icon: ReactNode;
  title: string;
  children?: ReactNode;
  action?: ReactNode;
  /** Announced at once by a screen reader. */
  urgent?: boolean;
}

export function Notice({ icon, title, children, action, urgent }: NoticeProps) {
  return (
    <div className={classes.notice} role={urgent ? 'alert' : 'status'}>
      <div className={classes.icon} aria-hidden>
        {icon}
      </div>
      <h2>{title}</h2>
      {children !== undefined && <div className={classes.text}>{children}</div>}
      {action !== undefined && <div className={classes.action}>{action}</div>}
    </div>
  );
}
