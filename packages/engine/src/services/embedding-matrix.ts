// All embeddings of the library in memory, in step with the table they come from: labels look at every photo at once.
import type { PhotoId } from '@semblance/contract';
import type { VectorTable } from '@semblance/vectors';

/** A view that stays as it is while photos come and go. */
export interface EmbeddingMatrix {
  dimensions: number;
  /** Rows; some may be of photos that are gone. */
  rows: number;
  /** One per row; null for a photo that is gone. */
  ids: readonly (PhotoId | null)[];
  /** Row-major unit vectors, at least `rows` of them. */
  vectors: Float32Array;
  rowOf(id: PhotoId): number | undefined;
}

export interface FollowedEmbeddings {
  /** The same table; what is written through it reaches the matrix. */
  table: VectorTable;
  matrix(): Promise<EmbeddingMatrix>;
}

/** Float32 of 100,000 photos of 512 dimensions are 205 MB: nobody who looks at labels once should lose them for the day. */
const IDLE_MS = 5 * 60_000;
/** Of rows of photos that are gone, before everything is read anew. */
const MOST_GONE = 0.2;

interface Held {
  ids: (PhotoId | null)[];
  vectors: Float32Array;
  rowOf: Map<PhotoId, number>;
  gone: number;
}

/** Nothing is read before it is first asked for, and it is let go of when nobody has asked for a while. */
export function followEmbeddings(table: VectorTable, idleMs = IDLE_MS): FollowedEmbeddings {
  const { dimensions } = table;
  let held: Promise<Held> | null = null;
  let idle: NodeJS.Timeout | undefined;

  async function read(): Promise<Held> {
    const fresh: Held = {
      ids: [],
      vectors: new Float32Array(table.count() * dimensions),
      rowOf: new Map(),
      gone: 0,
    };
    for await (const rows of table.scan())
      for (const { photoId, vector } of rows) put(fresh, photoId, vector);
    return fresh;
  }

  function put(into: Held, id: PhotoId, vector: Float32Array): void {
    const row = into.rowOf.get(id) ?? into.ids.length;
    if ((row + 1) * dimensions > into.vectors.length) {
      const larger = new Float32Array(Math.max((row + 1) * dimensions, 2 * into.vectors.length));
      larger.set(into.vectors);
      into.vectors = larger;
    }
    into.vectors.set(vector, row * dimensions);
    into.ids[row] = id;
    into.rowOf.set(id, row);
  }

  /** After a write: what is in memory follows, or is forgotten when it was being read just then. */
  async function follow(change: (held: Held) => void): Promise<void> {
    const before = held;
    if (before === null) return;
    const settled = await Promise.race([before, Promise.resolve(null)]);
    if (settled === null) held = null;
    else change(settled);
  }

  return {
    table: {
      ...table,
      async append(rows) {
        await table.append(rows);
        await follow((held) => {
          for (const { photoId, vector } of rows) put(held, photoId, vector);
        });
      },
      async remove(ids) {
        await table.remove(ids);
        await follow((current) => {
          for (const id of ids) {
            const row = current.rowOf.get(id);
            if (row === undefined) continue;
            current.ids[row] = null;
            current.rowOf.delete(id);
            current.gone += 1;
          }
          if (current.gone > MOST_GONE * current.ids.length) held = null;
        });
      },
    },
    async matrix() {
      clearTimeout(idle);
      idle = setTimeout(() => {
        held = null;
      }, idleMs);
      idle.unref();
      held ??= read().catch((error) => {
        held = null;
        throw error;
      });
      const { ids, vectors, rowOf } = await held;
      return { dimensions, rows: ids.length, ids, vectors, rowOf: (id) => rowOf.get(id) };
    },
  };
}
