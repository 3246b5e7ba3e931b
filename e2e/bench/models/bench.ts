// `npm run bench -- models [folder of models ...] [--full]`: speed, memory and loading of every model below these folders
// (those that ship and those that were added, when none is given). `--full` adds models of the published sizes with random weights, `--full=rn50,...`
// some of them.
import { execFile } from 'node:child_process';
import { mkdtemp, rm, statfs } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { listModels } from '@semblance/clip';
import { defaultModelsDirectory } from '@semblance/engine';
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
  'vit-l-14-int8': (directory) => writeClipModel(directory, { shape: VIT_L_14, precision: 'int8' }),
  'vit-h-14': (directory) => writeClipModel(directory, { shape: VIT_H_14, externalData: true }),
  'vit-h-14-int8': (directory) => writeClipModel(directory, { shape: VIT_H_14, precision: 'int8' }),
};

/** Bytes of memory: the image side is held twice for the comparison, and all is written through the cache. */
const MEMORY_NEEDED: Record<string, number> = {
  'vit-l-14': 6e9,
  'vit-l-14-int8': 4e9,
  'vit-h-14': 9e9,
  'vit-h-14-int8': 6e9,
};
/** Bytes of disk, while the model is there. */
const DISK_NEEDED: Record<string, number> = {
  'vit-l-14': 1.8e9,
  'vit-l-14-int8': 0.5e9,
  'vit-h-14': 4e9,
  'vit-h-14-int8': 1.1e9,
};
const DISK_USUAL = 1e9;

export async function bench(args: string[]): Promise<BenchResult> {
  const folders = args.filter((arg) => !arg.startsWith('--'));
  const results: Measured[] = [];
  const leftOut: string[] = [];
  const places =
    folders.length > 0
      ? folders.map((folder) => resolve(folder))
      : [BUNDLED, process.env.SEMBLANCE_MODELS ?? defaultModelsDirectory()];
  for (const place of places) {
    for (const { id } of await listModels([place])) results.push(await measured(join(place, id)));
  }
  const full = args.find((arg) => arg.startsWith('--full'));
  if (full !== undefined) {
    const wanted = full.split('=')[1]?.split(',');
    for (const [name, write] of Object.entries(FULL)) {
      if (wanted !== undefined && !wanted.includes(name)) continue;
      const lack = await lacking(name);
      if (lack !== null) {
        leftOut.push(`${name} is left out: ${lack}.`);
        continue;
      }
      const parent = await mkdtemp(join(tmpdir(), 'semblance-bench-'));
      try {
        await write(join(parent, name));
        results.push({ ...(await measured(join(parent, name))), id: `${name} *` });
      } catch (error) {
        // What the others gave took an hour.
        leftOut.push(`${name} failed: ${error instanceof Error ? error.message.slice(0, 200) : error}`);
      } finally {
        await rm(parent, { recursive: true });
      }
    }
  }
  const told = [report(results), ...leftOut.map((line) => `- ${line}`)].join('\n');
  return { json: { machine: machine(), models: results, leftOut }, report: told };
}

/** What this machine has too little of for a model, in words; null when nothing. */
async function lacking(name: string): Promise<string | null> {
  const giga = (bytes: number): string => `${(bytes / 1e9).toFixed(1)} GB`;
  const [memory, memoryNeeded] = [process.availableMemory(), MEMORY_NEEDED[name] ?? 0];
  if (memory < memoryNeeded) return `it needs ${giga(memoryNeeded)} of memory, ${giga(memory)} are free`;
  const { bavail, bsize } = await statfs(tmpdir());
  const diskNeeded = DISK_NEEDED[name] ?? DISK_USUAL;
  if (bavail * bsize < diskNeeded)
    return `it needs ${giga(diskNeeded)} of disk, ${giga(bavail * bsize)} are free`;
  return null;
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
