// What files and folders are called, in a form that can be compared: read once, and again after something was written.

import type { PhotoId } from '@semblance/contract';
import { fold } from '@semblance/core';
import type { Sql } from './sql.ts';

export interface NamedFile {
  photoId: PhotoId;
  /** Folded. */
  name: string;
}

export interface NamedFolder {
  rootId: number;
  /** Relative to the library folder, with a "/" at its end; '' is the library folder itself. */
  path: string;
  /** Its name and those above it, the library folder's first. Folded. */
  segments: readonly string[];
  /** Its own name as it is written. */
  title: string;
}

/** The answer of `read` until something is written to the database. */
export function untilChanged<T>(sql: Sql, read: () => T): () => T {
  let known: { at: number; value: T } | null = null;
  return () => {
    const at = sql.get<{ n: number }>('SELECT total_changes() AS n')?.n ?? 0;
    if (known?.at !== at) known = { at, value: read() };
    return known.value;
  };
}

export function readFileNames(sql: Sql): NamedFile[] {
  const rows = sql.all<{ photo_id: string; rel_path: string }>(
    `SELECT photo_id, rel_path FROM files WHERE photo_id IS NOT NULL AND presence = 'present'`,
  );
  return rows.map((row) => ({
    photoId: row.photo_id,
    name: fold(row.rel_path.slice(row.rel_path.lastIndexOf('/') + 1)),
  }));
}

/** What people wrote of their photos with other programs: captions and keywords, folded. */
export function readWritten(sql: Sql): { photoId: PhotoId; text: string }[] {
  const rows = sql.all<{ id: PhotoId; text: string }>(
    `SELECT id, caption AS text FROM photos WHERE caption IS NOT NULL
     UNION ALL SELECT photo_id, keyword FROM photo_keywords`,
  );
  return rows.map(({ id, text }) => ({ photoId: id, text: fold(text) }));
}

export function readFolders(sql: Sql): NamedFolder[] {
  const roots = new Map(
    sql
      .all<{ id: number; path: string }>('SELECT id, path FROM roots')
      .map(({ id, path }) => [id, path.split(/[\\/]/u).findLast((part) => part !== '') ?? path]),
  );
  // What is left of a path when all letters of its file's name are taken off its end.
  const rows = sql.all<{ root_id: number; folder: string }>(
    `SELECT DISTINCT root_id, rtrim(rel_path, replace(rel_path, '/', '')) AS folder FROM files
     WHERE presence = 'present'`,
  );
  const folders = new Map<string, NamedFolder>();
  for (const { root_id: rootId, folder } of rows) {
    const parts = folder.split('/').slice(0, -1);
    // Folders that hold nothing but folders have a name as well.
    for (let depth = 0; depth <= parts.length; depth++) {
      const path = parts
        .slice(0, depth)
        .map((part) => `${part}/`)
        .join('');
      const names = [roots.get(rootId) ?? '', ...parts.slice(0, depth)];
      folders.set(`${rootId}:${path}`, {
        rootId,
        path,
        segments: names.map(fold),
        title: names.at(-1) ?? '',
      });
    }
  }
  return [...folders.values()];
}
