// Indexes a folder whole and in halves, asks it everything, and measures ranking and cut-off.
import { basename } from 'node:path';
import type { SearchAnswer, SearchHit } from '@semblance/contract';
import { type CutOffScores, type JudgedAnswer, scoreCutOff } from './cut-off-scores.ts';
import { type Library, withLibrary } from './library.ts';
import { averagePrecision, mean, precisionAt, recallAt } from './metrics.ts';
import { type KnownPhoto, readPhotoFolder, splitBySource } from './photo-folder.ts';
import { captionQueries, labelQueries } from './queries.ts';

/** CLIP paper, arXiv 2103.00020, section 3.1.4: short queries wrapped in sentences, embeddings averaged. */
const TEMPLATES = [
  '{}',
  'a photo of a {}',
  'a picture of {}',
  'a close-up photo of a {}',
  'a photo of many {}',
];
/** The query itself, twice, with its plural and its article: the best of the sets that were tried. */
const WORDINGS = ['{}', '{}', '{}s', 'a {}'];
/** Photos that are looked at part by part. */
const HEAT_MAPS = 16;

export interface PartResult {
  name: string;
  photos: number;
  sources: string[];
  queries: number;
  meanAveragePrecision: number;
  precision10: number;
  recall10: number;
  ensembleMeanAveragePrecision: number;
  wordingsMeanAveragePrecision: number;
  /** Of "-query": share of the photos that show it which go, and of the others; by the best group, and from relevance 50. */
  veto: Record<'bestGroup' | 'likely', { removed: number; wrongly: number }>;
  captions: { queries: number; recall1: number; recall5: number; recall10: number };
  cutOff: CutOffScores;
  /** Share of queries answered with "nothing matches": where something does, and where nothing does. */
  nothingMatches: { wrongly: number; rightly: number; absentQueries: number };
  medianMilliseconds: number;
  /** Of the picture that shows where in a photo a text is, each of a photo that was not looked at before. */
  heatMap: { median: number; slowest: number };
}

export async function evaluateSearch(
  folder: string,
  model: string | undefined,
  say: (line: string) => void,
): Promise<PartResult[]> {
  const all = readPhotoFolder(folder);
  const { tuned, heldOut } = splitBySource(all);
  const parts: [string, KnownPhoto[]][] = [
    ['tuned on', tuned],
    ['held out', heldOut],
    ['whole', all],
  ];
  const results: PartResult[] = [];
  for (const [name, photos] of parts) {
    say(`eval: ${name}, ${photos.length} photos`);
    results.push(await withLibrary(photos, model, (library) => evaluatePart(name, library, all)));
  }
  return results;
}

async function evaluatePart(name: string, library: Library, all: readonly KnownPhoto[]): Promise<PartResult> {
  const { photos, search } = library;
  const milliseconds: number[] = [];
  const timed = async (text: string): Promise<SearchAnswer> => {
    const answer = await search(text);
    milliseconds.push(answer.milliseconds);
    return answer;
  };

  const present = labelQueries(photos, photos).filter((query) => query.relevant.size > 0);
  const judged: JudgedAnswer[] = [];
  const ensemble: number[] = [];
  const wordings: number[] = [];
  for (const { text, relevant } of present) {
    const answer = await timed(text);
    const hits = answer.results.map((result) => relevant.has(basename(result.path)));
    judged.push({ answer, hits, relevant: relevant.size });
    const ranked = (templates: readonly string[]) => rankByEnsemble(search, templates, text, relevant);
    ensemble.push(averagePrecision(await ranked(TEMPLATES), relevant.size));
    wordings.push(averagePrecision(await ranked(WORDINGS), relevant.size));
  }

  const absent = labelQueries(all, photos).filter((query) => query.relevant.size === 0);
  let rightly = 0;
  for (const { text } of absent) if (isNothing(await timed(text))) rightly += 1;

  const captions = captionQueries(photos);
  const ranks: number[] = [];
  for (const { text, file } of captions) {
    const { results } = await timed(text);
    ranks.push(results.findIndex((result) => basename(result.path) === file));
  }
  const captionRecall = (k: number): number => mean(ranks.map((rank) => (rank >= 0 && rank < k ? 1 : 0)));

  const heats = new Map<string, number>();
  for (const { text } of present.slice(0, HEAT_MAPS)) {
    const { results } = await search(text);
    const fresh = results.find(({ id }) => !heats.has(id));
    if (fresh !== undefined) heats.set(fresh.id, await library.heatMap(fresh.id, text));
  }
  const heatTimes = [...heats.values()].sort((a, b) => a - b);

  return {
    name,
    photos: photos.length,
    sources: [...new Set(photos.map((photo) => photo.source))].sort(),
    queries: judged.length,
    meanAveragePrecision: mean(judged.map((j) => averagePrecision(j.hits, j.relevant))),
    precision10: mean(judged.map((j) => precisionAt(j.hits, 10))),
    recall10: mean(judged.map((j) => recallAt(j.hits, 10, j.relevant))),
    ensembleMeanAveragePrecision: mean(ensemble),
    wordingsMeanAveragePrecision: mean(wordings),
    veto: {
      bestGroup: vetoed(judged, (result) => result.group === 'best'),
      likely: vetoed(judged, (result) => result.relevance >= 50),
    },
    captions: {
      queries: captions.length,
      recall1: captionRecall(1),
      recall5: captionRecall(5),
      recall10: captionRecall(10),
    },
    cutOff: scoreCutOff(judged),
    nothingMatches: {
      wrongly: mean(judged.map((j) => (isNothing(j.answer) ? 1 : 0))),
      rightly: absent.length === 0 ? 0 : rightly / absent.length,
      absentQueries: absent.length,
    },
    heatMap: {
      median: heatTimes[Math.floor(heatTimes.length / 2)] ?? 0,
      slowest: heatTimes.at(-1) ?? 0,
    },
    medianMilliseconds: milliseconds.sort((a, b) => a - b)[Math.floor(milliseconds.length / 2)] ?? 0,
  };
}

/** What leaving out the photos that this rule takes would remove. */
function vetoed(judged: readonly JudgedAnswer[], rule: (result: SearchHit) => boolean) {
  const shares = judged.map(({ answer, hits, relevant }) => {
    const gone = hits.filter((_, i) => {
      const result = answer.results[i];
      return result !== undefined && rule(result);
    });
    const right = gone.filter(Boolean).length;
    return {
      removed: right / relevant,
      wrongly: (gone.length - right) / Math.max(1, hits.length - relevant),
    };
  });
  return {
    removed: mean(shares.map((share) => share.removed)),
    wrongly: mean(shares.map((share) => share.wrongly)),
  };
}

/** The mean of the embeddings ranks as the mean of the cosines does. */
async function rankByEnsemble(
  search: Library['search'],
  templates: readonly string[],
  text: string,
  relevant: ReadonlySet<string>,
): Promise<boolean[]> {
  const sums = new Map<string, number>();
  for (const template of templates) {
    const { results } = await search(template.replace('{}', text));
    for (const { path, cosine } of results) sums.set(path, (sums.get(path) ?? 0) + cosine);
  }
  return [...sums].sort((a, b) => b[1] - a[1]).map(([path]) => relevant.has(basename(path)));
}

function isNothing(answer: SearchAnswer): boolean {
  return answer.notes.some((note) => note.kind === 'nothing-matches');
}
