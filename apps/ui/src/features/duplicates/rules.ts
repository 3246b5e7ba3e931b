// The order of the rules that choose what to keep: which preset it is, moving one up or down, and folders to name.
import type { DuplicateRules, KeepRule, PresetOrder, RulePreset } from '@semblance/contract';

/** Every rule there is: those left out of an order can be put back. */
export const ALL_RULES: readonly KeepRule[] = [
  'reference-folder',
  'preferred-folder',
  'raw',
  'cared-for',
  'original',
  'detail',
  'metadata',
  'sharpness',
  'exposure',
  'compression',
  'oldest',
  'smallest',
];

/** The preset with exactly this order; null for an order of one's own. */
export function presetOf(order: readonly KeepRule[], presets: readonly PresetOrder[]): RulePreset | null {
  return presets.find((preset) => preset.order.join() === order.join())?.preset ?? null;
}

/** At the ends nothing happens. @param by -1 up, 1 down */
export function moved(order: readonly KeepRule[], rule: KeepRule, by: -1 | 1): KeepRule[] {
  const from = order.indexOf(rule);
  const to = from + by;
  const next = [...order];
  if (from < 0 || to < 0 || to >= next.length) return next;
  next.splice(from, 1);
  next.splice(to, 0, rule);
  return next;
}

export type FolderPlace = DuplicateRules['preferred'][number];

export function samePlace(a: FolderPlace, b: FolderPlace): boolean {
  return a.folderId === b.folderId && a.path === b.path;
}

/** Folders that hold duplicates, as far as groups were loaded: the library's own and those below it, by path. */
export function placesOf(
  roots: readonly { id: number; path: string }[],
  files: Iterable<{ folderId: number; path: string }>,
): FolderPlace[] {
  const places = new Map<string, FolderPlace>();
  for (const { id } of roots) places.set(`${id}/`, { folderId: id, path: '' });
  for (const file of files) {
    const root = roots.find(({ id }) => id === file.folderId);
    if (root === undefined) continue;
    const inside = file.path.startsWith(root.path) ? file.path.slice(root.path.length) : file.path;
    const parts = inside.split(/[\\/]/).filter((part) => part !== '');
    parts.pop();
    const path = parts.join('/');
    places.set(`${root.id}/${path}`, { folderId: root.id, path });
  }
  return [...places.values()].sort((a, b) => a.folderId - b.folderId || a.path.localeCompare(b.path));
}
