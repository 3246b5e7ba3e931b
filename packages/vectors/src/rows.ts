// Between Arrow's columns and our rows.
import type { Schema, Table } from 'apache-arrow';
import { arrow } from './arrow.ts';

const { Field, FixedSizeList, Float32, makeData, RecordBatch, Struct, Utf8, vectorFromArray } = arrow;

export interface VectorRow {
  photoId: string;
  vector: Float32Array;
  /** Further looks at the same photo, always in the same order; a search takes the best of all. Not read back. */
  crops?: readonly Float32Array[];
}

export function schemaOf(dimensions: number): Schema {
  return new arrow.Schema([
    new Field('photoId', new Utf8(), false),
    new Field('vector', new FixedSizeList(dimensions, new Field('item', new Float32(), false)), false),
  ]);
}

/** Dimensions of a table's vectors; null when it is not a table of ours. */
export function dimensionsOf(schema: Schema): number | null {
  const names = schema.fields.map((field) => field.name);
  const type: unknown = schema.fields.find((field) => field.name === 'vector')?.type;
  if (!names.includes('photoId') || !(type instanceof FixedSizeList)) return null;
  return type.listSize;
}

/** One Arrow table of these rows, without LanceDB's slower guessing of types. */
export function toArrow(rows: readonly VectorRow[], dimensions: number): Table {
  const flat = new Float32Array(rows.length * dimensions);
  rows.forEach(({ vector }, at) => {
    flat.set(vector, at * dimensions);
  });
  const ids = vectorFromArray(
    rows.map((row) => row.photoId),
    new Utf8(),
  ).data[0];
  if (ids === undefined) throw new Error('Arrow made no column of ids');
  const schema = schemaOf(dimensions);
  const item = new Float32();
  const vectors = makeData({
    type: new FixedSizeList(dimensions, new Field('item', item, false)),
    length: rows.length,
    nullCount: 0,
    child: makeData({ type: item, length: flat.length, nullCount: 0, data: flat }),
  });
  const type = new Struct(schema.fields);
  const children = [ids, vectors];
  return new arrow.Table(
    schema,
    new RecordBatch(schema, makeData({ type, length: rows.length, nullCount: 0, children })),
  );
}

/** A table, or a batch of one. */
type Columns = Pick<Table, 'getChild' | 'numRows'>;

export function idsOf(table: Columns): string[] {
  const ids: string[] = [];
  // Out of the column's bytes: asked for one by one they take three times as long, at every start.
  for (const { values, valueOffsets, length } of table.getChild('photoId')?.data ?? []) {
    const bytes = Buffer.from(values.buffer, values.byteOffset, values.byteLength);
    for (let at = 0; at < length; at++)
      ids.push(bytes.toString('utf8', valueOffsets[at], valueOffsets[at + 1]));
  }
  return ids;
}

/** The `vector` column as one row-major matrix (rows x dimensions), copied. */
export function matrixOf(table: Columns, dimensions: number): Float32Array {
  const matrix = new Float32Array(table.numRows * dimensions);
  let at = 0;
  for (const chunk of table.getChild('vector')?.data ?? []) {
    const values: Float32Array | undefined = chunk.children[0]?.values;
    if (values === undefined) throw new Error('the vector column has no values');
    // A slice of a fixed-size list keeps its parent's values when the offset is in the list itself.
    const start = values.length === chunk.length * dimensions ? 0 : chunk.offset * dimensions;
    matrix.set(values.subarray(start, start + chunk.length * dimensions), at);
    at += chunk.length * dimensions;
  }
  return matrix;
}

/** Row by row, without copying a vector: each is good until the next. */
export function* eachRow(table: Columns, dimensions: number): Generator<VectorRow> {
  const matrix = matrixOf(table, dimensions);
  for (const [at, photoId] of idsOf(table).entries()) {
    yield { photoId, vector: matrix.subarray(at * dimensions, (at + 1) * dimensions) };
  }
}

export function rowsOf(table: Columns, dimensions: number): VectorRow[] {
  const matrix = matrixOf(table, dimensions);
  return idsOf(table).map((photoId, at) => ({
    photoId,
    vector: matrix.slice(at * dimensions, (at + 1) * dimensions),
  }));
}
