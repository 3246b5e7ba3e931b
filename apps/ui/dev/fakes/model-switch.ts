// A change of the model, played in the page. ?switch= none | loading | filling | waiting | paused | ready | failed |
// same | mixed | switched | renewed | problem       ?preview= none | rough       ?compare= slow | failed | bare
import { ORPCError } from '@orpc/client';
import type { ModelComparison, ModelSwitchStatus, PhotoTile, SwitchPreview } from '@semblance/contract';
import type { Client } from '../../src/connection/connection.ts';

type Answer = <T>(value: T | (() => T)) => Promise<T>;
type Next = NonNullable<ModelSwitchStatus['next']>;

const NEXT: Next = {
  id: 'clip-vit-b-32',
  state: 'filling',
  done: 812,
  total: 2350,
  failed: 0,
  photosPerSecond: 18.4,
  secondsLeft: 84,
  samePictures: false,
  automatic: false,
  problem: null,
};
const DONE: Partial<Next> = { done: 2350, photosPerSecond: 0, secondsLeft: null };
const NEXTS: Record<string, Partial<Next>> = {
  loading: { state: 'loading', done: 0, total: 0, photosPerSecond: 0, secondsLeft: null },
  filling: {},
  waiting: { state: 'waiting', photosPerSecond: 0, secondsLeft: null },
  paused: { state: 'paused', photosPerSecond: 0, secondsLeft: null },
  ready: { state: 'ready', ...DONE, failed: 3 },
  same: { state: 'ready', ...DONE, id: 'clip-multilingual', samePictures: true },
  failed: { state: 'failed', photosPerSecond: 0, problem: 'The disk that holds the library is full.' },
};
const BEFORE = { id: 'starter', at: Date.UTC(2025, 9, 17, 9), waiting: 0, labels: 'kept' as const };
const BEFORES: Record<string, ModelSwitchStatus['previous']> = {
  mixed: { ...BEFORE, waiting: 1538, labels: 'waiting' },
  switched: BEFORE,
  renewed: { ...BEFORE, labels: 'renewed' },
};

export function fakeModelSwitch(
  photos: readonly PhotoTile[],
  answer: Answer,
  params: URLSearchParams,
): Client['modelSwitch'] {
  const state = params.get('switch') ?? 'none';
  const previous = BEFORES[state] ?? null;
  let status: ModelSwitchStatus = {
    current: previous === null ? 'starter' : NEXT.id,
    next: state in NEXTS ? { ...NEXT, ...NEXTS[state] } : null,
    previous,
    problem: state === 'problem' ? 'There is no model called "clip-vit-l-14".' : null,
    comparing: null,
  };
  let wake: () => void = () => undefined;
  const put = (change: Partial<ModelSwitchStatus>): ModelSwitchStatus => {
    status = { ...status, ...change };
    wake();
    return status;
  };
  const next = (change: Partial<Next>) => put({ next: { ...NEXT, ...status.next, ...change } });

  async function* stream() {
    for (;;) {
      yield status;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  }

  return {
    status: async () => stream() as unknown as Awaited<ReturnType<Client['modelSwitch']['status']>>,
    begin: ({ id, automatic = false }) => answer(() => next({ ...NEXT, id, automatic })),
    pause: () => answer(() => next({ state: 'paused', photosPerSecond: 0, secondsLeft: null })),
    resume: () => answer(() => next({ state: 'filling', photosPerSecond: 18.4, secondsLeft: 84 })),
    cancel: () => answer(() => put({ next: null })),
    preview: () => answer(() => previewOf(photos, params.get('preview') ?? 'usual')),
    commit: ({ labels = true }) =>
      answer(() => {
        const { done = 0, total = 0, id = NEXT.id } = status.next ?? {};
        const waiting = total - done;
        const tags = !labels ? 'kept' : waiting > 0 ? 'waiting' : 'renewed';
        return put({
          current: id,
          next: null,
          previous: { id: status.current, at: Date.now(), waiting, labels: tags },
        });
      }),
    back: () =>
      answer(() =>
        put({
          current: status.previous?.id ?? 'starter',
          previous: { ...BEFORE, id: status.current, at: Date.now() },
        }),
      ),
    forgetPrevious: () => answer(() => put({ previous: null })),
    async compare({ a, b }) {
      const how = params.get('compare') ?? 'usual';
      if (how === 'slow') {
        put({ comparing: { done: 96, total: 320 } });
        await new Promise(() => undefined);
      }
      if (how === 'failed') throw new ORPCError('MODEL_DAMAGED', { defined: true, message: 'Cut short.' });
      return answer(() => comparisonOf(a, b, how === 'bare'));
    },
  };
}

function previewOf(photos: readonly PhotoTile[], how: string): SwitchPreview {
  const change = (id: number, name: string, kept: number, gained: number, lost: number) => ({
    id,
    name,
    kept,
    gained,
    lost,
    gainedPhotos: photos.slice(id * 3, id * 3 + Math.min(gained, 8)),
    lostPhotos: photos.slice(id * 7, id * 7 + Math.min(lost, 8)),
  });
  if (how === 'none') return { seen: 2350, photos: 2350, labels: [] };
  return {
    seen: how === 'rough' ? 812 : 2350,
    photos: 2350,
    labels: [
      change(1, 'Beach', 84, 31, 6),
      change(2, 'Grandma’s garden', 40, 5, 2),
      change(3, 'Receipts', 120, 0, 0),
    ],
  };
}

function comparisonOf(a: string, b: string, bare: boolean): ModelComparison {
  const starter = {
    id: a,
    name: 'Starter',
    bytes: 21_400_000,
    dimensions: 256,
    languages: ['en', 'tr'],
    imagesPerSecond: 96.2,
    textMilliseconds: 3.1,
    meanAveragePrecision: bare ? null : 0.412,
  };
  const larger = {
    id: b,
    name: 'CLIP ViT-B/32',
    bytes: 352_000_000,
    dimensions: 512,
    languages: ['en'],
    imagesPerSecond: 18.4,
    textMilliseconds: 14.6,
    meanAveragePrecision: bare ? null : 0.684,
  };
  if (bare) {
    return {
      a: starter,
      b: larger,
      samePictures: true,
      photos: 160,
      labels: [],
      searches: [],
      agreement: null,
    };
  }
  return {
    a: starter,
    b: larger,
    samePictures: false,
    photos: 286,
    labels: [
      { id: 1, name: 'Beach', photos: 20, a: 0.61, b: 0.83 },
      { id: 2, name: 'Grandma’s garden', photos: 14, a: 0.34, b: 0.52 },
      { id: 3, name: 'Receipts', photos: 9, a: 0.28, b: 0.7 },
    ],
    searches: [
      { text: 'dog on the beach', agreement: 0.4 },
      { text: 'birthday cake', agreement: 0.7 },
      { text: 'red car', agreement: 0.2 },
    ],
    agreement: 0.43,
  };
}
