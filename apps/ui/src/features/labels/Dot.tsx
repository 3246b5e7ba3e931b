// A label's colour. It only repeats what the name beside it says, so it is silent for screen readers.
import type { LabelColor } from '@semblance/contract';
import classes from './Dot.module.css';

export const LABEL_COLORS: readonly LabelColor[] = [
  ...(['gray', 'red', 'orange', 'yellow', 'green', 'teal', 'blue', 'violet', 'pink'] as const),
];

export function Dot({ color, size = 10 }: { color: LabelColor; size?: number }) {
  return (
    <span className={classes.dot} data-color={color} style={{ width: size, height: size }} aria-hidden />
  );
}
