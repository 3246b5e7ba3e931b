// `npm run bench -- models [folder of models ...] [--full]`: speed, memory and loading of every model below these folders
// (those that ship, when none is given). `--full` adds models of the published sizes with random weights, `--full=rn50,...`
// some of them.
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { listModels } from '@semblance/clip';
import { VIT_B_16, VIT_B_32, VIT_H_14, VIT_L_14, writeClipModel, writeModelFamily } from '@semblance/testkit';
import type { BenchResult } from '../main.ts';
import type { Measured } from './measure.ts';

const ROOT = resolve(import.meta.dirname, '../../..');
const BUNDLED = join(ROOT, 'assets/models');

/** Written one after the other into a folder that is removed at once: the largest needs 4 GB on disk. */
const FULL: Record<string, (directory: string) => Promise<unknown>> = {
  'vit-b-32': (directory) => writeClipModel(directory, { shape: VIT_B_32 }),
  'vit-b-32-outside': (directory) => writeClipModel(directory, { shape: VIT_B_32, externalData: true }),
  'vit-b-32-int8': (directory) => writeClipModel(directory, { shape: VIT_B_32, precision: 'int8' }),
  'vit-b-32-q4': (directory) => writeClipModel(directory, { shape: VIT_B_32, precision: 'q4' }),
  'vit-b-16': (directory) => writeClipModel(directory, { shape: VIT_B_16 }),
  rn50: (directory) =>
    writeModelFamily(directory, 'openclip-resnet', {
      resNet: { width: 64, layers: [3, 4, 6, 3], heads: 32, imageSize: 224, dimensions: 1024 },
    }),
  'siglip-b-16': (directory) =>
    writeModelFamily(directory, 'siglip', {
      siglip: {
        patch: 16,
        tower: { width: 768, layers: 12, heads: 12 },
        ...{ imageSize: 224, vocabulary: 32_000 },
      },
    }),
  'vit-l-14': (directory) => writeClipModel(directory, { shape: VIT_L_14 }),
  'vit-h-14': (directory) => writeClipModel(directory, { shape: VIT_H_14, externalData: true }),
};

/** The largest is held twice for the comparison, and written through the cache. */
const MEMORY_NEEDED: Record<string, number> = { 'vit-l-14': 6e9, 'vit-h-14': 12e9 };

export async function bench(args: string[]): Promise<BenchResult> {
  const folders = args.filter((arg) => !arg.startsWith('--'));
  const results: Measured[] = [];
  const places = folders.length > 0 ? folders.map((folder) => resolve(folder)) : [BUNDLED];
  for (const place of places) {
    for (const { id } of await listModels([place])) results.push(await measured(join(place, id)));
  }
  const full = args.find((arg) => arg.startsWith('--full'));
  if (full !== undefined) {
    const wanted = full.split('=')[1]?.split(',');
    for (const [name, write] of Object.entries(FULL)) {
      if (wanted !== undefined && !wanted.includes(name)) continue;
      if (process.availableMemory() < (MEMORY_NEEDED[name] ?? 0)) {
        console.error(`${name} is left out: too little memory is free.`);
        continue;
      }
      const parent = await mkdtemp(join(tmpdir(), 'semblance-bench-'));
      try {
        await write(join(parent, name));
        results.push({ ...(await measured(join(parent, name))), id: `${name} *` });
      } finally {
        await rm(parent, { recursive: true });
      }
    }
  }
  return { json: { machine: machine(), models: results }, report: report(results) };
}

const run = promisify(execFile);

async function measured(directory: string): Promise<Measured> {
  const { stdout } = await run(process.execPath, [join(import.meta.dirname, 'measure.ts'), directory], {
    maxBuffer: 1 << 20,
  });
  return JSON.parse(stdout) as Measured;
}

const machine = (): string => `${cpus().length} x ${cpus()[0]?.model ?? 'unknown'}`;

function report(results: readonly Measured[]): string {
  const mb = (bytes: number): string => `${Math.round(bytes / 1e6)}`;
  const rows = results.map((model) => {
    const { imagesPerSecond: images, loadMilliseconds: load, memoryBytes: memory } = model;
    const share = model.efficiency === null ? '-' : `${Math.round(100 * model.efficiency)} %`;
    return [
      model.id,
      `${model.family}, ${model.precision}`,
      `${model.dimensions}, ${model.imageSize} px`,
      mb(model.bytes),
      images.batch1.toFixed(1),
      images.batch8?.toFixed(1) ?? '-',
      model.textMilliseconds.toFixed(1),
      `${Math.round(load.text)} / ${Math.round(load.image)}`,
      `${mb(memory.text)} / ${mb(memory.both)}`,
      share,
    ];
  });
  const head = ['model', 'kind', 'vector, input', 'MB on disk', 'images/s, 1', 'images/s, 8'];
  head.push('query, ms', 'load, ms: text / image', 'memory, MB: text / both', 'of plain onnxruntime');
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [
    `CPU, one thread, ${machine()}; images/s and query by processor time. Models with * have the published shape and random weights.`,
    '',
    line(head),
    line(head.map(() => '---')),
    ...rows.map(line),
  ].join('\n');
}
