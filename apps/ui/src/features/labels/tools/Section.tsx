// A section of the pane: what it is for on the left, what can be done on the right.
import { type ReactNode, useId } from 'react';
import classes from './Tools.module.css';

export function Section({ title, text, children }: { title: string; text: string; children: ReactNode }) {
  const id = useId();
  return (
    <section className={classes.section} aria-labelledby={id}>
      <div className={classes.about}>
        <h3 id={id}>{title}</h3>
        <p>{text}</p>
      </div>
      <div className={classes.content}>{children}</div>
    </section>
  );
}
