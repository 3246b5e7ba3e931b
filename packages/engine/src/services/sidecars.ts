// Labels in XMP sidecars, on request or whenever they change: what a person taught Semblance belongs to them.
import { stat } from 'node:fs/promises';
import type { Catalog, SidecarFile } from '@semblance/catalog';
import {
  type PhotoId,
  type PhotoSet,
  SemblanceError,
  type SidecarReport,
  type SidecarSettings,
  type TagTarget,
} from '@semblance/contract';
import { type LabelPath, sidecarTags } from '@semblance/core';
import { backUp, takesTags } from '../sidecars/backup.ts';
import { type SidecarTool, sidecarOf } from '../sidecars/exiftool.ts';

export interface SidecarsService {
  settings(): SidecarSettings;
  change(settings: { automatic?: boolean | undefined; into?: TagTarget | undefined }): SidecarSettings;
  /** Brings the sidecars of these photos in step with their labels. Files that cannot be written are reported. */
  write(over: PhotoSet): Promise<SidecarReport>;
  /** Something may have changed: when sidecars are automatic they are written soon. */
  nudge(): void;
  dispose(): Promise<void>;
}

export interface SidecarsDeps {
  catalog: Catalog;
  tool: SidecarTool;
  /** Where pictures are kept as they were, before something is written into them. */
  backups: string;
  /** Pause before changes are written, so that a series of answers is written once: milliseconds. */
  pause?: number;
}

const AUTOMATIC = 'sidecars.automatic';
const INTO = 'sidecars.into';
const PAUSE_MS = 3000;
const CHUNK = 50;

export function createSidecars({ catalog, tool, backups, pause = PAUSE_MS }: SidecarsDeps): SidecarsService {
  /** Photos that could not be written since the start: tried again when asked for, or next time. */
  const refused = new Set<PhotoId>();
  let timer: NodeJS.Timeout | undefined;
  let queue: Promise<unknown> = Promise.resolve();
  let closed = false;

  const settings = (): SidecarSettings => ({
    automatic: catalog.setting(AUTOMATIC) === 'on',
    into: catalog.setting(INTO) === 'files' ? 'files' : 'sidecars',
    waiting: catalog.sidecarsWaiting(),
  });

  /** One writer at a time. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = queue.then(work);
    queue = turn.catch(() => undefined);
    return turn;
  }

  async function writeFile(
    photoId: PhotoId,
    file: SidecarFile,
    wanted: readonly LabelPath[],
    report: SidecarReport,
  ): Promise<boolean> {
    if (file.written.length === 0 && wanted.length === 0) return true;
    const changed = await changedSince(file);
    if (changed !== null) {
      report.failed.push({ path: file.path, message: changed });
      return false;
    }
    const inside = settings().into === 'files' && takesTags(file.path);
    const target = inside ? file.path : await sidecarOf(file.path);
    try {
      const tags = sidecarTags(await tool.read(target), file.written, wanted);
      if (tags === null) report.unchanged += 1;
      else {
        if (inside) await backUp(file.path, catalog.contentHash(photoId) ?? '', backups);
        await tool.write(target, tags);
        if (inside) catalog.expectChange(file.fileId);
        report.written += 1;
      }
      catalog.setSidecar(file.fileId, wanted);
      return true;
    } catch (error) {
      if (error instanceof SemblanceError) throw error;
      report.failed.push({ path: target, message: error instanceof Error ? error.message : String(error) });
      return false;
    }
  }

  /** Another disk may have come in the place of the one that was looked at: nothing is written beside or into strangers. */
  async function changedSince(file: SidecarFile): Promise<string | null> {
    const facts = catalog.fileFacts([file.fileId]).get(file.fileId);
    const now = await stat(file.path).catch(() => null);
    if (now === null || facts === undefined) return 'The photo is not there now.';
    return now.size === facts.bytes || facts.modifiedAt < 0
      ? null
      : 'The photo has changed since it was looked at.';
  }

  async function writePhotos(ids: readonly PhotoId[], report: SidecarReport): Promise<void> {
    const paths = labelPaths(catalog);
    for (const id of ids) {
      if (closed) return;
      const wanted = catalog
        .labelsOf(id)
        .filter(({ state }) => state === 'yours' || state === 'tagged')
        .map((label) => paths.get(label.id) ?? [label.name]);
      let complete = true;
      for (const file of catalog.sidecarFiles(id)) {
        if (!(await writeFile(id, file, wanted, report))) complete = false;
      }
      if (complete) catalog.clearSidecarDue(id);
      else refused.add(id);
    }
  }

  async function writeDue(): Promise<void> {
    for (;;) {
      if (closed || !settings().automatic) return;
      const due = catalog.sidecarDue(CHUNK + refused.size).filter((id) => !refused.has(id));
      if (due.length === 0) return;
      await writePhotos(due, { written: 0, unchanged: 0, failed: [] });
    }
  }

  function nudge(): void {
    if (closed || timer !== undefined || !settings().automatic) return;
    timer = setTimeout(() => {
      timer = undefined;
      inTurn(writeDue).catch(() => undefined);
    }, pause);
    timer.unref();
  }

  return {
    settings,
    change({ automatic, into }) {
      if (automatic !== undefined) catalog.setSetting(AUTOMATIC, automatic ? 'on' : null);
      if (into !== undefined) catalog.setSetting(INTO, into === 'files' ? 'files' : null);
      refused.clear();
      nudge();
      return settings();
    },
    write: (over) =>
      inTurn(async () => {
        const report: SidecarReport = { written: 0, unchanged: 0, failed: [] };
        const ids = catalog.photoIds(over);
        for (const id of ids) refused.delete(id);
        await writePhotos(ids, report);
        return report;
      }),
    nudge,
    async dispose() {
      closed = true;
      clearTimeout(timer);
      await queue;
      await tool.close();
    },
  };
}

/** Each label's name behind the names of those above it. */
function labelPaths(catalog: Catalog): Map<number, string[]> {
  const labels = new Map(catalog.labels().map((label) => [label.id, label]));
  return new Map(
    [...labels.keys()].map((id) => {
      const path: string[] = [];
      for (let at = labels.get(id); at !== undefined; at = labels.get(at.parentId ?? 0))
        path.unshift(at.name);
      return [id, path];
    }),
  );
}
