// A compute process inside this process, over the same protocol: fast, and it can crash or hang on demand.
import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import type { ComputeFunctions, IngestedPhoto, IngestResult } from '@semblance/compute';
import type { Region } from '@semblance/contract';
import { type Likeness, SIGNATURE_BYTES, trainAdapter } from '@semblance/core';
import { createBirpc } from 'birpc';
import type { ComputeChannel, SpawnPort } from '../src/ports.ts';

export const DIMENSIONS = 4;

const unknownModel = { ok: false, kind: 'MODEL_MISSING', message: 'There is no model here.' } as const;

export interface FakeCompute {
  spawn: SpawnPort;
  /** Paths given to `ingest`, in order, repeats included. */
  ingested: string[];
  /** Processes started so far. */
  started: number;
  /** How often a process that reads a `killed` file is still ended from outside. */
  killings: number;
  /** Ends every process that runs now, as a segmentation fault would. */
  crash(): void;
}

/**
 * File contents decide: `crash` ends the process, `killed` has it ended from outside, `hang` never answers, `bad` is corrupt,
 * `copy` is too until it ends in `whole`, `full` is a full disk.
 */
export function fakeCompute(overrides: Partial<ComputeFunctions> = {}): FakeCompute {
  const running: (() => void)[] = [];
  const fake: FakeCompute = {
    ingested: [],
    started: 0,
    killings: 0,
    crash() {
      for (const end of running.splice(0)) end();
    },
    spawn() {
      fake.started += 1;
      return startProcess(fake, overrides, running);
    },
  };
  return fake;
}

function startProcess(
  fake: FakeCompute,
  overrides: Partial<ComputeFunctions>,
  running: (() => void)[],
): ComputeChannel {
  const toEngine: ((message: unknown) => void)[] = [];
  const toCompute: ((message: unknown) => void)[] = [];
  const exits: ((how: { code: number | null; signal: string | null }) => void)[] = [];
  let alive = true;
  const end = (code: number | null, signal: string | null): void => {
    if (!alive) return;
    alive = false;
    setImmediate(() => {
      for (const tell of exits) tell({ code, signal });
    });
  };
  running.push(() => end(139, 'SIGSEGV'));
  const functions: ComputeFunctions = {
    setup: async () => ({ ok: true, model: { key: 'fake-1', dimensions: DIMENSIONS, contextLength: 8 } }),
    listModels: async () => [],
    inspectModel: async () => unknownModel,
    testModel: async () => unknownModel,
    keepPrecision: async () => unknownModel,
    ingest: async ({ path }) => {
      fake.ingested.push(path);
      const text = await readFile(path, 'utf8').catch(() => null);
      if (text === null) return { ok: false, reason: 'unreadable', message: 'The file is gone.' };
      if (text.startsWith('crash')) end(139, 'SIGSEGV');
      if (text.startsWith('killed') && fake.killings-- > 0) {
        end(null, 'SIGKILL');
        return new Promise(() => undefined);
      }
      if (text.startsWith('hang')) return new Promise(() => undefined);
      return ingestText(path, text).catch(() => ({
        ok: false as const,
        reason: 'unreadable' as const,
        message: 'The file is gone.',
      }));
    },
    embedText: async (text) => ({
      embedding: direction(text),
      truncated: false,
      unknownWords: [],
      tokens: 8,
    }),
    embedPhoto: async (path) => {
      const text = await readFile(path, 'utf8');
      return { ok: true, embedding: direction(text), crops: cropsOf(text) };
    },
    embedImage: async (path) => ({ ok: true, embedding: direction(await readFile(path, 'utf8')) }),
    embedPicture: async (bytes) => ({
      ok: true,
      embedding: direction(Buffer.from(bytes).toString('latin1')),
    }),
    embedRegions: embedRegionsOf,
    makeThumbnail: async () => ({ ok: true }),
    render: async () => ({ ok: true, bytes: new Uint8Array([1]), contentType: 'image/jpeg' }),
    async trainAdapter(task, heldOut) {
      const training = trainAdapter(task, heldOut);
      for (;;) {
        const next = training.next();
        if (next.done) return next.value;
      }
    },
    adapterCurve: async () => [],
    signPhoto: async ({ path }) => ({ ok: true, signature: signatureFor(await readFile(path, 'utf8')) }),
    comparePhotos: async (a, b) => ({
      ok: true,
      likeness: likenessOf(await readFile(a.path, 'utf8'), await readFile(b.path, 'utf8')),
    }),
    readMetadata: async (path) => ({ ok: true, metadata: await metadataBeside(path) }),
    judgeFile: async () => ({ detail: null, sharpness: null, exposure: null, compression: null }),
    memory: async () => 1,
    ...overrides,
  };
  const deliver = (listeners: ((message: unknown) => void)[], message: unknown): void => {
    const copy = structuredClone(message);
    setImmediate(() => {
      if (alive) for (const listener of listeners) listener(copy);
    });
  };
  createBirpc(functions, {
    post: (message) => deliver(toEngine, message),
    on: (listener) => void toCompute.push(listener),
    timeout: -1,
  });
  return {
    pid: undefined,
    post: (message) => deliver(toCompute, message),
    onMessage: (listener) => void toEngine.push(listener),
    onExit: (listener) => void exits.push(listener),
    kill: () => end(null, 'SIGKILL'),
  };
}

async function ingestText(path: string, text: string): Promise<IngestResult> {
  const half = text.startsWith('copy') && !text.endsWith('whole');
  if (half || text.startsWith('bad'))
    return { ok: false, reason: 'corrupt', message: 'The picture is damaged.' };
  if (text.startsWith('full')) return { ok: false, halt: 'disk-full' };
  const facts = await stat(path);
  // Of the bytes and not of the text: real pictures come here too.
  const contentHash = createHash('sha256')
    .update(await readFile(path))
    .digest('hex');
  const { size: bytes, mtimeMs } = facts;
  const wide = text.startsWith('wide') ? { width: 6, height: 2, crops: cropsOf(text) } : {};
  return { ...photoOf(text, direction(text)), ...wide, contentHash, bytes, modifiedAt: Math.trunc(mtimeMs) };
}

/** "wide middle left right": what its ends show. */
function cropsOf(text: string): Float32Array[] {
  const [first, , ...ends] = text.split(' ');
  return first === 'wide' ? ends.slice(0, 2).map(direction) : [];
}

/** The caption is what its `.xmp` says. */
async function metadataBeside(path: string) {
  const { takenAt, dateSource, camera, place, keywords, rating, favourite } = photoOf(
    '',
    new Float32Array(4),
  );
  const caption = await readFile(`${path}.xmp`, 'utf8').catch(() => null);
  return { takenAt, dateSource, camera, place, caption, keywords, rating, favourite };
}

/** What a decode of some content yields. */
export function photoOf(text: string, embedding: Float32Array): IngestedPhoto {
  return {
    ok: true,
    contentHash: createHash('sha256').update(text).digest('hex'),
    bytes: text.length,
    modifiedAt: 0,
    format: 'jpeg',
    width: 3,
    height: 2,
    animated: false,
    takenAt: null,
    dateSource: null,
    caption: null,
    keywords: [],
    rating: null,
    favourite: false,
    camera: {
      make: null,
      model: null,
      lens: null,
      aperture: null,
      exposureSeconds: null,
      iso: null,
      focalLengthMm: null,
    },
    place: null,
    placeholder: '',
    signature: signatureFor(text),
    embedding,
    crops: [],
  };
}

async function embedRegionsOf(path: string, regions: readonly Region[]) {
  const text = await readFile(path, 'utf8');
  return { ok: true as const, embeddings: regions.map((region) => direction(regionText(text, region))) };
}

/** The words of a "photo" lie in a row from left to right: those whose middle is inside. */
export function regionText(text: string, { left, width }: Region): string {
  const words = text.split(' ');
  return words
    .filter((_, i) => (i + 0.5) / words.length >= left && (i + 0.5) / words.length < left + width)
    .join(' ');
}

/** Texts that begin with the same word have the same picture. */
function pictureIn(text: string): string {
  return text.split(' ')[0] ?? '';
}

function signatureFor(text: string): Uint8Array {
  const seed = createHash('sha512').update(pictureIn(text)).digest();
  return Uint8Array.from({ length: SIGNATURE_BYTES }, (_, i) => seed[i % seed.length] ?? 0);
}

/** "boat small" is resaved from "boat", "boat edited" is an edit of both, "boat 2" another shot. */
function likenessOf(a: string, b: string): Likeness {
  const kind =
    pictureIn(a) !== pictureIn(b) || /\d/.test(a + b) ? 'none' : /edited/.test(a + b) ? 'edited' : 'resaved';
  return { kind, ofA: [], ofB: [], difference: 0 };
}

/** A unit vector that depends on the text only. */
function direction(text: string): Float32Array {
  const bytes = createHash('sha256').update(text).digest();
  const vector = Float32Array.from({ length: DIMENSIONS }, (_, i) => (bytes[i] ?? 0) - 127.5);
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
}
