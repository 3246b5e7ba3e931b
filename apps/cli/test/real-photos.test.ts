// The whole job on real photos, where a collection lies beside the project (../shared/photos) or SEMBLANCE_PHOTOS names one.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { tempDir } from '@semblance/testkit';
import { describe, expect, it } from 'vitest';
import { semblance } from './run.ts';

const PHOTOS = process.env.SEMBLANCE_PHOTOS ?? resolve(import.meta.dirname, '../../../../shared/photos');
const present = existsSync(join(PHOTOS, 'library.tsv'));
if (!present) console.log('real photos: skipped, because there is no collection beside the project');

interface Report {
  found: number;
  indexed: number;
  failed: { path: string; reason: string; message: string }[];
}

/** File name -> label or captions. */
function labels(): Map<string, string> {
  const [, ...rows] = readFileSync(join(PHOTOS, 'library.tsv'), 'utf8').trimEnd().split('\n');
  return new Map(rows.map((row) => row.split('\t') as [string, string]));
}

describe.skipIf(!present)('real photos', () => {
  it('indexes the library without a failure and finds what is in it', { timeout: 120_000 }, async () => {
    const library = ['--library', join(await tempDir(), 'library'), '--json'];
    const report = (
      await semblance('index', join(PHOTOS, 'library'), ...library)
    ).json() as unknown as Report;
    expect(report.failed).toEqual([]);
    expect(report.found).toBe(readdirSync(join(PHOTOS, 'library')).length);
    expect(report.indexed).toBe(report.found);

    const known = labels();
    for (const [query, right] of [
      ['a dog', /\bdogs?\b|puppy/i],
      ['a pizza', /pizza/i],
      ['sunset', /sunset|sunrise/i],
      ['flower', /flower|rose|daisy|lily|tulip|orchid|iris|poppy/i],
      ['köpek', /\bdogs?\b|puppy/i],
    ] as const) {
      const { results } = (await semblance('search', query, '--limit', '10', ...library)).json() as {
        results: { path: string }[];
      };
      const hits = results.filter(({ path }) => right.test(known.get(basename(path)) ?? ''));
      expect(hits.length, `right photos among the first ten for "${query}"`).toBeGreaterThanOrEqual(6);
    }
  });

  it('ends every odd file as indexed or failed with a reason', { timeout: 120_000 }, async () => {
    const library = ['--library', join(await tempDir(), 'library'), '--json'];
    const run = await semblance('index', join(PHOTOS, 'odd'), ...library);
    expect(run.code, run.stderr).toBe(0);
    const report = run.json() as unknown as Report;
    const pictures = readdirSync(join(PHOTOS, 'odd')).filter((name) => name !== 'index.tsv');
    expect(report.found).toBe(pictures.length);
    expect(report.indexed + report.failed.length).toBe(report.found);
    const reasons = new Map(report.failed.map(({ path, reason }) => [basename(path), reason]));
    expect(reasons.get('zero_bytes.jpg')).toBe('corrupt');
    expect(reasons.get('Pillow__images_truncated_jpeg.jpg')).toBe('corrupt');
    for (const name of [
      'Pillow__images_pil_sample_cmyk.jpg',
      'sharp__fixtures_grey-8bit-alpha.png',
      'exif-samples__IMG_5195.HEIC',
    ]) {
      expect(reasons.has(name), name).toBe(false);
    }
    expect(report.failed.every(({ message }) => message.length > 10)).toBe(true);
  });
});
