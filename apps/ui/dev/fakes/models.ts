// Models to be had, downloads that run, wait and fail, and a record of requests. `?models=` few | none | error
import type {
  CatalogModel,
  ModelDownload,
  ModelInfo,
  ModelOffer,
  ModelTrial,
  NetworkCall,
  TrialResult,
} from '@semblance/contract';
import type { Client } from '../../src/connection/connection.ts';
import { MODEL } from '../fake-data.ts';

type Answer = <T>(value: T | (() => T)) => Promise<T>;

const words = (en: string, tr: string) => ({ en, tr });

function entry(part: Partial<CatalogModel> & Pick<CatalogModel, 'id' | 'name'>): CatalogModel {
  return {
    family: 'siglip2',
    goodFor: words('Finds far more, in many languages.', 'Çok daha fazlasını, birçok dilde bulur.'),
    caution: null,
    languages: ['en', 'tr', 'de', 'mul'],
    bytes: null,
    dimensions: 768,
    imageSize: 224,
    recall: [
      { language: 'en', percent: 75.2 },
      { language: 'tr', percent: 66.7 },
    ],
    recallSource: 'A table that somebody published',
    license: 'Apache-2.0',
    commercialUse: true,
    checked: { repository: true, size: true, license: true, recall: true },
    repository: `makers/${part.id}`,
    revision: 'main',
    files: ['visual/*', 'textual/*'],
    ...part,
  };
}

const CATALOG = [
  entry({ id: 'siglip2-base', name: 'SigLIP 2, base' }),
  entry({
    id: 'nllb-base',
    name: 'NLLB-CLIP, base',
    family: 'multilingual-clip',
    caution: words('Its licence forbids commercial use.', 'Lisansı ticari kullanımı yasaklar.'),
    license: 'CC-BY-NC-4.0',
    commercialUse: false,
    bytes: 2_100_000_000,
    recall: [
      { language: 'en', percent: 68.4 },
      { language: 'tr', percent: 77.4 },
    ],
  }),
  entry({
    id: 'siglip-int8',
    name: 'SigLIP, base, 8-bit',
    family: 'siglip',
    languages: ['en'],
    goodFor: words('A small download.', 'Küçük bir indirme.'),
    bytes: 201_000_000,
    recall: [],
    recallSource: null,
    license: null,
    commercialUse: null,
    checked: { repository: false, size: true, license: false, recall: false },
  }),
  entry({ id: 'so400m', name: 'SigLIP 2, shape-optimised 400M', imageSize: 384, dimensions: 1152 }),
  entry({ id: 'xlm-base', name: 'OpenCLIP, XLM-R base, ViT-B/32', family: 'multilingual-clip' }),
];

const ADDED: ModelInfo = {
  ...MODEL,
  id: 'my-clip',
  name: 'My own CLIP',
  key: 'my-clip-1',
  dimensions: 512,
  bytes: 606_000_000,
  languages: ['en'],
  active: false,
  bundled: false,
};

function downloadOf(part: Partial<ModelDownload> & Pick<ModelDownload, 'id' | 'name'>): ModelDownload {
  return {
    repository: `makers/${part.id}`,
    state: 'downloading',
    done: 0,
    bytes: 1_400_000_000,
    files: { done: 4, all: 9 },
    bytesPerSecond: 0,
    secondsLeft: null,
    problem: null,
    ...part,
  };
}

const DOWNLOADS = [
  downloadOf({
    id: 'so400m',
    name: 'SigLIP 2, shape-optimised 400M',
    done: 512_000_000,
    bytesPerSecond: 11_300_000,
    secondsLeft: 78,
  }),
  downloadOf({
    id: 'xlm-base',
    name: 'OpenCLIP, XLM-R base, ViT-B/32',
    state: 'failed',
    done: 220_000_000,
    problem: { kind: 'HUB_UNREACHABLE', message: 'huggingface.co cannot be reached, or went silent.' },
  }),
];

const RESULT: TrialResult = {
  at: Date.UTC(2025, 9, 18, 17, 52),
  ...{ precision: 'int8', provider: 'cpu', threads: 2, batch: 8, imagesPerSecond: 41.2 },
  ...{ textMilliseconds: 6.4, loadMilliseconds: 900, textMemoryBytes: 114e6, memoryBytes: 247e6 },
};

const CALLS: NetworkCall[] = [
  ['file', 'siglip2/resolve/4d2f1c/visual/model.onnx', 200, 372_000_000, null],
  ['file', 'siglip2/resolve/4d2f1c/textual/model.onnx', 200, 41_000_000, 'socket hang up'],
  ['facts', 'api/models/makers/siglip2/tree/4d2f1c', 200, 4120, null],
  ['facts', 'api/models/makers/siglip2/revision/main', 200, 980, null],
].map(([purpose, path, status, bytes, problem], i) => ({
  at: Date.UTC(2025, 9, 18, 17, 40) - i * 4000,
  purpose: purpose as NetworkCall['purpose'],
  model: 'makers/siglip2',
  address: `https://huggingface.co/makers/${path}`,
  status: status as number,
  bytes: bytes as number,
  milliseconds: 1200,
  problem: problem as string | null,
}));

export function fakeModels(
  answer: Answer,
  params: URLSearchParams,
  fail: (kind: string) => void,
): Client['models'] {
  const state = params.get('models') ?? 'all';
  let installed = state === 'few' ? [MODEL] : [MODEL, ADDED];
  let downloads = state === 'all' ? DOWNLOADS : [];
  let hub = 'https://huggingface.co';
  let wake: () => void = () => undefined;
  let trials: ModelTrial[] =
    state === 'few' ? [] : [{ id: ADDED.id, state: 'done', result: RESULT, problem: null }];
  let wakeTrials: () => void = () => undefined;
  const change = (next: ModelDownload[]) => {
    downloads = next;
    wake();
  };
  const patch = (id: string, part: Partial<ModelDownload>) =>
    change(downloads.map((one) => (one.id === id ? { ...one, ...part } : one)));

  async function* stream(): AsyncGenerator<ModelDownload[]> {
    for (;;) {
      yield downloads;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  }

  async function* trialStream(): AsyncGenerator<ModelTrial[]> {
    for (;;) {
      yield trials;
      await new Promise<void>((resolve) => {
        wakeTrials = resolve;
      });
    }
  }

  function lookAt(request: { id: string } | { repository: string }): ModelOffer {
    const repository = 'id' in request ? `makers/${request.id}` : request.repository;
    const id = 'id' in request ? request.id : repository.replace('/', '--');
    if (id === 'xlm-base') fail('HUB_NOT_FOUND');
    const facts = { id, name: id, repository, revision: 'main', commit: '4d2f1c90aa17'.padEnd(40, '0') };
    const bytes = 1_448_000_000;
    return { ...facts, files: 9, bytes, have: 0, free: 64e9, fits: id !== 'nllb-base' };
  }

  function begin(id: string): ModelDownload {
    const known = downloads.find((one) => one.id === id);
    const name = CATALOG.find((model) => model.id === id)?.name ?? id;
    const started = { ...(known ?? downloadOf({ id, name })), state: 'downloading' as const, problem: null };
    change([...downloads.filter((one) => one.id !== id), started]);
    return started;
  }

  return {
    list: () => answer(() => (state === 'error' ? (fail('COMPUTE_UNAVAILABLE') as never) : installed)),
    catalog: () => answer(state === 'none' ? [] : CATALOG),
    downloads: async () => stream() as Awaited<ReturnType<Client['models']['downloads']>>,
    look: (request) => answer(() => lookAt(request)),
    trials: async () => trialStream() as Awaited<ReturnType<Client['models']['trials']>>,
    test: ({ id }) =>
      answer(() => {
        const trial: ModelTrial = { id, state: 'done', result: RESULT, problem: null };
        trials = [...trials.filter((one) => one.id !== id), trial];
        wakeTrials();
        return trial;
      }),
    download: (request) =>
      answer(() => begin('id' in request ? request.id : request.repository.replace('/', '--'))),
    pause: ({ id }) => answer(() => patch(id, { state: 'paused', bytesPerSecond: 0, secondsLeft: null })),
    resume: ({ id }) => answer(() => begin(id)),
    cancel: ({ id }) => answer(() => change(downloads.filter((one) => one.id !== id))),
    remove: ({ id }) =>
      answer(() => {
        installed = installed.filter((one) => one.id !== id);
      }),
    verify: ({ id }) =>
      answer({
        id,
        fine: id !== ADDED.id,
        known: true,
        files: 9,
        bytes: 606_000_000,
        missing: [],
        changed: id === ADDED.id ? ['visual/model.onnx'] : [],
        repairable: id === ADDED.id,
      }),
    repair: ({ id }) => answer(() => begin(id)),
    choose: () => answer([]),
    hub: () => answer(() => ({ url: hub, usual: 'https://huggingface.co', fixed: false })),
    setHub: ({ url }) =>
      answer(() => {
        hub = url ?? 'https://huggingface.co';
        return { url: hub, usual: 'https://huggingface.co', fixed: false };
      }),
    calls: () => answer(state === 'all' ? { total: CALLS.length, calls: CALLS } : { total: 0, calls: [] }),
  };
}
