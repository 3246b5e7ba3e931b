// Near neighbours among many vectors in memory: an inverted file, small enough to keep and quick enough for every photo.

/** Vectors are kept in so many dimensions, by a random projection (Johnson and Lindenstrauss): cosines stay within a few hundredths. */
const KEPT_DIMENSIONS = 64;
/** Fewer vectors are all looked at. */
const SMALL = 2000;
const TRAINING = 6000;
const ROUNDS = 4;
const PROBES = 6;

export interface Neighbours {
  add(item: number, vector: Float32Array): void;
  /** The `k` nearest others, best first, with about their cosine. */
  near(item: number, k: number): { item: number; cosine: number }[];
  count(): number;
}

export function createNeighbours(dimensions: number): Neighbours {
  const kept = Math.min(dimensions, KEPT_DIMENSIONS);
  const projection = dimensions <= KEPT_DIMENSIONS ? null : projectionOf(dimensions, kept);
  let data = new Float32Array(1024 * kept);
  let count = 0;
  const items: number[] = [];
  const rowOf = new Map<number, number>();
  let cells: number[][] | null = null;
  let centres = new Float32Array(0);
  let trainedOn = 0;

  const dotAt = (a: Float32Array, from: number, b: Float32Array, at: number): number => {
    let sum = 0;
    for (let i = 0; i < kept; i++) sum += (a[from + i] ?? 0) * (b[at + i] ?? 0);
    return sum;
  };

  const nearestCells = (row: number, probes: number): number[] => {
    const found: { cell: number; score: number }[] = [];
    for (let cell = 0; cell * kept < centres.length; cell++) {
      const score = dotAt(data, row * kept, centres, cell * kept);
      if (found.length === probes && score <= (found.at(-1)?.score ?? -1)) continue;
      let at = found.length;
      while (at > 0 && (found[at - 1]?.score ?? 1) < score) at -= 1;
      found.splice(at, 0, { cell, score });
      if (found.length > probes) found.pop();
    }
    return found.map(({ cell }) => cell);
  };

  function train(): void {
    const size = Math.round(2 * Math.sqrt(count));
    const step = Math.max(1, Math.floor(count / TRAINING));
    const rows = Array.from({ length: Math.floor((count - 1) / step) + 1 }, (_, i) => i * step);
    centres = new Float32Array(size * kept);
    for (let cell = 0; cell < size; cell++) {
      const row = rows[Math.floor((cell * rows.length) / size)] ?? 0;
      centres.set(data.subarray(row * kept, (row + 1) * kept), cell * kept);
    }
    for (let round = 0; round < ROUNDS; round++) {
      const sums = new Float32Array(centres.length);
      for (const row of rows) {
        const cell = nearestCells(row, 1)[0] ?? 0;
        for (let i = 0; i < kept; i++)
          sums[cell * kept + i] = (sums[cell * kept + i] ?? 0) + (data[row * kept + i] ?? 0);
      }
      for (let cell = 0; cell < size; cell++) {
        const length = Math.sqrt(dotAt(sums, cell * kept, sums, cell * kept));
        // A cell that nobody is nearest to keeps its place.
        if (length === 0) continue;
        for (let i = 0; i < kept; i++) centres[cell * kept + i] = (sums[cell * kept + i] ?? 0) / length;
      }
    }
    cells = Array.from({ length: size }, () => []);
    for (let row = 0; row < count; row++) cells[nearestCells(row, 1)[0] ?? 0]?.push(row);
    trainedOn = count;
  }

  return {
    add(item, vector) {
      const known = rowOf.get(item);
      const row = known ?? count;
      if (known === undefined) {
        if ((count + 1) * kept > data.length) {
          const larger = new Float32Array(data.length * 2);
          larger.set(data);
          data = larger;
        }
        count += 1;
        items.push(item);
        rowOf.set(item, row);
      }
      write(data, row * kept, vector, projection, kept);
      if (known === undefined && cells !== null) cells[nearestCells(row, 1)[0] ?? 0]?.push(row);
    },
    near(item, k) {
      const own = rowOf.get(item);
      if (own === undefined) return [];
      if (count > SMALL && (cells === null || count > 2 * trainedOn)) train();
      const found: { item: number; cosine: number }[] = [];
      const look = (row: number): void => {
        if (row === own) return;
        const cosine = dotAt(data, own * kept, data, row * kept);
        if (found.length === k && cosine <= (found.at(-1)?.cosine ?? -1)) return;
        let at = found.length;
        while (at > 0 && (found[at - 1]?.cosine ?? 1) < cosine) at -= 1;
        found.splice(at, 0, { item: items[row] ?? 0, cosine });
        if (found.length > k) found.pop();
      };
      if (cells === null) for (let row = 0; row < count; row++) look(row);
      else for (const cell of nearestCells(own, PROBES)) for (const row of cells[cell] ?? []) look(row);
      return found;
    },
    count: () => count,
  };
}

/** Unit length after projection, so that inner products are cosines. */
function write(
  data: Float32Array,
  at: number,
  vector: Float32Array,
  projection: Float32Array | null,
  kept: number,
): void {
  const dimensions = vector.length;
  let squares = 0;
  for (let i = 0; i < kept; i++) {
    let value = vector[i] ?? 0;
    if (projection !== null) {
      value = 0;
      for (let j = 0; j < dimensions; j++) value += (projection[i * dimensions + j] ?? 0) * (vector[j] ?? 0);
    }
    data[at + i] = value;
    squares += value * value;
  }
  const length = Math.sqrt(squares) || 1;
  for (let i = 0; i < kept; i++) data[at + i] = (data[at + i] ?? 0) / length;
}

/** Signs from a fixed generator (Achlioptas, 2003): the same in every run. */
function projectionOf(dimensions: number, kept: number): Float32Array {
  let state = 0x9e3779b9;
  return Float32Array.from({ length: dimensions * kept }, () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state & 1) === 0 ? 1 : -1;
  });
}
