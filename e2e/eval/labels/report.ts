// The evaluation of labels as tables that can be committed.
import { mean } from '../search/metrics.ts';
import type { LabelResult } from './evaluate.ts';

export function labelsReport({
  photos,
  labels,
  zeroShot,
  taught,
  tags,
  exclusions,
  fixed,
  ours,
}: LabelResult): string {
  const number = (value: number): string => value.toFixed(3);
  const signed = (value: number): string => `${value < 0 ? '' : '+'}${(100 * value).toFixed(1)}`;
  const percent = (value: number): string => (Number.isFinite(value) ? `${Math.round(100 * value)} %` : '-');
  const row = (cells: (string | number)[]): string => `| ${cells.join(' | ')} |`;
  return [
    `${photos} photos, ${labels.length} labels; mean average precision of words alone ${number(zeroShot)}.`,
    '',
    row([
      'examples',
      'labels hard / others',
      'hard: words alone',
      'hard: taught',
      'gain, points',
      'others: words alone',
      'others: taught',
      'gain, points',
      'worst of the others',
      'others that lose > 1',
    ]),
    `|---:|${'---:|'.repeat(9)}`,
    ...taught.map((t) =>
      row([
        t.examples,
        `${t.labels.hard} / ${t.labels.others}`,
        number(t.zeroShot.hard),
        number(t.taught.hard),
        `**${signed(t.taught.hard - t.zeroShot.hard)}**`,
        number(t.zeroShot.others),
        number(t.taught.others),
        `**${signed(t.taught.others - t.zeroShot.others)}**`,
        `${t.worst.label} ${signed(t.worst.gain)}`,
        percent(t.losers),
      ]),
    ),
    '',
    row([
      'tags',
      'wanted',
      'draws with tags',
      'tags',
      'recall',
      'stated, all tags',
      'actual',
      'stated, mean of draws',
      'actual',
    ]),
    `|---|${'---:|'.repeat(8)}`,
    ...tags.map(({ name, scores }) =>
      row([
        name,
        percent(scores.wanted),
        `${scores.withTags} of ${scores.draws}`,
        scores.tagged,
        percent(scores.recall),
        percent(scores.stated.all),
        `**${percent(scores.actual.all)}**`,
        percent(scores.stated.mean),
        `**${percent(scores.actual.mean)}**`,
      ]),
    ),
    '',
    row(['label, not ...', 'mAP', 'with the exclusion', 'excluded photos among the best', 'with it']),
    '|---|---:|---:|---:|---:|',
    ...exclusions.map((e) =>
      row([
        `${e.label}, not ${e.excluded}`,
        number(e.averagePrecision.before),
        number(e.averagePrecision.after),
        e.confused.before,
        e.confused.after,
      ]),
    ),
    row([
      `**all ${exclusions.length}**`,
      number(mean(exclusions.map((e) => e.averagePrecision.before))),
      `**${number(mean(exclusions.map((e) => e.averagePrecision.after)))}**`,
      exclusions.reduce((total, e) => total + e.confused.before, 0),
      `**${exclusions.reduce((total, e) => total + e.confused.after, 0)}**`,
    ]),
    '',
    row(['rule, words alone', 'precision', 'recall', 'F1']),
    '|---|---:|---:|---:|',
    ...[{ name: 'ours at 80 %', ...ours }, ...fixed].map((f) =>
      row([f.name, percent(f.precision), percent(f.recall), number(f.f1)]),
    ),
    '',
    labels.map((l) => `${l.text} (${l.photos}: ${l.averagePrecision.toFixed(2)})`).join(', '),
  ].join('\n');
}
