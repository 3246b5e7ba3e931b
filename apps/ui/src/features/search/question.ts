// What is asked: words, pictures, and how the answer is to be laid out; and the request that asks it.
import type { Region, SearchRequest } from '@semblance/contract';

/** The part of a question that is not words: photos, a part of one, or a picture from outside the library. */
export type QueryPicture =
  | { kind: 'photos'; ids: readonly string[] }
  | {
      kind: 'part';
      photo: { id: string; version: string; ratio: number; sensitive?: boolean | undefined };
      region: Region;
    }
  /** `base64` as it is sent; `preview` a URL of what to show for it, null where the browser cannot. */
  | { kind: 'file'; name: string; base64: string; preview: string | null };

export interface Question {
  text: string;
  picture: QueryPicture | null;
  sort: 'relevance' | 'date';
  /** Look-alikes are shown once. */
  group: boolean;
}

const LIMIT = 400;

export function requestOf({ text, picture, sort, group }: Question, remember: boolean): SearchRequest {
  const said = text.trim();
  return {
    ...(said === '' ? {} : { text: said }),
    ...pictureOf(picture),
    ...(sort === 'relevance' ? {} : { sort }),
    ...(group ? { group } : {}),
    ...(remember && said !== '' ? { remember } : {}),
    limit: LIMIT,
  };
}

function pictureOf(picture: QueryPicture | null): Partial<SearchRequest> {
  switch (picture?.kind) {
    case undefined:
      return {};
    case 'photos': {
      const [only] = picture.ids;
      return picture.ids.length === 1 && only !== undefined
        ? { likePhoto: only }
        : { like: [...picture.ids] };
    }
    case 'part':
      return { regions: [{ photoId: picture.photo.id, region: picture.region }] };
    case 'file':
      return { image: picture.base64 };
  }
}

export function isNothing({ text, picture }: Pick<Question, 'text' | 'picture'>): boolean {
  return text.trim() === '' && picture === null;
}

/** Tells questions apart, as a key; what is typed after the last word makes no other question. */
export function questionKey({ text, picture }: Pick<Question, 'text' | 'picture'>): string {
  if (picture === null) return `text:${text.trim()}`;
  const shown =
    picture.kind === 'photos'
      ? picture.ids.join(',')
      : picture.kind === 'part'
        ? `${picture.photo.id}:${Object.values(picture.region).join(',')}`
        : `${picture.name}:${picture.base64.length}`;
  return `${picture.kind}:${shown}:${text.trim()}`;
}
