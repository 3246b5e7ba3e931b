// Reading and writing XMP sidecars with exiftool, which leaves every field alone that it is not told to write.
import { randomBytes } from 'node:crypto';
import type { Stats } from 'node:fs';
import { chmod, chown, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { SemblanceError } from '@semblance/contract';
import type { SidecarTags } from '@semblance/core';
import type { ExifTool } from 'exiftool-vendored';

export interface SidecarTool {
  /** Empty for a sidecar that does not exist yet. */
  read(sidecar: string): Promise<SidecarTags>;
  /**
   * Whole or not at all: what is new is written under a name of ours and then takes the place of what was there. exiftool's
   * own such name is left to others: one that was killed leaves the file behind, and refuses to write from then on.
   */
  write(sidecar: string, tags: SidecarTags): Promise<void>;
  close(): Promise<void>;
}

const FIELDS = ['XMP-dc:Subject', 'XMP-lr:HierarchicalSubject', 'XMP-digiKam:TagsList'];

/** Names of files that are being written. */
const OURS = /^\..+\.semblance-[0-9a-f]{8}(\.xmp)?$/;

/** The program starts when first needed. */
export function createSidecarTool(): SidecarTool {
  let running: Promise<ExifTool> | undefined;
  const swept = new Set<string>();
  /** What a killed process has left in a folder; once, because a process that lives removes its own. */
  async function sweep(folder: string): Promise<void> {
    if (swept.has(folder)) return;
    swept.add(folder);
    const names = await readdir(folder).catch(() => []);
    for (const name of names.filter((one) => OURS.test(one)))
      await rm(join(folder, name)).catch(() => undefined);
  }
  const tool = (): Promise<ExifTool> => {
    running ??= start();
    running.catch(() => {
      running = undefined;
    });
    return running;
  };

  return {
    async read(sidecar) {
      if (!(await exists(sidecar))) return { subject: [], hierarchical: [], tagsList: [] };
      const args = ['-json', '-struct', ...FIELDS.map((field) => `-${field}`)];
      const raw: Record<string, unknown> = await (await tool()).readRaw(sidecar, { readArgs: args });
      return {
        subject: list(raw.Subject),
        hierarchical: list(raw.HierarchicalSubject),
        tagsList: list(raw.TagsList),
      };
    },
    async write(sidecar, tags) {
      const exiftool = await tool();
      await sweep(dirname(sidecar));
      const before = await stat(sidecar).catch(() => null);
      const fresh = temporaryName(sidecar, before === null);
      // -P: a picture without a date of its own is dated by its file.
      const writeArgs = ['-struct', '-P', ...(before === null ? [] : ['-o', fresh])];
      const fields = {
        'XMP-dc:Subject': tags.subject,
        'XMP-lr:HierarchicalSubject': tags.hierarchical,
        'XMP-digiKam:TagsList': tags.tagsList,
      };
      try {
        await exiftool.write(before === null ? fresh : sidecar, fields as never, {
          writeArgs,
          useMWG: false,
        });
        if (before !== null) await takeAfter(fresh, before);
        await sync(fresh);
        await rename(fresh, sidecar);
      } catch (error) {
        await rm(fresh, { force: true });
        throw error;
      }
    },
    async close() {
      await (await running?.catch(() => undefined))?.end();
    },
  };
}

/**
 * The sidecar of a picture: the one that is there (`a.jpg.xmp`, as digiKam and darktable write it; `a.xmp`, as Lightroom
 * does), else a new one by the whole name, which no other picture can share.
 */
export async function sidecarOf(picture: string): Promise<string> {
  const whole = `${picture}.xmp`;
  const stem = join(dirname(picture), `${basename(picture, extname(picture))}.xmp`);
  return !(await exists(whole)) && (await exists(stem)) ? stem : whole;
}

async function start(): Promise<ExifTool> {
  const { ExifTool } = await import('exiftool-vendored');
  const exiftool = new ExifTool({ maxProcs: 1, taskTimeoutMillis: 20_000, geolocation: false });
  try {
    await exiftool.version();
    return exiftool;
  } catch (error) {
    await exiftool.end().catch(() => undefined);
    throw new SemblanceError(
      'NOT_SUPPORTED_HERE',
      'Writing sidecars needs exiftool, which could not be started. On Linux it needs Perl.',
      { cause: error },
    );
  }
}

/**
 * Never the same twice: were it taken away by another Semblance that sweeps, this write fails and is tried again, and
 * nothing else can come in its place. A sidecar that is made anew is known by its ending.
 */
function temporaryName(path: string, made: boolean): string {
  const name = `.${basename(path)}.semblance-${randomBytes(4).toString('hex')}`;
  return join(dirname(path), made ? `${name}.xmp` : name);
}

/** As exiftool does it for files that it replaces itself: whose it is, and who may read it. */
async function takeAfter(fresh: string, before: Stats): Promise<void> {
  await chown(fresh, before.uid, before.gid).catch(() => undefined);
  await chmod(fresh, before.mode & 0o7777);
}

async function sync(path: string): Promise<void> {
  const handle = await open(path, 'r+');
  await handle.sync().finally(() => handle.close());
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

function list(value: unknown): string[] {
  return [value ?? []].flat().map(String);
}
