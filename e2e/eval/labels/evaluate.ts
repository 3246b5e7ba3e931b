// How good labels are: ranking with and without examples, tags against fixed rules, stated against actual precision.
import { averagePrecision, mean } from '../search/metrics.ts';
import { type KnownPhoto, readPhotoFolder } from '../search/photo-folder.ts';
import { type LabelQuery, labelQueries } from '../search/queries.ts';
import { type LabelLibrary, type Trial, withLabelLibrary } from './library.ts';

const EXAMPLES = [1, 3, 5, 10];
/** With fewer draws the mean of a label with a handful of photos left moves by several points. */
const SEEDS = Array.from({ length: 30 }, (_, i) => i + 1);
/** So many photos of a label must be left to be found when its examples are taken out. */
const LEFT = 3;
/** Labels with at least so many photos are measured. */
const LEAST_PHOTOS = 8;
/** Below this average precision without examples, a label is one that words alone find hard. */
const HARD = 0.5;
const QUESTIONS = 20;
/** What is excluded may share so many of its photos with the label, and must stand in its way at least so often. */
const MOST_SHARED = 0.1;
const LEAST_CONFUSED = 2;
const OPEN_NOODLE = 0.28;

/** Sums over labels and draws, so that shares can be taken of all photos and of each label alike. */
export interface TagScores {
  precision: number;
  wanted: number;
  /** Label draws, and those of them in which anything was tagged. */
  draws: number;
  withTags: number;
  tagged: number;
  /** Share of the findable photos that were tagged. */
  recall: number;
  /** Over all tags, and the mean over the draws with tags. */
  stated: { all: number; mean: number };
  actual: { all: number; mean: number };
}

export interface ExampleScores {
  examples: number;
  labels: { hard: number; others: number };
  /** On the same photos: all but the examples. */
  zeroShot: { hard: number; others: number };
  taught: { hard: number; others: number };
  /** The label of the others that lost most, mean over its draws. */
  worst: { label: string; gain: number };
  /** Share of the others' labels that lost more than a point. */
  losers: number;
}

export interface LabelResult {
  photos: number;
  labels: { text: string; photos: number; averagePrecision: number }[];
  zeroShot: number;
  taught: ExampleScores[];
  tags: { name: string; scores: TagScores }[];
  exclusions: ExclusionScores[];
  fixed: { name: string; precision: number; recall: number; f1: number }[];
  ours: { precision: number; recall: number; f1: number };
}

/** A label before and after it was told what is not meant. */
export interface ExclusionScores {
  label: string;
  excluded: string;
  averagePrecision: { before: number; after: number };
  /** Photos of what is excluded among the best, as many as the label has photos. */
  confused: { before: number; after: number };
}

export async function evaluateLabels(
  folder: string,
  model: string | undefined,
  say: (line: string) => void,
): Promise<LabelResult> {
  const photos = readPhotoFolder(folder);
  return withLabelLibrary(photos, model, (library) => evaluate(library, photos, say));
}

async function evaluate(
  library: LabelLibrary,
  all: readonly KnownPhoto[],
  say: (line: string) => void,
): Promise<LabelResult> {
  const photos = all.filter((photo) => library.files.includes(photo.file));
  const labels = labelQueries(photos, photos).filter((label) => label.relevant.size >= LEAST_PHOTOS);
  const alone = new Map<string, Trial>();
  for (const { text } of labels) alone.set(text, await library.attempt(text));
  const zeroShot = labels.map((label) => precisionOf(alone.get(label.text), label.relevant));
  const isHard = (label: LabelQuery): boolean => (zeroShot[labels.indexOf(label)] ?? 0) < HARD;

  const tags: LabelResult['tags'] = [];
  for (const wanted of [0.8, 0.6]) {
    const trials: Tried[] = [];
    for (const label of labels) {
      trials.push({ trial: await library.attempt(label.text, [], [], wanted), label, examples: [] });
    }
    tags.push({ name: 'words alone', scores: tagScores(trials, wanted) });
  }
  const taught: ExampleScores[] = [];
  for (const count of EXAMPLES) {
    say(`eval: ${count} examples`);
    const drawn = await draws(library, labels, count);
    taught.push(exampleScores(drawn, alone, isHard, count));
    tags.push({ name: `${count} examples`, scores: tagScores(drawn, 0.8) });
  }
  say(`eval: 5 examples and ${QUESTIONS} answers`);
  tags.push({
    name: `5 examples, ${QUESTIONS} answers`,
    scores: tagScores(await answered(library, labels), 0.8),
  });

  return {
    photos: photos.length,
    labels: labels.map(({ text, relevant }, i) => ({
      text,
      photos: relevant.size,
      averagePrecision: zeroShot[i] ?? 0,
    })),
    zeroShot: mean(zeroShot),
    taught,
    tags,
    exclusions: await exclusions(library, labels, labelQueries(photos, photos), alone),
    fixed: await fixedRules(library, labels),
    ours: scoresOfTags(
      labels.map((label) => ({
        label,
        tagged: (alone.get(label.text)?.ranked ?? [])
          .filter(({ score }) => score >= (alone.get(label.text)?.preview.threshold ?? 1))
          .map(({ file }) => file),
      })),
    ),
  };
}

interface Tried {
  trial: Trial;
  label: LabelQuery;
  examples: readonly string[];
}

async function draws(library: LabelLibrary, labels: readonly LabelQuery[], count: number): Promise<Tried[]> {
  const tried: Tried[] = [];
  for (const label of labels.filter(({ relevant }) => relevant.size >= count + LEFT)) {
    for (const seed of SEEDS) {
      const examples = draw([...label.relevant].sort(), count, seed * 1000 + count);
      tried.push({ trial: await library.attempt(label.text, examples), label, examples });
    }
  }
  return tried;
}

/** Each label without the other label whose photos stand most among its best. As a person would do who sees them there. */
async function exclusions(
  library: LabelLibrary,
  labels: readonly LabelQuery[],
  others: readonly LabelQuery[],
  alone: ReadonlyMap<string, Trial>,
): Promise<ExclusionScores[]> {
  const scores: ExclusionScores[] = [];
  for (const label of labels) {
    const before = alone.get(label.text);
    const confusedIn = (trial: Trial | undefined, other: LabelQuery): number =>
      (trial?.ranked ?? [])
        .slice(0, label.relevant.size)
        .filter(({ file }) => other.relevant.has(file) && !label.relevant.has(file)).length;
    const [worst] = others
      .filter(({ relevant }) => relevant.size >= LEFT && shareOf(relevant, label.relevant) <= MOST_SHARED)
      .map((other) => ({ other, confused: confusedIn(before, other) }))
      .toSorted((a, b) => b.confused - a.confused);
    if (worst === undefined || worst.confused < LEAST_CONFUSED) continue;
    const after = await library.attempt(label.text, [], [], 0.8, [worst.other.text]);
    scores.push({
      label: label.text,
      excluded: worst.other.text,
      averagePrecision: {
        before: precisionOf(before, label.relevant),
        after: precisionOf(after, label.relevant),
      },
      confused: { before: worst.confused, after: confusedIn(after, worst.other) },
    });
  }
  return scores;
}

function shareOf(files: ReadonlySet<string>, among: ReadonlySet<string>): number {
  return [...files].filter((file) => among.has(file)).length / files.size;
}

/** A person answers what the label asks about; those photos are left out as well. */
async function answered(library: LabelLibrary, labels: readonly LabelQuery[]): Promise<Tried[]> {
  const tried: Tried[] = [];
  for (const label of labels.filter(({ relevant }) => relevant.size >= 5 + LEFT)) {
    for (const seed of SEEDS.slice(0, 3)) {
      const first = draw([...label.relevant].sort(), 5, seed * 1000 + 5);
      const asked = await library.ask(label.text, first, [], QUESTIONS);
      const yes = [...first, ...asked.filter((file) => label.relevant.has(file))];
      const no = asked.filter((file) => !label.relevant.has(file));
      const left = label.relevant.size - yes.length;
      if (left < 1) continue;
      tried.push({ trial: await library.attempt(label.text, yes, no), label, examples: [...yes, ...no] });
    }
  }
  return tried;
}

function exampleScores(
  drawn: readonly Tried[],
  alone: ReadonlyMap<string, Trial>,
  isHard: (label: LabelQuery) => boolean,
  examples: number,
): ExampleScores {
  const byLabel = Map.groupBy(drawn, ({ label }) => label);
  const rows = [...byLabel].map(([label, tried]) => {
    const taught = mean(
      tried.map(({ trial, examples }) => precisionOf(trial, without(label.relevant, examples))),
    );
    const zeroShot = mean(
      tried.map(({ examples }) =>
        precisionOf(alone.get(label.text), without(label.relevant, examples), examples),
      ),
    );
    return { label, taught, zeroShot };
  });
  const hard = rows.filter((row) => isHard(row.label));
  const others = rows.filter((row) => !isHard(row.label));
  const worst = others.toSorted((a, b) => a.taught - a.zeroShot - (b.taught - b.zeroShot))[0];
  const of = (key: 'taught' | 'zeroShot') => ({
    hard: mean(hard.map((row) => row[key])),
    others: mean(others.map((row) => row[key])),
  });
  return {
    examples,
    labels: { hard: hard.length, others: others.length },
    zeroShot: of('zeroShot'),
    taught: of('taught'),
    worst: { label: worst?.label.text ?? '', gain: worst === undefined ? 0 : worst.taught - worst.zeroShot },
    losers: mean(others.map((row) => (row.taught - row.zeroShot < -0.01 ? 1 : 0))),
  };
}

function tagScores(tried: readonly Tried[], wanted: number): TagScores {
  const rows = tried.map(({ trial, label, examples }) => {
    const left = without(label.relevant, examples);
    const tagged = trial.ranked.filter(({ score }) => score >= trial.preview.threshold);
    return {
      tagged: tagged.length,
      right: tagged.filter(({ file }) => left.has(file)).length,
      left: left.size,
      stated: trial.preview.expectedPrecision ?? 0,
    };
  });
  const withTags = rows.filter((row) => row.tagged > 0);
  const sum = (of: (row: (typeof rows)[number]) => number): number =>
    rows.reduce((total, row) => total + of(row), 0);
  const tagged = sum((row) => row.tagged);
  return {
    precision: wanted,
    wanted,
    draws: rows.length,
    withTags: withTags.length,
    tagged,
    recall: sum((row) => row.right) / sum((row) => row.left),
    stated: {
      all: sum((row) => row.stated * row.tagged) / tagged,
      mean: mean(withTags.map((row) => row.stated)),
    },
    actual: {
      all: sum((row) => row.right) / tagged,
      mean: mean(withTags.map((row) => row.right / row.tagged)),
    },
  };
}

/** The rules of peers, on the same labels and photos. */
async function fixedRules(
  library: LabelLibrary,
  labels: readonly LabelQuery[],
): Promise<LabelResult['fixed']> {
  const cosines = new Map<LabelQuery, Map<string, number>>();
  for (const label of labels) cosines.set(label, await library.cosines(label.text));
  const tagged = (rule: (file: string, label: LabelQuery) => boolean) =>
    labels.map((label) => ({ label, tagged: library.files.filter((file) => rule(file, label)) }));
  const best = (file: string): LabelQuery | undefined =>
    labels.toSorted((a, b) => (cosines.get(b)?.get(file) ?? -1) - (cosines.get(a)?.get(file) ?? -1))[0];
  const bestOf = new Map(library.files.map((file) => [file, best(file)]));
  const above = (cosine: number) => (file: string, label: LabelQuery) =>
    (cosines.get(label)?.get(file) ?? -1) >= cosine;
  return [
    { name: 'cosine from 0.28 (open-noodle)', ...scoresOfTags(tagged(above(OPEN_NOODLE))) },
    {
      name: 'the best label of each photo (argmax)',
      ...scoresOfTags(tagged((file, label) => bestOf.get(file) === label)),
    },
  ];
}

function scoresOfTags(rows: { label: LabelQuery; tagged: string[] }[]): {
  precision: number;
  recall: number;
  f1: number;
} {
  const tagged = rows.reduce((sum, row) => sum + row.tagged.length, 0);
  const right = rows.reduce(
    (sum, row) => sum + row.tagged.filter((file) => row.label.relevant.has(file)).length,
    0,
  );
  const findable = rows.reduce((sum, row) => sum + row.label.relevant.size, 0);
  return {
    precision: tagged === 0 ? 0 : right / tagged,
    recall: right / findable,
    f1: (2 * right) / (tagged + findable),
  };
}

function precisionOf(
  trial: Trial | undefined,
  relevant: ReadonlySet<string>,
  leftOut: readonly string[] = [],
): number {
  const ranked = (trial?.ranked ?? []).filter(({ file }) => !leftOut.includes(file));
  return averagePrecision(
    ranked.map(({ file }) => relevant.has(file)),
    relevant.size,
  );
}

function without(files: ReadonlySet<string>, taken: readonly string[]): Set<string> {
  return new Set([...files].filter((file) => !taken.includes(file)));
}

/** Fisher and Yates, on the same generator as elsewhere (Mulberry32): the same seed draws the same examples. */
function draw(files: string[], count: number, seed: number): string[] {
  let state = seed >>> 0;
  const random = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  for (let i = 0; i < count; i++) {
    const j = i + Math.floor(random() * (files.length - i));
    [files[i], files[j]] = [files[j] ?? '', files[i] ?? ''];
  }
  return files.slice(0, count);
}
