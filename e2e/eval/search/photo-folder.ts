// A measured folder: `library.tsv` (file, label or captions, source) beside `library/`.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface KnownPhoto {
  file: string;
  /** Absolute. */
  path: string;
  /** One label, or several captions. */
  texts: string[];
  source: string;
}

export function readPhotoFolder(folder: string): KnownPhoto[] {
  const [header = '', ...lines] = readFileSync(join(folder, 'library.tsv'), 'utf8').trim().split(/\r?\n/);
  const columns = header.split('\t');
  const at = (...names: string[]): number => {
    const column = columns.findIndex((name) => names.includes(name));
    if (column < 0) throw new Error(`library.tsv has no column ${names.join(' or ')}.`);
    return column;
  };
  const [file, text, source] = [at('file'), at('label_or_captions', 'label', 'captions'), at('source')];
  return lines.map((line) => {
    const cells = line.split('\t');
    const name = cells[file] ?? '';
    const texts = (cells[text] ?? '').split(' | ').map((part) => part.trim());
    return { file: name, path: join(folder, 'library', name), texts, source: cells[source] ?? '' };
  });
}

/** Every other source, so that what is tuned on one half is tested on pictures of another origin. */
export function splitBySource(photos: readonly KnownPhoto[]): { tuned: KnownPhoto[]; heldOut: KnownPhoto[] } {
  const sources = [...new Set(photos.map((photo) => photo.source))].sort();
  const first = new Set(sources.filter((_, i) => i % 2 === 0));
  return {
    tuned: photos.filter((photo) => first.has(photo.source)),
    heldOut: photos.filter((photo) => !first.has(photo.source)),
  };
}
