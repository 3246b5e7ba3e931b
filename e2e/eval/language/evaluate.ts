// How far the small dictionary brings Turkish queries, for models that were taught English only. The bundled model knows
// both languages: the English label shows what a perfect translation would find, the Turkish as typed what a model finds
// that was taught the language. A model that was not cannot be better than the dictionary by more than chance.
import { basename } from 'node:path';
import { translateTurkish } from '@semblance/core';
import { withLibrary } from '../search/library.ts';
import { averagePrecision, interval, mean } from '../search/metrics.ts';
import { readPhotoFolder } from '../search/photo-folder.ts';
import { labelQueries } from '../search/queries.ts';
import { TURKISH_QUERIES } from './queries.ts';

interface LanguageResult {
  photos: number;
  queries: number;
  /** Queries of which the dictionary knew every word, some, none. */
  coverage: { whole: number; part: number; none: number };
  /** Mean average precision. `random`: expected of an order that means nothing. */
  english: number;
  dictionary: number;
  turkish: number;
  random: number;
  /** Of the queries that the dictionary knew wholly. */
  whole: { english: number; dictionary: number };
  /** Dictionary minus English, over all queries. */
  loss: { mean: number; interval: [number, number] };
  unknown: string[];
}

export async function evaluateLanguage(
  folder: string,
  model: string | undefined,
  say: (line: string) => void,
): Promise<LanguageResult> {
  const all = readPhotoFolder(folder);
  say(`eval: ${all.length} photos`);
  return withLibrary(all, model, async ({ photos, search }) => {
    const labels = new Map(labelQueries(photos, photos).map((query) => [query.text, query.relevant]));
    const rows = [];
    for (const [turkish, english] of TURKISH_QUERIES) {
      const relevant = labels.get(english) ?? new Set<string>();
      if (relevant.size === 0) continue;
      const precision = async (text: string): Promise<number> => {
        const { results } = await search(text);
        return averagePrecision(
          results.map((result) => relevant.has(basename(result.path))),
          relevant.size,
        );
      };
      const translated = translateTurkish(turkish);
      rows.push({
        turkish,
        known: translated === null ? 0 : translated.known / translated.words,
        english: await precision(english),
        typed: await precision(turkish),
        dictionary: translated === null ? null : await precision(translated.text),
        random: chance(relevant.size, photos.length),
      });
    }
    const whole = rows.filter((row) => row.known === 1);
    const dictionary = rows.map((row) => row.dictionary ?? row.random);
    const differences = rows.map((row, i) => (dictionary[i] ?? 0) - row.english);
    return {
      photos: photos.length,
      queries: rows.length,
      coverage: {
        whole: whole.length,
        part: rows.filter(({ known }) => known > 0 && known < 1).length,
        none: rows.filter(({ known }) => known === 0).length,
      },
      english: mean(rows.map((row) => row.english)),
      dictionary: mean(dictionary),
      turkish: mean(rows.map((row) => row.typed)),
      random: mean(rows.map((row) => row.random)),
      whole: {
        english: mean(whole.map((row) => row.english)),
        dictionary: mean(whole.map((row) => row.dictionary ?? 0)),
      },
      loss: { mean: mean(differences), interval: interval(differences) },
      unknown: rows.filter(({ known }) => known < 1).map(({ turkish }) => turkish),
    };
  });
}

/** Expected average precision of a random order: some more than the share of relevant photos (Bestgen 2015). */
function chance(relevant: number, photos: number): number {
  let sum = 0;
  let harmonic = 0;
  for (let at = 1; at <= photos; at++) harmonic += 1 / at;
  sum = (relevant - 1) / (photos - 1) + (harmonic / photos) * (1 - (relevant - 1) / (photos - 1));
  return Math.min(1, sum);
}

export function languageReport(result: LanguageResult): string {
  const { photos, queries, coverage, english, dictionary, turkish, random, whole, loss, unknown } = result;
  const number = (value: number): string => value.toFixed(3);
  return [
    `${photos} photos, ${queries} Turkish queries: the dictionary knew all words of ${coverage.whole}, some of ${coverage.part}, none of ${coverage.none}.`,
    '',
    '| mean average precision | all queries | those known wholly |',
    '|---|---:|---:|',
    `| the English label | ${number(english)} | ${number(whole.english)} |`,
    `| Turkish, through the dictionary | ${number(dictionary)} | ${number(whole.dictionary)} |`,
    `| Turkish as typed, by a model that was taught Turkish | ${number(turkish)} | |`,
    `| an order that means nothing | ${number(random)} | |`,
    '',
    `Dictionary minus English label: ${number(loss.mean)} (95 % interval ${number(loss.interval[0])} to ${number(loss.interval[1])}).`,
    `Not known wholly: ${unknown.join(', ')}.`,
  ].join('\n');
}
