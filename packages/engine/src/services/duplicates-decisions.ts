// What the person said of pairs of contents, and what it means for a group made of them.
import type { ContentKey, StoredDecision } from '@semblance/catalog';
import type { DuplicateDecision } from '@semblance/contract';

export interface Decisions {
  of(a: ContentKey, b: ContentKey): DuplicateDecision | null;
  /** True when both were decided to stay. */
  keeps(a: ContentKey, b: ContentKey): boolean;
  /** Byte-identical files of a content that were decided to stay. */
  copiesKept(content: ContentKey): number;
  /** Null as long as any two of its photos, or a copy that came later, are undecided. */
  ofGroup(contents: readonly ContentKey[], copies: (content: ContentKey) => number): DuplicateDecision | null;
}

export function decisionsOf(stored: readonly StoredDecision[]): Decisions {
  const known = new Map(stored.map((decision) => [`${decision.a} ${decision.b}`, decision]));
  const get = (a: ContentKey, b: ContentKey): StoredDecision | undefined =>
    known.get(a <= b ? `${a} ${b}` : `${b} ${a}`);
  return {
    of: (a, b) => get(a, b)?.decision ?? null,
    keeps: (a, b) => {
      const decision = get(a, b)?.decision;
      return decision === 'keep-all' || decision === 'stack';
    },
    copiesKept: (content) => get(content, content)?.copies ?? 0,
    ofGroup: (contents, copies) => {
      let said: DuplicateDecision | null = null;
      for (const [at, a] of contents.entries()) {
        const count = copies(a);
        if (count > 1) {
          const own = get(a, a);
          if (own === undefined || own.copies < count) return null;
          said = own.decision;
        }
        for (const b of contents.slice(at + 1)) {
          const pair = get(a, b);
          if (pair === undefined) return null;
          said = pair.decision;
        }
      }
      return said;
    },
  };
}

/** The pairs that a decision on a group is remembered by. */
export function pairsOfGroup(
  copies: ReadonlyMap<ContentKey, number>,
): { a: ContentKey; b: ContentKey; copies: number }[] {
  const contents = [...copies.keys()].sort();
  return contents.flatMap((a, at) => {
    const count = copies.get(a) ?? 1;
    const others = contents.slice(at + 1).map((b) => ({ a, b, copies: 1 }));
    return count > 1 ? [{ a, b: a, copies: count }, ...others] : others;
  });
}
