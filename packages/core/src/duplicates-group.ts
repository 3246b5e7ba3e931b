// From verified pairs to groups, without chains: everything in a group was compared with the one that stays.

export interface LikenessEdge {
  a: string;
  b: string;
}

export interface StarGroup {
  /** The one that every other was verified against. */
  keeper: string;
  /** Keeper first, the others sorted. */
  members: string[];
}

export interface StarGroups {
  groups: StarGroup[];
  /** Pairs of a keeper with what only others were found like: to be verified before anything is said of them. */
  open: LikenessEdge[];
}

/**
 * Every node is in one group at most. `rank` orders the nodes of a connected part, best to keep first; the first one that
 * is left is a keeper, and its group is what it was itself verified with.
 */
export function starGroups(
  edges: readonly LikenessEdge[],
  rank: (nodes: readonly string[]) => readonly string[],
): StarGroups {
  const next = neighbours(edges);
  const groups: StarGroup[] = [];
  const open: LikenessEdge[] = [];
  for (const part of parts(next)) {
    const ranked = rank(part);
    const left = new Set(ranked);
    for (const keeper of ranked) {
      if (!left.has(keeper)) continue;
      const members = [...(next.get(keeper) ?? [])].filter((node) => left.has(node)).sort();
      left.delete(keeper);
      if (members.length === 0) continue;
      for (const member of members) left.delete(member);
      for (const other of left) if (!next.get(keeper)?.has(other)) open.push({ a: keeper, b: other });
      groups.push({ keeper, members: [keeper, ...members] });
    }
  }
  return { groups, open };
}

function neighbours(edges: readonly LikenessEdge[]): Map<string, Set<string>> {
  const next = new Map<string, Set<string>>();
  const link = (from: string, to: string): void => {
    const known = next.get(from);
    if (known === undefined) next.set(from, new Set([to]));
    else known.add(to);
  };
  for (const { a, b } of edges) {
    if (a === b) continue;
    link(a, b);
    link(b, a);
  }
  return next;
}

/** Connected parts, each sorted, in the order of their first nodes. */
function parts(next: ReadonlyMap<string, ReadonlySet<string>>): string[][] {
  const seen = new Set<string>();
  const found: string[][] = [];
  for (const start of [...next.keys()].sort()) {
    if (seen.has(start)) continue;
    const part: string[] = [];
    const waiting = [start];
    seen.add(start);
    for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
      part.push(node);
      for (const other of next.get(node) ?? []) {
        if (seen.has(other)) continue;
        seen.add(other);
        waiting.push(other);
      }
    }
    found.push(part.sort());
  }
  return found;
}
