// What was acknowledged to a person so far, and whether a catalog still knows it.
import type { Catalog } from '@semblance/catalog';
import type { PhotoId } from '@semblance/contract';
import type { Line, Mark } from './worker.ts';

export interface Person {
  hear(line: Line): void;
  /** The process is dead: what it had begun may have been done or not. */
  end(): void;
  /** Sentences about what was acknowledged and is not there. */
  lost(catalog: Catalog): string[];
  acknowledged(): number;
}

type Kind = 'favourite' | 'rating' | 'album';

export function createPerson(): Person {
  /** By photo and kind of mark: every value that may be on record now. */
  const known = new Map<string, { photo: PhotoId; kind: Kind; may: unknown[] }>();
  const trying = new Map<number, { photo: PhotoId; mark: Mark }>();
  let acknowledged = 0;

  const entryOf = ({ photo, mark }: { photo: PhotoId; mark: Mark }) => {
    const [kind, value] = Object.entries(mark)[0] as [Kind, unknown];
    return { key: `${photo} ${kind}`, photo, kind, value };
  };

  return {
    hear(line) {
      if (line.say === 'try') trying.set(line.n, line);
      if (line.say !== 'ack') return;
      const tried = trying.get(line.n);
      if (tried === undefined) return;
      trying.delete(line.n);
      const { key, photo, kind, value } = entryOf(tried);
      known.set(key, { photo, kind, may: [value] });
      acknowledged += 1;
    },
    end() {
      for (const tried of trying.values()) {
        const { key, value } = entryOf(tried);
        known.get(key)?.may.push(value);
      }
      trying.clear();
    },
    lost(catalog) {
      const marks = catalog.marks([...known.values()].map((entry) => entry.photo));
      const album = catalog.albums()[0]?.id ?? 0;
      const members = new Set(album === 0 ? [] : catalog.albumMembers(album));
      return [...known.values()].flatMap(({ photo, kind, may }) => {
        const now =
          kind === 'album' ? (members.has(photo) ? album : null) : (marks.get(photo)?.[kind] ?? 'gone');
        return may.includes(now) ? [] : [`${kind} of ${photo} was ${may.join(' or ')} and is ${now}`];
      });
    },
    acknowledged: () => acknowledged,
  };
}
