// `semblance search`: photos by description, or by likeness to a picture.
import { resolve } from 'node:path';
import type { SearchAnswer, SearchHit, SearchNote } from '@semblance/contract';
import { type Output, UsageError } from '../output.ts';
import { type LibraryOptions, withLibrary, workingDirectory } from '../session.ts';

export interface SearchOptions extends LibraryOptions {
  limit: number;
  like?: string;
}

export async function search(
  text: string | undefined,
  options: SearchOptions,
  output: Output,
): Promise<void> {
  if (text === undefined && options.like === undefined)
    throw new UsageError('Give a text, or --like <picture>.');
  if (text !== undefined && options.like !== undefined) {
    throw new UsageError('Give either a text or --like <picture>, not both.');
  }
  const answer = await withLibrary(options, ({ services }) =>
    options.like === undefined
      ? services.search.run({ text: text ?? '', limit: options.limit })
      : services.search.likeFile(resolve(workingDirectory(), options.like), options.limit),
  );
  const { cutoff, notes } = answer;
  const results = answer.results.map(({ id, path, cosine, relevance, group }) => ({
    id,
    path,
    cosine,
    relevance,
    group,
  }));
  output.answer({ query: text ?? null, like: options.like ?? null, results, cutoff, notes }, () =>
    humanAnswer(answer),
  );
}

function humanAnswer({ results, notes }: SearchAnswer): string {
  const line = (r: SearchHit) =>
    `${String(Math.round(r.relevance)).padStart(3)}  ${r.cosine.toFixed(3)}  ${r.path}`;
  const best = results.filter((r) => r.group !== 'maybe').map(line);
  const maybe = results.filter((r) => r.group === 'maybe').map(line);
  const between = maybe.length > 0 ? ['---  maybe'] : [];
  return [...best, ...between, ...maybe, ...notes.map((note) => `note: ${noteSentence(note)}`)].join('\n');
}

function noteSentence(note: SearchNote): string {
  switch (note.kind) {
    case 'library-empty':
      return 'the library has no searchable photo yet; run `semblance index <folder>`.';
    case 'not-indexed-yet':
      return `${note.count} photos are not searchable yet.`;
    case 'query-truncated':
      return `the model reads ${note.tokens} tokens; the rest of the text was not used.`;
    case 'nothing-matches':
      return 'nothing really matches; these are merely the nearest.';
    case 'unknown-words':
      return `the model was not taught: ${note.words.join(', ')}.`;
  }
}
