// What the picker lists for the typed letters: labels that begin with them, then those that contain them, and the
// offer to make a new one unless one is called exactly so.

export type PickerRow<L> = { kind: 'label'; label: L } | { kind: 'create'; name: string };

export function pickerRows<L extends { name: string }>(
  labels: readonly L[],
  text: string,
  locale: string,
): PickerRow<L>[] {
  const name = text.trim();
  const wanted = name.toLocaleLowerCase(locale);
  const order = new Intl.Collator(locale, { numeric: true, sensitivity: 'base' });
  const found = labels
    .map((label) => ({ label, lower: label.name.toLocaleLowerCase(locale) }))
    .filter(({ lower }) => lower.includes(wanted))
    .sort((a, b) => rank(a.lower, wanted) - rank(b.lower, wanted) || order.compare(a.lower, b.lower));
  const rows: PickerRow<L>[] = found.map(({ label }) => ({ kind: 'label', label }));
  if (name !== '' && !found.some(({ lower }) => lower === wanted)) rows.push({ kind: 'create', name });
  return rows;
}

/** The name itself, a beginning of it, a beginning of one of its words, anywhere. */
function rank(name: string, wanted: string): number {
  if (name === wanted) return 0;
  if (name.startsWith(wanted)) return 1;
  return name.includes(` ${wanted}`) ? 2 : 3;
}
