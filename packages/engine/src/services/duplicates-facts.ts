// What the rules and a side-by-side table look at, from what the catalog knows and what was measured.
import type { ContentKey, DuplicateFile } from '@semblance/catalog';
import type { DuplicateRules } from '@semblance/contract';
import type { KeepCandidate } from '@semblance/core';

/** Measured on the file itself, once it is in a group. Null: could not be measured. */
export interface Judgement {
  /** Share of the pixels that hold detail, 0 to 1. */
  detail: number | null;
  sharpness: number | null;
  /** JPEG quality, 1 to 100; 100 for formats without loss. */
  compression: number | null;
  /** 0 to 1. */
  exposure: number | null;
}

interface FactSources {
  rules: DuplicateRules;
  judgements: ReadonlyMap<ContentKey, Judgement>;
  flaws: ReadonlyMap<ContentKey, number>;
  /** Folder and name, without ending, of every raw file. */
  raws: ReadonlySet<string>;
}

const RAW_FORMATS: ReadonlySet<string> = new Set([
  ...[
    'raw',
    'dng',
    'nef',
    'nrw',
    'cr2',
    'cr3',
    'crw',
    'arw',
    'sr2',
    'raf',
    'orf',
    'rw2',
    'pef',
    'srw',
    '3fr',
  ],
  ...['dcr', 'kdc', 'mrw', 'x3f', 'iiq', 'erf'],
]);

export function isRawFormat(format: string | undefined): boolean {
  return format !== undefined && RAW_FORMATS.has(format);
}

/** Cameras name a raw file and its picture alike but for the ending. */
export function stemOf({ folderId, relPath }: DuplicateFile): string {
  return `${folderId}/${relPath.replace(/\.[^./]*$/, '').toLowerCase()}`;
}

function isInside(file: DuplicateFile, folder: { folderId: number; path: string }): boolean {
  return (
    file.folderId === folder.folderId && (folder.path === '' || file.relPath.startsWith(`${folder.path}/`))
  );
}

export function candidateOf(file: DuplicateFile, sources: FactSources): KeepCandidate {
  const { rules, judgements, flaws, raws } = sources;
  const judged = judgements.get(file.content);
  const preferred = rules.preferred.findIndex((folder) => isInside(file, folder));
  return {
    id: file.fileId,
    path: file.path,
    reference: rules.references.some((folder) => isInside(file, folder)),
    preferred: preferred < 0 ? null : preferred,
    raw: isRawFormat(file.format) || raws.has(stemOf(file)),
    caredFor: caredFor(file),
    flaws: flaws.get(file.content) ?? 0,
    pixels: file.width * file.height,
    detail: judged?.detail ?? null,
    metadata: Number(file.dated) + Number(file.camera !== null) + Number(file.located),
    sharpness: judged?.sharpness ?? null,
    exposure: judged?.exposure ?? null,
    compression: judged?.compression ?? null,
    modifiedAt: file.modifiedAt,
    bytes: file.bytes,
  };
}

/** A favourite weighs as much as any rating; every album and every label counts. */
export function caredFor({ favourite, rating, albums, labels }: DuplicateFile): number {
  return (favourite ? 5 : 0) + (rating ?? 0) + albums + labels;
}

/** Raw values as text; the interface words the names and formats dates. */
export function factsOf(file: DuplicateFile, judged: Judgement | undefined): Record<string, string | null> {
  const text = (value: number | null | undefined): string | null => (value == null ? null : String(value));
  return {
    path: file.path,
    format: file.format,
    bytes: String(file.bytes),
    width: String(file.width),
    height: String(file.height),
    takenAt: file.dated ? String(file.takenAt) : null,
    modifiedAt: String(file.modifiedAt),
    camera: file.camera,
    located: String(file.located),
    rating: text(file.rating),
    favourite: String(file.favourite),
    albums: String(file.albums),
    detail: text(judged?.detail),
    sharpness: text(judged?.sharpness),
    // Shown as the quality of a JPEG, which a GIF has not.
    compression: text(judged?.compression || null),
  };
}
