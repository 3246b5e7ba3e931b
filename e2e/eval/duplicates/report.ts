// The evaluation as tables that can be committed.
import type { MethodResult, PartResult } from './evaluate.ts';

export function duplicatesReport(parts: readonly PartResult[]): string {
  return parts.map(partReport).join('\n\n');
}

function partReport(part: PartResult): string {
  const operations = [...new Set(part.methods.flatMap((method) => Object.keys(method.operations)))];
  const row = (name: string, cell: (method: MethodResult) => string): string =>
    `| ${[name, ...part.methods.map(cell)].join(' | ')} |`;
  return [
    `### ${part.name}: ${part.files} files, ${part.originals} different photos`,
    '',
    row('', (method) => method.name),
    `|---|${part.methods.map(() => '---:|').join('')}`,
    row(
      '**pair precision**',
      ({ precision }) => `**${share(precision)}** (${precision.hits} of ${precision.of})`,
    ),
    row('recall, exact', ({ kinds }) => share(kinds.exact)),
    row('**recall, resaved**', ({ kinds }) => `**${share(kinds.resaved)}**`),
    row('**recall, edited**', ({ kinds }) => `**${share(kinds.edited)}**`),
    ...operations.map((operation) => {
      const of = part.methods[0]?.operations[operation]?.of ?? 0;
      return row(`${operation} (${of})`, (method) =>
        share(method.operations[operation] ?? { hits: 0, of: 0 }),
      );
    }),
    '',
    `Pairs of different photos proposed for the trash: **${part.wronglyProposed.length}**. ` +
      `Indexed in ${part.indexSeconds.toFixed(0)} s, compared in ${part.findSeconds.toFixed(0)} s.`,
    ...part.wronglyProposed.slice(0, 20).map((line) => `- proposed: ${line}`),
    ...part.missed.slice(0, 40).map((line) => `- missed: ${line}`),
  ].join('\n');
}

function share({ hits, of }: { hits: number; of: number }): string {
  return of === 0 ? '-' : (hits / of).toFixed(hits === of ? 0 : 4);
}
