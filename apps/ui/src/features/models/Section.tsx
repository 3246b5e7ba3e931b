// A part of the room under its heading.
import { type ReactNode, useId } from 'react';
import classes from './Models.module.css';

interface SectionProps {
  title: string;
  text?: string;
  children: ReactNode;
}

export function Section({ title, text, children }: SectionProps) {
  const id = useId();
  return (
    <section className={classes.section} aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {text !== undefined && <p className={classes.about}>{text}</p>}
      {children}
    </section>
  );
}
