// `npm run bench -- index [--rounds 3] [--photos 200] [--soak 20000]`: how near indexing comes to what the machine can do,
// how it compares with two other ways on the same weights and photos, and whether it stays as it is over a large library.
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { VIT_B_32, writeClipModel } from '@semblance/testkit';
import type { BenchResult } from '../main.ts';
import type { OtherRun, Way } from './others.ts';
import type { OurRun } from './ours.ts';
import { SMALL, TWELVE_MEGAPIXELS, writePhotos } from './photos.ts';
import { type Figures, median, type Precision, type Round, report, soakOf, summary } from './report.ts';
import type { StageCosts } from './stages.ts';

/** Half a gigabyte with its runtimes for browsers: fetched for a measurement rather than kept in the lock. */
const TRANSFORMERS = '@huggingface/transformers@4.3.1';
const PRECISIONS: readonly Precision[] = ['int8', 'fp32'];
/** Photos for one look at the stages. */
const STAGE_PHOTOS = 40;
/** More than the encoder waits for before it measures what suits it best: it is to run as it does in a library. */
const REHEARSAL = 320;

const run = promisify(execFile);

export async function bench(args: string[]): Promise<BenchResult> {
  const { values } = parseArgs({
    args,
    options: {
      rounds: { type: 'string', default: '3' },
      photos: { type: 'string', default: '200' },
      soak: { type: 'string', default: '20000' },
    },
  });
  const [rounds, photos, soak] = [Number(values.rounds), Number(values.photos), Number(values.soak)];
  const folder = await mkdtemp(join(tmpdir(), 'semblance-bench-'));
  try {
    const said = (what: string): void => console.error(what);
    said('making models and photos');
    for (const precision of PRECISIONS) {
      await writeClipModel(join(folder, precision), { shape: VIT_B_32, precision });
    }
    const installed = await installTransformers(join(folder, 'transformers'));
    const large = join(folder, 'large');
    const bytes = await writePhotos(large, { ...TWELVE_MEGAPIXELS, count: photos * rounds }, photos);
    const rehearsal = join(folder, 'rehearsal');
    await writePhotos(rehearsal, { ...SMALL, count: REHEARSAL });

    const measured: Round[] = [];
    for (let i = 0; i < rounds; i++) {
      for (const precision of PRECISIONS) {
        const slice = join(large, String(i));
        const paths = (await readdir(slice)).map((name) => join(slice, name));
        const model = join(folder, precision);
        measured.push({
          precision,
          stages: await stages(model, paths.slice(0, STAGE_PHOTOS)),
          transformers: await other('transformers', model, installed, paths),
          oneAtATime: await other('one-at-a-time', model, installed, paths),
          ours: await ours(model, rehearsal, slice),
        });
        said(`round ${i + 1} of ${rounds}, ${precision}: ${JSON.stringify(measured.at(-1))}`);
      }
    }
    let long: OurRun | null = null;
    if (soak > 0) {
      said(`${soak} photos`);
      const many = join(folder, 'many');
      await writePhotos(many, { ...SMALL, count: soak });
      long = await ours(join(folder, 'int8'), rehearsal, many);
    }
    const figures: Figures = {
      cores: availableParallelism(),
      processor: cpus()[0]?.model ?? 'unknown',
      load: loadavg()[0] ?? 0,
      photoMb: bytes / 1e6,
      photos,
      rounds: measured,
      soak: long === null ? null : soakOf(long),
    };
    return { json: summary(figures), report: report(figures) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function installTransformers(directory: string): Promise<string> {
  await mkdir(directory);
  await writeFile(join(directory, 'package.json'), '{"private":true}');
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  await run(npm, ['install', '--no-audit', '--no-fund', '--ignore-scripts', TRANSFORMERS], {
    cwd: directory,
    shell: process.platform === 'win32',
  });
  return directory;
}

/** As many at once as there are cores, as in the pipeline. */
async function stages(model: string, paths: string[]): Promise<StageCosts> {
  const all = await Promise.all(
    Array.from({ length: availableParallelism() }, () => program<StageCosts>('stages.ts', [model, ...paths])),
  );
  const names = Object.keys(all[0] ?? {}) as (keyof StageCosts)[];
  return Object.fromEntries(names.map((name) => [name, median(all.map((one) => one[name]))])) as StageCosts;
}

const other = (way: Way, model: string, installed: string, paths: string[]): Promise<OtherRun> =>
  program('others.ts', [way, model, installed, ...paths]);

const ours = (model: string, rehearsal: string, photos: string): Promise<OurRun> =>
  // As `npm start` sets it for the engine (build/bootstrap.mjs); its compute processes start without.
  program('ours.ts', [model, rehearsal, photos], { MALLOC_MMAP_THRESHOLD_: '131072' });

async function program<T>(name: string, args: string[], env = {}): Promise<T> {
  const { stdout } = await run(process.execPath, [join(import.meta.dirname, name), ...args], {
    maxBuffer: 64 * 1024 * 1024,
    env: { ...process.env, ...env },
  });
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
}
