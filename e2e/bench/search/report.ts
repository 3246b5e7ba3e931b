// The figures as committed to results/search.md.
import type { SearchFigures } from './bench.ts';

const ms = (value: number) => value.toFixed(value < 100 ? 1 : 0);
const count = (value: number) => value.toLocaleString('en-US');

export function searchReport({ cores, encoder, sizes }: SearchFigures): string {
  const asked = sizes.flatMap(({ photos, engineMB, filters }) =>
    Object.entries(filters).map(
      ([filter, { p50, p95, processor, recall }]) =>
        `| ${count(photos)} | ${filter} | ${ms(p50)} | ${ms(p95)} | ${processor === null ? '-' : ms(processor)} | ${recall.toFixed(4)} | ${engineMB} |`,
    ),
  );
  const compared = sizes.map(
    ({ photos, store, plainArray, lanceFlat, index }) =>
      `| ${count(photos)} | ${ms(store)} | ${ms(plainArray)} | ${ms(lanceFlat)} | ${index ?? 'exact, from memory'} |`,
  );
  return `## From the request to the parsed first page of 200, over HTTP

Milliseconds on ${cores} cores; the text encoder alone takes ${ms(encoder)} of them (int8, one thread, every text new).

| photos | filter | p50 | p95 | engine's processor time | recall@100 | engine MB |
|---:|---|---:|---:|---:|---:|---:|
${asked.join('\n')}

## The 500 nearest alone, without a filter: medians in milliseconds

| photos | our store | a loop over a Float32Array | LanceDB, flat | how we search |
|---:|---:|---:|---:|---|
${compared.join('\n')}
`;
}
