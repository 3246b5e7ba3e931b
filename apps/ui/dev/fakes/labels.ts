// Labels kept in the page: any score will do, as long as the same words give the same one and answers move it.
import { ORPCError } from '@orpc/client';
import type {
  Label,
  LabelAssignment,
  LabelColor,
  LabelDraft,
  LabelledPhoto,
  LabelPreview,
  LabelRun,
  PhotoTile,
  Verdict,
} from '@semblance/contract';
import type { Client } from '../../src/connection/connection.ts';
import { fakeLabelTools } from './label-tools.ts';

type Answer = <T>(value: T | (() => T)) => Promise<T>;

/** Far from the ids of the other fake acts. */
const FIRST_ACT = 10_000;
const RUN_MS = 2600;

const NAMES: [name: string, color: LabelColor, parent: number | null, tagged: number, suggested: number][] = [
  ['Animals', 'green', null, 212, 0],
  ['Dogs', 'green', 1, 148, 12],
  ['Cats', 'green', 1, 64, 3],
  ['Grandma’s garden', 'pink', null, 31, 8],
  ['Our boat', 'blue', null, 57, 0],
  ['Receipts and tickets from the journey around the world', 'yellow', null, 1204, 41],
  ['Hospital papers', 'gray', 6, 9, 1],
  ['Snow', 'teal', null, 388, 0],
];

export function fakeLabels(
  photos: readonly PhotoTile[],
  answer: Answer,
  state: string,
): { labels: Client['labels']; undo(actId: number): boolean } {
  let labels: Label[] = state === 'labels-none' ? [] : NAMES.map(made);
  let runs: LabelRun[] = labels.length === 0 ? [] : past(labels);
  const verdicts = new Map<string, Verdict>();
  const undos = new Map<number, () => void>();

  const act = (count: number, undo: () => void) => {
    const actId = FIRST_ACT + undos.size;
    undos.set(actId, undo);
    return { actId, photos: count };
  };
  const keeping = <T extends object>(work: () => T, count = 0) => {
    const [before, given] = [labels, new Map(verdicts)];
    const result = work();
    const done = act(count, () => {
      labels = before;
      verdicts.clear();
      for (const [key, verdict] of given) verdicts.set(key, verdict);
    });
    return { ...result, ...done };
  };
  const find = (id: number): Label => {
    const label = labels.find((other) => other.id === id);
    if (label === undefined) throw new ORPCError('LABEL_NOT_FOUND', { defined: true, message: 'Gone.' });
    return label;
  };
  const nameTaken = (name: string | undefined, id?: number) => {
    if (labels.some((label) => label.name === name && label.id !== id))
      throw new ORPCError('LABEL_EXISTS', { defined: true, message: 'Another label has this name.' });
  };
  const change = (id: number, part: Partial<Label>) => {
    labels = labels.map((label) => (label.id === id ? { ...label, ...part } : label));
    return { label: find(id) };
  };
  const ranked = (id: number | null, text: string, given: ReadonlyMap<string, Verdict>): LabelledPhoto[] =>
    rank(photos, text, given).map((photo) => ({
      ...photo,
      verdict: given.get(photo.id) ?? (id === null ? null : (verdicts.get(`${id}:${photo.id}`) ?? null)),
    }));
  const questions = (label: Label) =>
    ranked(label.id, label.name, new Map()).filter((photo) => photo.score > 0.35 && photo.score < 0.8);
  const queued = (labelId: number | null) =>
    labels
      .filter((label) => label.suggested > 0 && (labelId === null || label.id === labelId))
      .flatMap((label) =>
        questions(label)
          .slice(0, label.suggested + answeredOf(label.id))
          .filter((photo) => photo.verdict === null)
          .map((photo) => ({ label, photo })),
      );
  const answeredOf = (id: number) => [...verdicts.keys()].filter((key) => key.startsWith(`${id}:`)).length;

  const calls: Client['labels'] = {
    ...fakeLabelTools(photos, answer),
    list: () =>
      answer(() => {
        if (state === 'labels-error') throw new ORPCError('LIBRARY_CORRUPT', { defined: true, message: '' });
        return labels.toSorted((a, b) => a.name.localeCompare(b.name));
      }),
    of: () => answer(() => assignments(labels)),
    create: ({ draft }) =>
      answer(() => {
        nameTaken(draft.name);
        return keeping(() => {
          const id = Math.max(0, ...labels.map((label) => label.id)) + 1;
          const full = { ...BARE, ...draft } as LabelDraft;
          labels = [...labels, { ...full, id, ...EMPTY }];
          return { label: find(id) };
        });
      }),
    change: ({ id, ...part }) =>
      answer(() => {
        nameTaken(part.name, id);
        return keeping(() => change(id, part as Partial<LabelDraft>));
      }),
    remove: ({ id }) =>
      answer(() =>
        keeping(() => {
          const gone = find(id);
          labels = labels
            .filter((label) => label.id !== id)
            .map((label) => (label.parentId === id ? { ...label, parentId: gone.parentId } : label));
          return {};
        }),
      ),
    merge: ({ from, into }) =>
      answer(() =>
        keeping(() => {
          const [a, b] = [find(from), find(into)];
          labels = labels.filter((label) => label.id !== from);
          return change(into, { tagged: a.tagged + b.tagged, suggested: a.suggested + b.suggested });
        }),
      ),
    preview: ({ id = null, draft = {}, answers = [], limit = 200 }, options) =>
      answer(() => {
        options?.signal?.throwIfAborted();
        const stored = id === null ? BARE : find(id);
        const wanted = { ...stored, ...draft } as LabelDraft;
        const given = new Map(answers.map(({ photoId, verdict }) => [photoId, verdict]));
        return preview(ranked(id, [wanted.name, ...(wanted.descriptions ?? [])].join(' '), given), {
          precision: wanted.precision,
          text: wanted.name,
          given: given.size,
          limit,
          others: labels.filter((label) => label.id !== id),
        });
      }),
    answer: ({ decisions }) =>
      answer(() =>
        keeping(() => {
          for (const { labelId, photoId, verdict } of decisions) {
            if (verdict === null) verdicts.delete(`${labelId}:${photoId}`);
            else verdicts.set(`${labelId}:${photoId}`, verdict);
            const { suggested, tagged } = find(labelId);
            change(labelId, {
              suggested: Math.max(0, suggested - 1),
              tagged: tagged + Number(verdict === 'yes'),
            });
          }
          return {};
        }, decisions.length),
      ),
    assign: () => answer(() => act(1, () => undefined)),
    questions: ({ id, limit = 20 }) =>
      answer(() =>
        questions(find(id))
          .filter((photo) => photo.verdict === null)
          .slice(0, limit),
      ),
    run: ({ labels: ids }) =>
      answer(() => {
        const run: LabelRun = {
          ...NO_RUN,
          id: runs.length + 1,
          at: Date.now(),
          labels: ids.map((id) => ({ id, name: find(id).name })),
          total: photos.length,
        };
        runs = [run, ...runs];
        return run;
      }),
    runs: () => answer(() => (runs = runs.map((run) => (run.state === 'running' ? later(run) : run)))),
    queue: ({ labelId = null, offset = 0, limit = 200 }) =>
      answer(() => {
        const all = queued(labelId);
        return { total: all.length, items: all.slice(offset, offset + limit) };
      }),
  };

  return {
    labels: calls,
    undo: (actId) => {
      const undo = undos.get(actId);
      undo?.();
      return undo !== undefined;
    },
  };

  /** A run as it stands now: it takes a moment, whatever the library. */
  function later(run: LabelRun): LabelRun {
    const done = Math.min(run.total, Math.round(((Date.now() - run.at) / RUN_MS) * run.total));
    if (done < run.total) return { ...run, done };
    const before = labels;
    for (const { id } of run.labels) change(id, { tagged: find(id).tagged + 12, suggested: 4 });
    const { actId } = act(run.total, () => {
      labels = before;
      runs = runs.map((other) => (other.id === run.id ? { ...other, state: 'undone' as const } : other));
    });
    const count = run.labels.length;
    return { ...run, done, state: 'done', tagged: 12 * count, suggested: 4 * count, withdrawn: 5, actId };
  }
}

const BARE: LabelDraft = {
  name: '',
  descriptions: [],
  exclusions: [],
  parentId: null,
  color: 'gray',
  precision: 0.8,
  automatic: false,
  sensitive: false,
};
const EMPTY = { examples: { yes: 0, no: 0 }, tagged: 0, suggested: 0, pack: null };
const NO_RUN: Omit<LabelRun, 'id' | 'at' | 'labels' | 'total'> = {
  state: 'running',
  done: 0,
  tagged: 0,
  suggested: 0,
  withdrawn: 0,
  actId: null,
  problem: null,
};

function made([name, color, parentId, tagged, suggested]: (typeof NAMES)[number], i: number): Label {
  const descriptions = i % 3 === 0 ? [`a photo of ${name.toLowerCase()}`] : [];
  const sensitive = name.startsWith('Hospital');
  return {
    ...BARE,
    ...EMPTY,
    id: i + 1,
    name,
    descriptions,
    color,
    parentId,
    tagged,
    suggested,
    sensitive,
    automatic: i % 4 === 1,
  };
}

function past(labels: readonly Label[]): LabelRun[] {
  const at = Date.UTC(2025, 9, 17, 16, 20);
  const named = labels.map(({ id, name }) => ({ id, name }));
  const run = { ...NO_RUN, state: 'done' as const, done: 5330, total: 5330 };
  return [
    { ...run, id: 3, at, labels: named.slice(3, 5), tagged: 312, suggested: 41, withdrawn: 5, actId: 3 },
    { ...run, id: 2, at: at - 9e7, labels: named, tagged: 2109, suggested: 64, state: 'undone', actId: 2 },
    { ...run, id: 1, at: at - 4e8, labels: named.slice(1, 2), state: 'failed', problem: 'The disk is full.' },
  ];
}

function assignments(labels: readonly Label[]): LabelAssignment[] {
  const states = ['yours', 'tagged', 'suggested'] as const;
  return labels.slice(1, 4).map(({ id, name, color }, i) => ({
    id,
    name,
    color,
    state: states[i] ?? 'yours',
    score: i === 0 ? null : 0.91 - i * 0.2,
  }));
}

/** Best first; a yes lifts the photo and those beside it, a no lowers them. */
function rank(
  photos: readonly PhotoTile[],
  text: string,
  given: ReadonlyMap<string, Verdict>,
): LabelledPhoto[] {
  const seed = [...text].reduce((sum, char) => (sum * 31 + char.charCodeAt(0)) % 9973, 7);
  const pull = [...given].map(([id, verdict]) => [Number.parseInt(id, 16), verdict] as const);
  return photos
    .map((photo, i) => {
      const plain = (((i * 7919 + seed * 104_729) % 9973) / 9973) ** 3;
      const moved = pull.reduce((score, [other, verdict]) => {
        const near = Math.max(0, 1 - Math.abs(other - i) / 4);
        return score + (verdict === 'yes' ? near * (1 - score) : -near * score) * 0.8;
      }, plain);
      return { ...photo, score: moved, verdict: null, state: null };
    })
    .sort((a, b) => b.score - a.score);
}

interface Wanted {
  precision: number;
  text: string;
  given: number;
  limit: number;
  others: readonly Label[];
}

function preview(all: readonly LabelledPhoto[], wanted: Wanted): LabelPreview {
  const threshold = 0.3 + (wanted.precision - 0.5) * 1.1;
  const histogram = Array.from({ length: 40 }, () => 0);
  for (const { score } of all) {
    const bin = Math.min(39, Math.floor(score * 40));
    histogram[bin] = (histogram[bin] ?? 0) + 1;
  }
  const inside = all.filter((photo) => photo.score >= threshold).length;
  const collides = wanted.text.toLowerCase().startsWith('pupp') || wanted.text === 'Dogs';
  return {
    photos: all.slice(0, wanted.limit),
    border: { inside: all.slice(Math.max(0, inside - 6), inside), outside: all.slice(inside, inside + 6) },
    histogram,
    threshold,
    inside,
    expectedPrecision: all.length < 20 ? null : Math.min(0.97, wanted.precision + wanted.given * 0.004),
    basis: wanted.given > 0 ? 'answers' : 'calibration',
    collisions: collides ? wanted.others.slice(0, 1).map(({ id, name }) => ({ id, name, share: 0.84 })) : [],
    wording:
      wanted.text.length > 3 && wanted.text.length < 9
        ? { agreement: 0.52, suggestion: `a photo of ${wanted.text.toLowerCase()} outdoors` }
        : { agreement: 0.9, suggestion: null },
    unknownWords: wanted.text.includes('xyz') ? ['xyzzy'] : [],
    searched: all.length,
    milliseconds: 23.4,
  };
}
