// Labels at scale: a run of 50 labels over 100,000 photos, and the preview of a label that is being typed, through the
// engine's services with the starter model's own text encoder.
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadTextEncoder, readModelFolder } from '@semblance/clip';
import { type Engine, forkCompute, openEngine } from '@semblance/engine';
import type { BenchResult } from '../main.ts';
import { fillLibrary, photoId } from './made-up-library.ts';

interface LabelFigures {
  cores: number;
  photos: number;
  labels: number;
  /** From asking for the run to its last tag on disk, embeddings read from disk first. */
  runSeconds100kx50: number;
  /** Median of previews of descriptions that were never asked for; every second label has five examples. */
  previewMs100k: number;
  previewMsWorst: number;
  /** Of the engine's process, without the words' encoder: what is left of the above on a machine with nothing else to do. */
  previewCpuMs: number;
  /** The first one after opening reads all embeddings. */
  previewMsFirst: number;
  tagged: number;
  suggested: number;
  undoSeconds: number;
  /** Longest time that nobody else was answered during the run. */
  longestPauseMs: number;
}

const ROOT = join(import.meta.dirname, '../../..');
const MODELS = join(ROOT, 'assets/models');
const THINGS = (
  'dog cat horse bird car bus train bicycle boat airplane street bridge house church tree flower forest mountain snow ' +
  'beach sea river sunset night rain kitchen bedroom bathroom table chair lamp computer book phone toy shoe hat dress ' +
  'football tennis guitar piano statue painting sign cake pizza coffee baby crowd'
).split(' ');
const PREVIEWED = [
  'a red boat',
  'garden in spring',
  'birthday cake',
  'kids playing football',
  'old church',
  'snowy street',
];

export async function bench(args: string[]): Promise<BenchResult> {
  const { values } = parseArgs({ args, options: { photos: { type: 'string', default: '100000' } } });
  const photos = Number(values.photos);
  const folder = await mkdtemp(join(tmpdir(), 'semblance-bench-'));
  try {
    const directory = join(folder, 'library');
    const model = await readModelFolder(join(MODELS, 'starter'));
    const encoder = await loadTextEncoder(model);
    const texts = (await encoder.encode(THINGS)).map(({ embedding }) => embedding);
    await encoder.dispose();
    console.error(`${photos} photos: making them`);
    await fillLibrary(directory, model.key, photos, texts);
    const previewMsFirst = await withEngine(directory, (engine) => preview(engine, 'first look', 0));
    const figures = await withEngine(directory, (engine) => measure(engine, photos, previewMsFirst));
    return { json: figures, report: report(figures) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function withEngine<T>(libraryDirectory: string, task: (engine: Engine) => Promise<T>): Promise<T> {
  const engine = await openEngine({
    libraryDirectory,
    modelDirectory: join(MODELS, 'starter'),
    bundledModelsDirectory: MODELS,
    modelsDirectory: join(libraryDirectory, 'models'),
    host: { kind: 'cli', version: '0' },
    spawnCompute: forkCompute(join(ROOT, 'packages/compute/src/main.ts')),
  });
  try {
    return await task(engine);
  } finally {
    await engine.dispose();
  }
}

async function measure({ services }: Engine, photos: number, previewMsFirst: number): Promise<LabelFigures> {
  const { labels, labelAnswers, labelRuns, acts } = services;
  const ids = THINGS.map((name, i) => {
    const { label } = labels.create({
      name,
      descriptions: [],
      exclusions: [],
      parentId: null,
      color: 'gray',
      precision: 0.8,
      automatic: false,
      sensitive: false,
    });
    if (i % 2 === 0)
      labelAnswers.answer(examples(photos, i).map((answer) => ({ ...answer, labelId: label.id })));
    return label.id;
  });

  console.error(`${ids.length} labels: running`);
  const pauses = watchPauses();
  const started = performance.now();
  const run = await labelRuns.finished(labelRuns.start(ids, { kind: 'all' }).id);
  const runSeconds = (performance.now() - started) / 1000;
  const longestPauseMs = pauses();

  console.error('previews');
  const times: number[] = [];
  const cpu = process.cpuUsage();
  for (const [i, words] of PREVIEWED.entries())
    times.push(await preview({ services } as Engine, words, photos * (i % 2)));
  const { user, system } = process.cpuUsage(cpu);
  times.sort((a, b) => a - b);

  const undoing = performance.now();
  await acts.undo(run.actId ?? 0);
  return {
    cores: availableParallelism(),
    photos,
    labels: ids.length,
    runSeconds100kx50: runSeconds,
    previewMs100k: times[Math.floor(times.length / 2)] ?? 0,
    previewMsWorst: times.at(-1) ?? 0,
    previewCpuMs: (user + system) / 1000 / times.length,
    previewMsFirst,
    tagged: run.tagged,
    suggested: run.suggested,
    undoSeconds: (performance.now() - undoing) / 1000,
    longestPauseMs,
  };
}

async function preview({ services }: Engine, words: string, photos: number): Promise<number> {
  const started = performance.now();
  const answers = photos === 0 ? [] : examples(photos, 7);
  await services.labelStudio.preview({ id: null, draft: { name: words }, answers, limit: 200 });
  return performance.now() - started;
}

function examples(photos: number, seed: number): { photoId: string; verdict: 'yes' }[] {
  return Array.from({ length: 5 }, (_, i) => ({
    photoId: photoId((seed * 977 + i * 131) % photos),
    verdict: 'yes' as const,
  }));
}

/** @returns a function that ends the watch and says the longest time between two turns of the event loop */
function watchPauses(): () => number {
  let longest = 0;
  let last = performance.now();
  const timer = setInterval(() => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
  }, 5);
  return () => {
    clearInterval(timer);
    return longest;
  };
}

function report(f: LabelFigures): string {
  const row = (...cells: string[]): string => `| ${cells.join(' | ')} |`;
  return [
    `${f.photos} made-up photos, ${f.labels} labels, every second one with 5 examples; starter model; ${f.cores} cores.`,
    '',
    row('what', 'measured', 'wanted'),
    '|---|---:|---:|',
    row('all labels over all photos', `**${f.runSeconds100kx50.toFixed(1)} s**`, '< 60 s'),
    row('tags, suggestions written', `${f.tagged}, ${f.suggested}`, ''),
    row('the whole run taken back', `${f.undoSeconds.toFixed(1)} s`, ''),
    row('longest pause for others during the run', `${Math.round(f.longestPauseMs)} ms`, ''),
    row('preview of a new description, median', `**${Math.round(f.previewMs100k)} ms**`, '< 300 ms'),
    row("of it the engine's own computing", `${Math.round(f.previewCpuMs)} ms`, ''),
    row('the slowest', `${Math.round(f.previewMsWorst)} ms`, ''),
    row('the first after opening', `${Math.round(f.previewMsFirst)} ms`, ''),
  ].join('\n');
}
