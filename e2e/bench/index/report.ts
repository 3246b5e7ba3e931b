// From what was measured to the figures and the table.
import type { OtherRun } from './others.ts';
import type { OurRun } from './ours.ts';
import type { Spent } from './processor.ts';
import type { Stage, StageCosts } from './stages.ts';

export type Precision = 'int8' | 'fp32';

/** Everything on the same photos, one after the other. */
export interface Round {
  precision: Precision;
  stages: StageCosts;
  transformers: OtherRun;
  oneAtATime: OtherRun;
  ours: OurRun;
}

export interface Soak {
  photos: number;
  /** Processor time a photo, ms: the second thousand and the last. */
  early: number;
  late: number;
  computeMb: number;
  engineMb: number;
  /** Memory after the second thousand and at the end. */
  memory: { compute: [number, number]; engine: [number, number] };
}

export interface Figures {
  cores: number;
  processor: string;
  load: number;
  photoMb: number;
  photos: number;
  rounds: Round[];
  soak: Soak | null;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const [low = 0, high = 0] = [sorted[sorted.length % 2 === 0 ? middle - 1 : middle], sorted[middle]];
  return (low + high) / 2;
}

export function soakOf(run: OurRun): Soak {
  // The first thousand warms up: compilers, caches, the decoder's memory.
  const early = run.marks[1] ?? run.marks[0];
  const late = run.marks.at(-1);
  const cost = (mark: (Spent & { photos: number }) | undefined): number =>
    mark === undefined ? 0 : work(mark);
  return {
    photos: run.photos,
    early: cost(early),
    late: cost(late),
    computeMb: run.computeMb,
    engineMb: run.engineMb,
    memory: {
      compute: [early?.computeMb ?? 0, late?.computeMb ?? 0],
      engine: [early?.engineMb ?? 0, late?.engineMb ?? 0],
    },
  };
}

const total = (stages: StageCosts): number => Object.values(stages).reduce((sum, ms) => sum + ms, 0);
const perSecond = ({ photos, seconds }: OtherRun): number => photos / seconds;
/** What the machine would do with nothing else to do: photos a second of the core time that others left. */
const perCoreSecond = ({ photos, coreSeconds }: OtherRun): number => photos / coreSeconds;

/** Processor time a photo, ms. */
const work = ({ processor, photos }: OtherRun): number => processor / photos;

function of(rounds: readonly Round[], precision: Precision) {
  const some = rounds.filter((round) => round.precision === precision);
  const over = (figure: (round: Round) => number): number => median(some.map(figure));
  return {
    stageMs: (stage: Stage) => over(({ stages }) => stages[stage]),
    totalMs: over(({ stages }) => total(stages)),
    share: over(({ stages, ours }) => (perCoreSecond(ours) * total(stages)) / 1000),
    ours: over(({ ours }) => perSecond(ours)),
    transformers: over((round) => perSecond(round.transformers)),
    oneAtATime: over((round) => perSecond(round.oneAtATime)),
    vsTransformers: over(({ ours, transformers }) => perSecond(ours) / perSecond(transformers)),
    vsOneAtATime: over(({ ours, oneAtATime }) => perSecond(ours) / perSecond(oneAtATime)),
    /** By processor time instead of the clock: what others do on the machine has no part in it, nor what stands idle. */
    workVsTransformers: over(({ ours, transformers }) => work(transformers) / work(ours)),
    workVsOneAtATime: over(({ ours, oneAtATime }) => work(oneAtATime) / work(ours)),
    costs: {
      ours: over(({ ours }) => work(ours)),
      transformers: over(({ transformers }) => work(transformers)),
      oneAtATime: over(({ oneAtATime }) => work(oneAtATime)),
    },
    computeMb: Math.max(...some.map(({ ours }) => ours.computeMb)),
    engineMb: Math.max(...some.map(({ ours }) => ours.engineMb)),
  };
}

export function summary({ cores, rounds, soak, load }: Figures) {
  const [int8, fp32] = [of(rounds, 'int8'), of(rounds, 'fp32')];
  return {
    cores,
    load: round(load),
    photosPerSecond: round(int8.ours),
    ceilingPhotosPerSecond: round((1000 * cores) / int8.totalMs),
    ceilingShare: round(int8.share),
    vsTransformersJs: round(int8.vsTransformers),
    vsOneAtATime: round(int8.vsOneAtATime),
    byProcessorTime: {
      vsTransformersJs: round(int8.workVsTransformers),
      vsOneAtATime: round(int8.workVsOneAtATime),
    },
    fp32: {
      ceilingShare: round(fp32.share),
      vsTransformersJs: round(fp32.vsTransformers),
      vsOneAtATime: round(fp32.vsOneAtATime),
    },
    computeMB: Math.round(Math.max(int8.computeMb, soak?.computeMb ?? 0)),
    engineMB: Math.round(Math.max(int8.engineMb, soak?.engineMb ?? 0)),
    soakPhotos: soak?.photos ?? 0,
    perPhotoCostRatio20kTo1k: soak === null ? null : round(soak.late / soak.early),
  };
}

export function report(figures: Figures): string {
  const { cores, rounds, soak, photoMb, photos } = figures;
  const [int8, fp32] = [of(rounds, 'int8'), of(rounds, 'fp32')];
  const stages = Object.keys(rounds[0]?.stages ?? {}) as Stage[];
  const row = (name: string, cell: (side: typeof int8) => string): string =>
    `| ${name} | ${cell(int8)} | ${cell(fp32)} |`;
  const ceiling = ({ totalMs }: typeof int8): number => (1000 * cores) / totalMs;
  return [
    `${cores} cores (${figures.processor}), load ${figures.load.toFixed(1)} at the end; ${photos} photos of 12 megapixels and ` +
      `${photoMb.toFixed(1)} MB a round, ${rounds.length / 2} rounds, medians. ViT-B/32.`,
    '',
    row('processor time a photo, ms, stage by stage', (side) => (side === int8 ? 'int8' : 'fp32')),
    '|---|---:|---:|',
    ...stages.map((stage) => row(stage, ({ stageMs }) => stageMs(stage).toFixed(1))),
    row('all stages', ({ totalMs }) => totalMs.toFixed(1)),
    row(`ceiling on ${cores} cores, photos/s`, (side) => ceiling(side).toFixed(1)),
    row('the pipeline, of the core time that others left', ({ share }) => `${(100 * share).toFixed(1)} %`),
    '',
    row('photos/s, in turn on the same photos', (side) => (side === int8 ? 'int8' : 'fp32')),
    '|---|---:|---:|',
    row('Semblance', ({ ours }) => ours.toFixed(2)),
    row('transformers.js', ({ transformers }) => transformers.toFixed(2)),
    row('one at a time, four under way', ({ oneAtATime }) => oneAtATime.toFixed(2)),
    row('times transformers.js', ({ vsTransformers }) => vsTransformers.toFixed(2)),
    row('times one at a time', ({ vsOneAtATime }) => vsOneAtATime.toFixed(2)),
    row('processor ms a photo: Semblance', ({ costs }) => costs.ours.toFixed(0)),
    row('processor ms a photo: transformers.js', ({ costs }) => costs.transformers.toFixed(0)),
    row('processor ms a photo: one at a time', ({ costs }) => costs.oneAtATime.toFixed(0)),
    row('by processor time: times transformers.js', (side) => side.workVsTransformers.toFixed(2)),
    row('by processor time: times one at a time', (side) => side.workVsOneAtATime.toFixed(2)),
    row('compute process, MB at most', ({ computeMb }) => computeMb.toFixed(0)),
    row('engine, MB at most', ({ engineMb }) => engineMb.toFixed(0)),
    ...(soak === null ? [] : ['', ...soakTable(soak)]),
  ].join('\n');
}

function soakTable({ photos, early, late, computeMb, engineMb, memory }: Soak): string[] {
  return [
    `| ${photos.toLocaleString('en')} photos of 640 x 480, int8 | second thousand | last thousand | at most |`,
    '|---|---:|---:|---:|',
    `| processor time a photo, ms | ${early.toFixed(1)} | ${late.toFixed(1)} | |`,
    `| compute process, MB | ${memory.compute.map((mb) => mb.toFixed(0)).join(' | ')} | ${computeMb.toFixed(0)} |`,
    `| engine, MB | ${memory.engine.map((mb) => mb.toFixed(0)).join(' | ')} | ${engineMb.toFixed(0)} |`,
  ];
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
