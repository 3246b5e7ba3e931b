// Names under which other programs keep what they know of a picture, beside it.

/** Longest name, without ".json", that Google Takeout writes; the rest is cut off. */
const TAKEOUT_NAME = 46;

export interface SidecarNames {
  /** XMP (digiKam, darktable: `a.jpg.xmp`; Lightroom: `a.xmp`), the more exact name first. */
  xmp: string[];
  /** Google Takeout's JSON. */
  takeout: string[];
}

/**
 * Where to look, in the picture's own folder.
 *
 * Takeout names its JSON after the whole file name, today with ".supplemental-metadata" behind it, and cuts the sum at 46
 * characters; a second `a.jpg` is `a(1).jpg` with `a.jpg(1).json`; an edited one shares the JSON of its original (as read
 * by ente, web/packages/gallery/services/upload/metadata-json.ts).
 *
 * @param fileName name of the picture with its extension, no folder
 */
export function sidecarNames(fileName: string): SidecarNames {
  const dot = fileName.lastIndexOf('.');
  const stem = dot > 0 ? fileName.slice(0, dot) : fileName;
  const extension = dot > 0 ? fileName.slice(dot) : '';
  const originals = [fileName];
  const edited = /^(.*)-(?:edited|düzenlendi|bearbeitet|modifié|editado)$/iu.exec(stem.normalize('NFC'));
  if (edited?.[1]) originals.push(`${edited[1]}${extension}`);
  return {
    xmp: [...new Set([`${fileName}.xmp`, `${stem}.xmp`, `${fileName}.XMP`, `${stem}.XMP`])],
    takeout: [...new Set(originals.flatMap(takeoutNames))],
  };
}

function takeoutNames(fileName: string): string[] {
  const copy = /^(.*)(\(\d+\))(\.[^.]*)$/.exec(fileName);
  const [name, number] = copy === null ? [fileName, ''] : [`${copy[1]}${copy[3]}`, copy[2]];
  return ['.supplemental-metadata', ''].map(
    (suffix) => `${`${name}${suffix}`.slice(0, TAKEOUT_NAME)}${number}.json`,
  );
}
