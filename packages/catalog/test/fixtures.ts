// A catalog in a temporary folder, and made-up photos for it.
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ScanDiff, SeenFile } from '@semblance/core';
import { diffScan } from '@semblance/core';
import { onTestFinished } from 'vitest';
import { type Catalog, openCatalog, type PhotoFacts } from '../src/index.ts';

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'semblance-catalog-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export function freshCatalog(folder = temporaryFolder()): Catalog {
  const catalog = openCatalog(folder);
  onTestFinished(() => catalog.close());
  return catalog;
}

export function facts(content: string, over: Partial<PhotoFacts> = {}): PhotoFacts {
  return {
    contentHash: createHash('sha256').update(content).digest('hex'),
    bytes: content.length,
    modifiedAt: 1_700_000_000_000,
    format: 'jpeg',
    width: 400,
    height: 300,
    animated: false,
    caption: null,
    keywords: [],
    rating: null,
    favourite: false,
    dateSource: 'exif',
    takenAt: Date.UTC(2024, 0, 1),
    camera: {
      make: null,
      model: null,
      lens: null,
      aperture: null,
      exposureSeconds: null,
      iso: null,
      focalLengthMm: null,
    },
    place: null,
    placeholder: null,
    ...over,
  };
}

function seen(relPath: string, content: string, mtimeMs = 1_700_000_000_000): SeenFile {
  return { relPath, size: content.length, mtimeMs, inode: null };
}

/** A pretended disk: what each file holds. Scans it, and decodes whatever the catalog asks for. */
export type Disk = Record<string, { content: string; mtimeMs?: number } | string>;

export function scan(catalog: Catalog, rootId: number, disk: Disk): ScanDiff {
  const files = Object.entries(disk).map(([path, file]) =>
    typeof file === 'string' ? seen(path, file) : seen(path, file.content, file.mtimeMs),
  );
  const diff = diffScan(catalog.knownFiles(rootId), files);
  catalog.applyScan(rootId, diff, 'scan');
  return diff;
}

/** Scans and decodes until nothing is pending. Returns what happened to each file, by path below the root. */
export function index(catalog: Catalog, rootId: number, disk: Disk): Record<string, string> {
  scan(catalog, rootId, disk);
  const root = catalog.root(rootId)?.path ?? '';
  const stories: Record<string, string> = {};
  for (;;) {
    const [file] = catalog.nextPending({ limit: 1 });
    if (file === undefined) return stories;
    const relPath = file.path.slice(root.length + 1);
    const entry = disk[relPath] ?? '';
    const content = typeof entry === 'string' ? entry : entry.content;
    const settled = catalog.finishFile(file.fileId, facts(content, { modifiedAt: file.modifiedAt }), null);
    stories[relPath] = settled?.story ?? 'forgotten';
  }
}

/** The photo of a file that must have one. */
export function photoAt(catalog: Catalog, path: string): string {
  const id = catalog.photoByPath(path);
  if (id === null) throw new Error(`no photo at ${path}`);
  return id;
}
