// The table of the startup bench.
import type { EngineStart } from './engine.ts';

export interface WindowStart {
  /** From starting the program to its link: milliseconds. */
  listeningMs: number;
  /** From opening the link until photos can be clicked and a search typed: milliseconds. */
  photosMs: number;
  /** Until the first picture is shown. */
  pictureMs: number;
  /** Processor time of the window's main thread until then: milliseconds. */
  mainThreadMs: number;
}

export interface StartFigures {
  cores: number;
  /** Load average while it began: how many wanted a processor. */
  load: number;
  photos: number;
  engine: EngineStart[];
  window: WindowStart[];
}

export function startReport({ cores, load, photos, engine, window }: StartFigures): string {
  const row = (name: string, values: number[], wanted = '') =>
    `| ${name} | ${Math.round(middle(values))} | ${Math.round(Math.min(...values))} | ${wanted} |`;
  const engineRow = (name: string, key: keyof EngineStart, wanted?: string) =>
    row(
      name,
      engine.map((run) => run[key]),
      wanted,
    );
  const windowRow = (name: string, key: keyof WindowStart, wanted?: string) =>
    row(
      name,
      window.map((run) => run[key]),
      wanted,
    );
  return [
    `${photos.toLocaleString('en')} photos, ${engine.length} starts, ${cores} cores, load average ${load} at the beginning.`,
    '',
    '| milliseconds | median | best | wanted |',
    '|---|---:|---:|---:|',
    engineRow('engine: library open, from loading its program', 'readyMs', '< 1000'),
    engineRow('— processor time of the engine for that', 'engineCpuMs'),
    engineRow('— and of compute, which loads the model', 'computeCpuMs'),
    engineRow('engine: first 2,000 photos, asked as the window asks', 'firstPageMs'),
    engineRow('— processor time of the engine for that', 'firstPageCpuMs'),
    windowRow('browser host: link printed, from the start of the command', 'listeningMs'),
    windowRow('window: photos and search usable, from opening the link', 'photosMs', '< 1500'),
    windowRow('window: first picture shown', 'pictureMs'),
    windowRow('— processor time of its main thread until then', 'mainThreadMs'),
  ].join('\n');
}

function middle(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
