// What this machine makes of each model: tried by itself after it came, one after the other, in a process of its own at a
// low priority. Which weights are used is decided here, once, before anything has been made with them.
import { watch } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { arch, availableParallelism, cpus, platform } from 'node:os';
import { basename, dirname } from 'node:path';
import { type ModelTrial, SemblanceError, type TrialResult, trialResult } from '@semblance/contract';
import { atomicWrite } from '@semblance/scan';
import { createLatest, type Latest } from '../latest.ts';
import type { ModelInspector } from './inspector.ts';

export interface Trials {
  readonly list: Latest<ModelTrial[]>;
  /** Tries a model that has just come, in its turn; nobody waits for it. */
  begin(id: string): void;
  /** Tries it in its turn; one that is being tried already is not tried twice. @throws SemblanceError MODEL_NOT_FOUND */
  run(id: string): Promise<ModelTrial>;
  /** Its weights stay what they are from here on; resolves when that is certain. */
  settle(id: string): Promise<void>;
  forget(id: string): Promise<void>;
  dispose(): Promise<void>;
}

export interface TrialsOptions {
  inspector: Pick<ModelInspector, 'inspect' | 'test' | 'keepPrecision'>;
  /** @throws SemblanceError MODEL_NOT_FOUND */
  folderOf: (id: string) => Promise<string>;
  /** Where results are kept. */
  file: string;
  /** For indexing: hardware, threads, batch. */
  runtimeFile: string;
  /** Models that something was made with, or is being made. */
  inUse: () => readonly string[];
  /** Other weights of a model are used now. */
  onPrecision: () => void;
}

const INTERVAL_MS = 100;

export function createTrials(options: TrialsOptions): Trials {
  const { inspector, folderOf, file, runtimeFile, inUse, onPrecision } = options;
  const entries = new Map<string, ModelTrial>();
  const list = createLatest<ModelTrial[]>([], INTERVAL_MS);
  const stopped = new AbortController();
  /** Came a moment ago: the precision is still open. */
  const undecided = new Map<string, Promise<unknown>>();
  const turns = new Map<string, Promise<ModelTrial>>();
  /** Reads and writes of the file, one after the other. */
  let disk: Promise<unknown> = Promise.resolve();
  /** Models whose results lay in the file when it was last looked at. */
  let kept: ReadonlySet<string> = new Set();
  let last: Promise<unknown> = read();

  function inDiskTurn(work: () => Promise<void>): Promise<void> {
    const turn = disk.then(work);
    disk = turn.catch(() => undefined);
    return turn;
  }

  /** Another process may have tried a model, or removed one. */
  function read(): Promise<void> {
    return inDiskTurn(async () => {
      const results = await readResults(file);
      let changed = false;
      for (const [id, result] of Object.entries(results)) {
        const known = entries.get(id);
        if (turns.has(id) || (known !== undefined && result.at <= (known.result?.at ?? 0))) continue;
        entries.set(id, { id, state: 'done', result, problem: null });
        changed = true;
      }
      for (const id of kept) {
        if (!(id in results) && !turns.has(id)) changed = entries.delete(id) || changed;
      }
      kept = new Set(Object.keys(results));
      if (changed) tell();
    });
  }

  /** What others have written since stays in it. */
  async function keep(): Promise<void> {
    await read();
    await inDiskTurn(() => writeResults(file, entries.values()));
  }

  function tell(): void {
    list.set([...entries.values()]);
  }

  function put(id: string, change: Partial<ModelTrial>): ModelTrial {
    const known = entries.get(id) ?? { id, state: 'waiting', result: null, problem: null };
    const entry = { ...known, ...change };
    entries.set(id, entry);
    tell();
    return entry;
  }

  async function attempt(id: string): Promise<ModelTrial> {
    const folder = await folderOf(id);
    put(id, { state: 'running', problem: null });
    const run = () => inspector.test(folder, { runtimeFile, signal: stopped.signal });
    const first = await run();
    // Hardware that ended the process is on record, and left alone the second time.
    const tested = !first.ok && first.kind === 'MODEL_UNSUITABLE' ? await run() : first;
    if (!tested.ok) return put(id, { state: 'failed', problem: tested.message });
    const precision = await decide(id, folder, tested.precision);
    const way = tested.tried.find((one) => one.precision === precision && one.problem === null);
    const best = precision === tested.precision;
    const result: TrialResult = {
      at: Date.now(),
      precision,
      // What was not chosen has been tried as well, and told how fast it is.
      provider: best ? tested.provider : (way?.provider ?? 'cpu'),
      threads: best ? tested.threads : 1,
      batch: best ? tested.batch : 1,
      imagesPerSecond: best ? tested.imagesPerSecond : (way?.imagesPerSecond ?? 0),
      textMilliseconds: tested.textMilliseconds,
      loadMilliseconds: tested.loadMilliseconds,
      textMemoryBytes: Math.round(tested.textMemoryBytes),
      memoryBytes: Math.round(tested.memoryBytes),
    };
    const done = put(id, { state: 'done', result, problem: null });
    await keep();
    return done;
  }

  /** @returns what is used from here on */
  async function decide(id: string, folder: string, best: TrialResult['precision']) {
    const now = await inspector.inspect(folder);
    if (!now.ok || now.precision === best) return best;
    if (!undecided.has(id) || inUse().includes(id)) return now.precision;
    const keeping = inspector.keepPrecision(folder, best);
    undecided.set(id, keeping);
    const kept = await keeping;
    if (!kept.ok) return now.precision;
    onPrecision();
    return kept.precision;
  }

  function inTurn(id: string): Promise<ModelTrial> {
    put(id, { state: 'waiting' });
    const turn = last.then(() => {
      stopped.signal.throwIfAborted();
      return attempt(id);
    });
    const told = turn
      .catch((error) => {
        const gone = error instanceof SemblanceError && error.kind === 'MODEL_NOT_FOUND';
        if (gone || stopped.signal.aborted) entries.delete(id);
        else put(id, { state: 'failed', problem: error instanceof Error ? error.message : String(error) });
        tell();
        throw error;
      })
      .finally(() => {
        undecided.delete(id);
        turns.delete(id);
      });
    turns.set(id, told);
    last = told.catch(() => undefined);
    return told;
  }

  /** As long as somebody looks, what other processes find out is shown too. */
  async function* follow(signal: AbortSignal | undefined): AsyncGenerator<ModelTrial[], void, void> {
    const stop = watchFile(file, () => void read());
    try {
      await read();
      yield* list.follow(signal);
    } finally {
      stop();
    }
  }

  return {
    list: { ...list, follow },
    begin(id) {
      undecided.set(id, Promise.resolve());
      inTurn(id).catch(() => undefined);
    },
    async run(id) {
      const known = turns.get(id);
      if (known !== undefined) return known;
      await folderOf(id);
      return turns.get(id) ?? inTurn(id);
    },
    async settle(id) {
      const deciding = undecided.get(id);
      undecided.delete(id);
      await deciding;
    },
    async forget(id) {
      undecided.delete(id);
      await read();
      if (!entries.delete(id)) return;
      tell();
      await inDiskTurn(() => writeResults(file, entries.values()));
    },
    async dispose() {
      stopped.abort();
      await last;
      await disk;
      list.close();
    },
  };
}

const machine = (): string => [platform(), arch(), cpus()[0]?.model ?? '', availableParallelism()].join(' ');

/** By model. Nothing for another machine than the one that measured. */
async function readResults(file: string): Promise<Record<string, TrialResult>> {
  try {
    const kept: { machine?: unknown; results?: unknown } = JSON.parse(await readFile(file, 'utf8'));
    if (kept.machine !== machine() || typeof kept.results !== 'object' || kept.results === null) return {};
    const sound = Object.entries(kept.results).flatMap(([id, result]) => {
      const parsed = trialResult.safeParse(result);
      return parsed.success ? [[id, parsed.data] as const] : [];
    });
    return Object.fromEntries(sound);
  } catch {
    return {};
  }
}

/** Nothing depends on it: where it cannot be written, a model is shown as not tried. */
async function writeResults(file: string, entries: Iterable<ModelTrial>): Promise<void> {
  const results = Object.fromEntries(
    [...entries].flatMap(({ id, result }) => (result === null ? [] : [[id, result]])),
  );
  const text = `${JSON.stringify({ machine: machine(), results }, null, 1)}\n`;
  await atomicWrite(file, Buffer.from(text)).catch(() => undefined);
}

/** Where it cannot be watched, because it is not there yet for instance, whoever looks next reads it. */
function watchFile(file: string, onChange: () => void): () => void {
  try {
    const watcher = watch(dirname(file), { persistent: false }, (_event, name) => {
      if (name === null || name === basename(file)) onChange();
    });
    watcher.on('error', () => watcher.close());
    return () => watcher.close();
  } catch {
    return () => undefined;
  }
}
