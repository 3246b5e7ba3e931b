// Which chips stand for a query, in the order typed; a query that is one plain text needs none, it stands in the box.
import type { FilterName, ParsedQuery, QueryChip, QueryProblem, SearchNote } from '@semblance/contract';
import type { Span } from './text-edit.ts';

export type Chip = ({ type: 'piece' } & QueryChip) | ({ type: 'problem' } & QueryProblem);

/** None where they would only repeat what is in the box. */
export function chipsOf({ chips, problems }: ParsedQuery): readonly Chip[] {
  const [only] = chips;
  const isPlain = chips.length === 1 && only?.kind === 'text' && only.weight === 1;
  if (isPlain && problems.length === 0) return [];
  // What names nothing is understood and pointed at: one chip says both.
  const faulty = new Set(problems.map(({ start, end }) => `${start}-${end}`));
  const sound = chips.filter(({ start, end }) => !faulty.has(`${start}-${end}`));
  const all: Chip[] = [
    ...sound.map((chip) => ({ type: 'piece' as const, ...chip })),
    ...problems.map((problem) => ({ type: 'problem' as const, ...problem })),
  ];
  return all.sort((a, b) => a.start - b.start);
}

/** The one plain text whose wording can be exchanged; null where there are none or several. */
export function onlyText({ chips }: ParsedQuery): (QueryChip & { kind: 'text' }) | null {
  const texts = chips.filter((chip) => chip.kind === 'text');
  return texts.length === 1 ? (texts[0] ?? null) : null;
}

/** Whether a model was asked for something in words. */
export function hasText({ chips }: ParsedQuery): boolean {
  return chips.some((chip) => chip.kind === 'text');
}

export function exclusions({ chips }: ParsedQuery): readonly Span[] {
  return chips.filter((chip) => chip.kind === 'not');
}

/** What decides by itself which photos count: filters and quoted phrases. */
export function narrowings({ chips }: ParsedQuery): readonly Span[] {
  return chips.filter((chip) => chip.kind === 'filter' || chip.kind === 'exact');
}

export type Meaning =
  | { kind: 'dates'; from: number | null; until: number | null }
  | { kind: 'near'; km: number; place: string }
  | { kind: 'stars'; least: number; most: number }
  | { kind: 'plain'; text: string };

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** The engine words a filter's meaning in English; this takes it apart, for saying it in the reader's language. */
export function meaningOf(name: FilterName, meaning: string): Meaning {
  if (name === 'date') {
    const days = meaning.replace(/^(?:from|until) /, '').split(' - ');
    if (!days.every((day) => DAY.test(day))) return { kind: 'plain', text: meaning };
    const [first = 0, last = first] = days.map((day) => Date.parse(day));
    if (meaning.startsWith('from')) return { kind: 'dates', from: first, until: null };
    if (meaning.startsWith('until')) return { kind: 'dates', from: null, until: first };
    return { kind: 'dates', from: first, until: last };
  }
  if (name === 'near') {
    const found = /^within ([\d.]+) km of (.+)$/u.exec(meaning);
    if (found !== null) return { kind: 'near', km: Number(found[1]), place: found[2] ?? '' };
  }
  if (name === 'rating') {
    const found = /^([0-5])(?: - ([0-5]))?$/.exec(meaning);
    if (found !== null) {
      const least = Number(found[1]);
      return { kind: 'stars', least, most: Number(found[2] ?? least) };
    }
  }
  return { kind: 'plain', text: meaning };
}

export type FilterNote = SearchNote & { kind: 'filter-removed-all' };

/** Filters whose removal would help, the one that brings the most photos first. */
export function filterRemedies(notes: readonly SearchNote[]): readonly FilterNote[] {
  return notes
    .filter((note): note is FilterNote => note.kind === 'filter-removed-all')
    .sort((a, b) => b.count - a.count);
}
