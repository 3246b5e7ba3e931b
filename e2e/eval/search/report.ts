// The evaluation as a table that can be committed.
import type { PartResult } from './evaluate.ts';

export function searchReport(parts: readonly PartResult[]): string {
  const row = (name: string, cell: (part: PartResult) => string): string =>
    `| ${[name, ...parts.map(cell)].join(' | ')} |`;
  const number = (value: number, digits = 3): string => value.toFixed(digits);
  const percent = (value: number): string => `${Math.round(100 * value)} %`;
  const signed = (value: number): string => `${value < 0 ? '' : '+'}${value.toFixed(3)}`;
  const vetoCell = ({ removed, wrongly }: { removed: number; wrongly: number }): string =>
    `${percent(removed)} / ${(100 * wrongly).toFixed(1)} %`;
  return [
    row('', (p) => p.name),
    `|---|${parts.map(() => '---:|').join('')}`,
    row('photos', (p) => String(p.photos)),
    row('label queries', (p) => String(p.queries)),
    row('mean average precision', (p) => number(p.meanAveragePrecision)),
    row('precision@10', (p) => number(p.precision10)),
    row('recall@10', (p) => number(p.recall10)),
    row("ensemble of CLIP's templates, gain in mAP", (p) =>
      signed(p.ensembleMeanAveragePrecision - p.meanAveragePrecision),
    ),
    row('ensemble of plural and article, gain in mAP', (p) =>
      signed(p.wordingsMeanAveragePrecision - p.meanAveragePrecision),
    ),
    row('caption queries', (p) => String(p.captions.queries)),
    row('caption recall@1 / 5 / 10', (p) =>
      [p.captions.recall1, p.captions.recall5, p.captions.recall10].map((v) => number(v)).join(' / '),
    ),
    row('**F1 of our cut-off**', (p) => `**${number(p.cutOff.ours)}**`),
    row(
      "F1 of the oracle's fixed cosine",
      (p) => `${number(p.cutOff.oracle.f1)} (at ${number(p.cutOff.oracle.cosine)})`,
    ),
    row('ours minus oracle, 95 % interval', (p) => {
      const [low, high] = p.cutOff.gain.interval;
      return `${signed(p.cutOff.gain.mean)} (${signed(low)} to ${signed(high)})`;
    }),
    row("F1 of ente's 0.175", (p) => number(p.cutOff.ente)),
    row("F1 of Lap's 0.25", (p) => number(p.cutOff.lap)),
    row('F1 of the 20 % rule alone', (p) => number(p.cutOff.strict)),
    row('photos in the best group', (p) => number(p.cutOff.shown, 1)),
    row(
      'unrelated in it: announced / actual',
      (p) => `${percent(p.cutOff.unrelated.expected)} / ${percent(p.cutOff.unrelated.actual)}`,
    ),
    row('"nothing matches", where something does', (p) => percent(p.nothingMatches.wrongly)),
    row('"nothing matches", where nothing does', (p) =>
      p.nothingMatches.absentQueries === 0
        ? '-'
        : `${percent(p.nothingMatches.rightly)} of ${p.nothingMatches.absentQueries}`,
    ),
    row('"-query": removed of what shows it / of the rest', (p) => vetoCell(p.veto.bestGroup)),
    row('the same, from relevance 50 on', (p) => vetoCell(p.veto.likely)),
    row('median milliseconds per search', (p) => number(p.medianMilliseconds, 1)),
    row(
      'milliseconds of a heat map: median / slowest of 16',
      (p) => `${number(p.heatMap.median, 0)} / ${number(p.heatMap.slowest, 0)}`,
    ),
    '',
    ...parts.map((p) => `${p.name}: ${p.sources.join(', ')}`),
  ].join('\n');
}
