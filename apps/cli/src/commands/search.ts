// `semblance search`: photos by description and filters, by likeness to pictures, or both.
import { resolve } from 'node:path';
import type { SearchAnswer, SearchHit, SearchNote } from '@semblance/contract';
import { type Output, UsageError } from '../output.ts';
import { type LibraryOptions, withLibrary, workingDirectory } from '../session.ts';

export interface SearchOptions extends LibraryOptions {
  limit: number;
  sort: 'relevance' | 'date';
  like?: string[];
}

export async function search(
  text: string | undefined,
  options: SearchOptions,
  output: Output,
): Promise<void> {
  const { limit, sort, like = [] } = options;
  if (text === undefined && like.length === 0) throw new UsageError('Give a text, or --like <picture>.');
  const request = { ...(text === undefined ? {} : { text }), limit, sort };
  const answer = await withLibrary(options, ({ services }) =>
    like.length === 0
      ? services.search.run(request)
      : services.search.likeFiles(
          like.map((path) => resolve(workingDirectory(), path)),
          request,
        ),
  );
  const { cutoff, notes, parsed } = answer;
  const results = answer.results.map(({ id, path, cosine, relevance, group }) => ({
    id,
    path,
    cosine,
    relevance,
    group,
  }));
  const one = like.length > 1 ? like : (like[0] ?? null);
  output.answer({ query: text ?? null, like: one, parsed, results, cutoff, notes }, () =>
    humanAnswer(answer),
  );
}

function humanAnswer({ results, notes, parsed }: SearchAnswer): string {
  const line = (r: SearchHit) =>
    `${String(Math.round(r.relevance)).padStart(3)}  ${r.cosine.toFixed(3)}  ${r.path}`;
  const best = results.filter((r) => r.group !== 'maybe').map(line);
  const maybe = results.filter((r) => r.group === 'maybe').map(line);
  const between = maybe.length > 0 ? ['---  maybe'] : [];
  const problems = parsed.problems.map(({ text, message, instead }) => {
    const offer = instead === undefined ? '' : ` Did you mean ${instead}?`;
    return `note: ${text}: ${message}${offer}`;
  });
  const said = notes.map((note) => `note: ${noteSentence(note)}`);
  return [...best, ...between, ...maybe, ...problems, ...said].join('\n');
}

function noteSentence(note: SearchNote): string {
  switch (note.kind) {
    case 'nothing-asked':
      return 'nothing of this could be understood, so nothing was searched for.';
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
    case 'filter-removed-all':
      return `no photo passes; without ${filterText(note)} it would be ${note.count}.`;
    case 'filters-removed-all':
      return `no photo passes; without filters and quoted phrases it would be ${note.count}.`;
    case 'folder-offline':
      return `${note.count} files lie in folders that cannot be reached now.`;
    case 'unknown-language':
      return `this looks like a language (${note.language}) that the model was not taught; it knows ${note.known.join(', ')}. A multilingual model would understand it.`;
    case 'negation-removed':
      return `${note.count} photos were left out because they seem to show: ${note.texts.join(', ')}.`;
    case 'translated':
      return `searched for: ${note.texts.map(({ to }) => to).join(', ')}.`;
    case 'mixed-models':
      return `${note.count} photos were ranked by the model before; the new one has not seen them yet.`;
    case 'partial':
      return 'the model cannot be reached; only filters and quoted phrases were applied.';
  }
}

function filterText({ name, value }: { name: string; value: string }): string {
  return name === 'exact' ? `"${value}"` : `${name}:${value}`;
}
