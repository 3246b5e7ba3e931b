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
  const originals = [fileName, ...originalStems(stem.normalize('NFC')).map((name) => `${name}${extension}`)];
  return {
    xmp: [...new Set([`${fileName}.xmp`, `${stem}.xmp`, `${fileName}.XMP`, `${stem}.XMP`])],
    takeout: [...new Set(originals.flatMap(takeoutNames))],
  };
}

/** What Google Photos puts behind the name of an edited picture, in languages that are known. */
const EDITED = [
  ...[
    'edited',
    'düzenlendi',
    'bearbeitet',
    'modifié',
    'editado',
    'ha editado',
    'editada',
    'modificato',
    'bewerkt',
  ],
  ...['edytowane', 'redigerad', 'redigeret', 'redigert', 'muokattu', '編集済み'],
];
/** Longest name of a picture in an export, without its ending; what is longer is cut, the "-edited" too. */
const TAKEOUT_STEM = 47;

/** Stems of the picture that an edited one was made from: `a-edited` from `a`, `a-edited(1)` from `a(1)`. */
function originalStems(stem: string): string[] {
  const [, name = stem, number = ''] = /^(.*?)(\(\d+\))?$/su.exec(stem) ?? [];
  const lower = name.toLowerCase();
  const whole = EDITED.filter((word) => lower.endsWith(`-${word}`) && lower.length > word.length + 1);
  const originals = whole.map((word) => name.slice(0, -word.length - 1));
  if (whole.length === 0 && name.length === TAKEOUT_STEM) {
    const dash = name.lastIndexOf('-');
    const cut = lower.slice(dash + 1);
    if (dash > 0 && EDITED.some((word) => word.startsWith(cut))) originals.push(name.slice(0, dash));
  }
  return originals.map((original) => original + number);
}

function takeoutNames(fileName: string): string[] {
  const copy = /^(.*)(\(\d+\))(\.[^.]*)$/.exec(fileName);
  const [name, number] = copy === null ? [fileName, ''] : [`${copy[1]}${copy[3]}`, copy[2]];
  return ['.supplemental-metadata', ''].map(
    (suffix) => `${`${name}${suffix}`.slice(0, TAKEOUT_NAME)}${number}.json`,
  );
}
