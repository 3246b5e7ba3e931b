// What a sidecar should say of a photo's labels, with everything that others wrote into it left alone.

/** Keywords as the three fields hold them that other programs read. */
export interface SidecarTags {
  /** dc:subject: plain keywords, read by everything. */
  subject: string[];
  /** lr:hierarchicalSubject: `parent|child`, read by Lightroom and darktable. */
  hierarchical: string[];
  /** digiKam:TagsList: `parent/child`. */
  tagsList: string[];
}

/** A label with the labels above it, topmost first. */
export type LabelPath = readonly string[];

/**
 * @param present what the sidecar says now; all empty when there is none
 * @param written the paths written last time: only these may be taken out again
 * @param wanted the photo's labels now
 * @returns null when nothing has to change
 */
export function sidecarTags(
  present: SidecarTags,
  written: readonly LabelPath[],
  wanted: readonly LabelPath[],
): SidecarTags | null {
  const tags = {
    subject: united(present.subject, written.map(leaf), wanted.map(leaf)),
    hierarchical: united(present.hierarchical, written.map(lightroom), wanted.map(lightroom)),
    tagsList: united(present.tagsList, written.map(digikam), wanted.map(digikam)),
  };
  const same = (a: readonly string[], b: readonly string[]) =>
    a.length === b.length && a.every((x, i) => x === b[i]);
  const unchanged =
    same(tags.subject, present.subject) &&
    same(tags.hierarchical, present.hierarchical) &&
    same(tags.tagsList, present.tagsList);
  return unchanged ? null : tags;
}

/** Others' entries keep their place and their order. */
function united(present: readonly string[], written: readonly string[], wanted: readonly string[]): string[] {
  const gone = new Set(written.filter((tag) => !wanted.includes(tag)));
  return [...new Set([...present.filter((tag) => !gone.has(tag)), ...wanted])];
}

const leaf = (path: LabelPath): string => path.at(-1) ?? '';
/** The separators of the two hierarchies may stand in names; a look-alike takes their place. */
const lightroom = (path: LabelPath): string => path.map((name) => name.replaceAll('|', '¦')).join('|');
const digikam = (path: LabelPath): string => path.map((name) => name.replaceAll('/', '∕')).join('/');
