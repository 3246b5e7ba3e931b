// What each key does in the review. Data and a pure function, so that the help sheet and the tests read the same list.

export type ReviewAction =
  | { do: 'toggle'; index: number }
  | {
      do:
        | 'accept'
        | 'best'
        | 'reset'
        | 'undo'
        | 'difference'
        | 'open'
        | 'help'
        | 'next'
        | 'previous'
        | 'leave';
    }
  | { do: 'decide'; decision: 'not-duplicates' | 'stack' | 'keep-all' }
  | { do: 'zoom'; to: 'in' | 'out' | 'fit' };

export interface KeyPress {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
}

const KEYS: Record<string, ReviewAction> = {
  ' ': { do: 'accept' },
  n: { do: 'decide', decision: 'not-duplicates' },
  s: { do: 'decide', decision: 'stack' },
  a: { do: 'decide', decision: 'keep-all' },
  b: { do: 'best' },
  r: { do: 'reset' },
  u: { do: 'undo' },
  d: { do: 'difference' },
  j: { do: 'next' },
  k: { do: 'previous' },
  ArrowRight: { do: 'next' },
  ArrowDown: { do: 'next' },
  ArrowLeft: { do: 'previous' },
  ArrowUp: { do: 'previous' },
  Enter: { do: 'open' },
  Escape: { do: 'leave' },
  '?': { do: 'help' },
  '+': { do: 'zoom', to: 'in' },
  '=': { do: 'zoom', to: 'in' },
  '-': { do: 'zoom', to: 'out' },
  '0': { do: 'zoom', to: 'fit' },
};

/** Null when the key means nothing here. Keys with Ctrl, Cmd or Alt are the system's. */
export function reviewAction(press: KeyPress): ReviewAction | null {
  if (press.ctrlKey || press.metaKey || press.altKey) return null;
  if (/^[1-9]$/.test(press.key)) return { do: 'toggle', index: Number(press.key) - 1 };
  return KEYS[press.key] ?? KEYS[press.key.toLowerCase()] ?? null;
}

/** Keys that a focused control needs for itself; everywhere else they belong to the review. */
export function belongsToControl(
  key: string,
  control: 'none' | 'row' | 'button' | 'radio' | 'slider' | 'text',
): boolean {
  if (control === 'text') return true;
  // A row of the list opens by Enter; Space goes on to the next group there too.
  if (control === 'row') return key === 'Enter';
  if (control === 'button') return key === ' ' || key === 'Enter';
  if (control === 'radio' && key === ' ') return true;
  return (control === 'slider' || control === 'radio') && /^(Arrow|Home$|End$|Page)/.test(key);
}

export interface HelpRow {
  /** Under `duplicates.keys` in the locales. */
  name: string;
  keys: readonly string[];
}

export const HELP: readonly HelpRow[] = [
  { name: 'toggle', keys: ['1', '9'] },
  { name: 'accept', keys: ['Space'] },
  { name: 'notDuplicates', keys: ['N'] },
  { name: 'stack', keys: ['S'] },
  { name: 'keepAll', keys: ['A'] },
  { name: 'best', keys: ['B'] },
  { name: 'reset', keys: ['R'] },
  { name: 'undo', keys: ['U'] },
  { name: 'walk', keys: ['←', '→', 'J', 'K'] },
  { name: 'difference', keys: ['D'] },
  { name: 'zoom', keys: ['+', '−', '0'] },
  { name: 'open', keys: ['Enter'] },
  { name: 'leave', keys: ['Esc'] },
];
