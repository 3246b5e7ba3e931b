// Reading and writing XMP sidecars with exiftool, which leaves every field alone that it is not told to write.
import { rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { SemblanceError } from '@semblance/contract';
import type { SidecarTags } from '@semblance/core';
import type { ExifTool } from 'exiftool-vendored';

export interface SidecarTool {
  /** Empty for a sidecar that does not exist yet. */
  read(sidecar: string): Promise<SidecarTags>;
  /** Whole or not at all: what was there stays until what is new is complete. */
  write(sidecar: string, tags: SidecarTags): Promise<void>;
  close(): Promise<void>;
}

const FIELDS = ['XMP-dc:Subject', 'XMP-lr:HierarchicalSubject', 'XMP-digiKam:TagsList'];

/** The program starts when first needed. */
export function createSidecarTool(): SidecarTool {
  let running: Promise<ExifTool> | undefined;
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
      // exiftool writes a copy and renames it; a sidecar that does not exist yet is made beside, for the same reason.
      const fresh = !(await exists(sidecar));
      const target = fresh ? temporaryName(sidecar) : sidecar;
      try {
        await exiftool.write(
          target,
          {
            'XMP-dc:Subject': tags.subject,
            'XMP-lr:HierarchicalSubject': tags.hierarchical,
            'XMP-digiKam:TagsList': tags.tagsList,
          } as never,
          // -P: a picture without a date of its own is dated by its file.
          { writeArgs: ['-overwrite_original', '-struct', '-P'], useMWG: false },
        );
        if (fresh) await rename(target, sidecar);
      } catch (error) {
        if (fresh) await rm(target, { force: true });
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

function temporaryName(sidecar: string): string {
  return join(dirname(sidecar), `.${basename(sidecar, '.xmp')}.semblance.xmp`);
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
