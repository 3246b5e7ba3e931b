// Labels as the lines of a tree: children below their parent, each level by name.
import type { Label, LabelId } from '@semblance/contract';

export interface TreeRow {
  label: Label;
  /** From 1, as screen readers count. */
  level: number;
  hasChildren: boolean;
  position: number;
  siblings: number;
}

/** @param collapsed labels whose children are folded away */
export function treeRows(
  labels: readonly Label[],
  collapsed: ReadonlySet<LabelId>,
  locale: string,
): TreeRow[] {
  const known = new Set(labels.map((label) => label.id));
  const order = new Intl.Collator(locale, { numeric: true, sensitivity: 'base' });
  const children = Map.groupBy(
    labels.toSorted((a, b) => order.compare(a.name, b.name)),
    ({ parentId }) => (parentId !== null && known.has(parentId) ? parentId : null),
  );
  const rows: TreeRow[] = [];
  const walk = (parent: LabelId | null, level: number) => {
    const list = children.get(parent) ?? [];
    for (const [i, label] of list.entries()) {
      const hasChildren = children.has(label.id);
      rows.push({ label, level, hasChildren, position: i + 1, siblings: list.length });
      if (hasChildren && !collapsed.has(label.id)) walk(label.id, level + 1);
    }
  };
  walk(null, 1);
  return rows;
}

/** Labels that may be the parent of `id`: not itself, and nothing below it. */
export function possibleParents(labels: readonly Label[], id: LabelId | null): Label[] {
  if (id === null) return [...labels];
  const below = new Set<LabelId>([id]);
  // A child may be listed before its parent, so go round until nothing is added.
  for (let size = 0; size !== below.size; ) {
    size = below.size;
    for (const label of labels) if (label.parentId !== null && below.has(label.parentId)) below.add(label.id);
  }
  return labels.filter((label) => !below.has(label.id));
}
