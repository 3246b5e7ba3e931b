// A heat map for the fake engine: one warm spot, where the query's length puts it.
import type { WhyPhoto } from '@semblance/contract';
import { parseQuery } from '@semblance/core';

const COLUMNS = 24;
const ROWS = 16;

export function whyOf(text: string): WhyPhoto {
  const x = 4 + ((text.length * 5) % (COLUMNS - 8));
  const values = Array.from({ length: COLUMNS * ROWS }, (_, cell) => {
    const away = Math.hypot((cell % COLUMNS) - x, Math.floor(cell / COLUMNS) - ROWS / 2);
    return Math.max(0, 1 - away / 7);
  });
  return {
    heat: { columns: COLUMNS, rows: ROWS, values },
    parts: parseQuery(text, { now: 0 }).parsed.chips.flatMap((chip, i) =>
      chip.kind === 'text' || chip.kind === 'not'
        ? [{ text: chip.text, negated: chip.kind === 'not', relevance: chip.kind === 'not' ? 4 : 72 - i * 9 }]
        : [],
    ),
    milliseconds: 400,
  };
}
