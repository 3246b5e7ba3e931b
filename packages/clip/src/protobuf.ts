// The wire format of Protocol Buffers, as far as an ONNX file's head needs it (protobuf.dev, "Encoding").

export interface WireField {
  number: number;
  /** Of a varint field; null for others. */
  value: bigint | null;
  /** Length of the content of a length-delimited field; null for others. */
  bytes: number | null;
  /** Where the content begins in the file. */
  at: number;
}

type Read = (at: number, length: number) => Promise<Buffer>;

/** A tag and a varint, each of at most ten bytes. */
const LONGEST_LEAD = 20;

/** The fields between two places of a file, contents skipped. @throws Error when they do not fit there */
export async function* wireFields(read: Read, from: number, to: number): AsyncGenerator<WireField> {
  for (let at = from; at < to; ) {
    const lead = await read(at, Math.min(LONGEST_LEAD, to - at));
    const tag = varintOf(lead, 0);
    const number = Number(tag.value >> 3n);
    const type = Number(tag.value & 7n);
    let end: number;
    let field: WireField;
    if (type === 0) {
      const { value, next } = varintOf(lead, tag.next);
      end = at + next;
      field = { number, value, bytes: null, at: end };
    } else if (type === 2) {
      const { value, next } = varintOf(lead, tag.next);
      field = { number, value: null, bytes: Number(value), at: at + next };
      end = field.at + Number(value);
    } else if (type === 1 || type === 5) {
      const bytes = type === 1 ? 8 : 4;
      field = { number, value: null, bytes, at: at + tag.next };
      end = field.at + bytes;
    } else throw new Error('it is not built as ONNX files are.');
    if (number === 0) throw new Error('it is not built as ONNX files are.');
    if (end > to) throw new Error('it ends too early.');
    yield field;
    at = end;
  }
}

/** @throws Error past the end of the bytes */
export function varintOf(bytes: Buffer, start: number): { value: bigint; next: number } {
  let value = 0n;
  for (let i = start, shift = 0n; i < start + 10; i++, shift += 7n) {
    const byte = bytes[i];
    if (byte === undefined) throw new Error('it ends too early.');
    value |= BigInt(byte & 0x7f) << shift;
    if (byte < 0x80) return { value, next: i + 1 };
  }
  throw new Error('it is not built as ONNX files are.');
}

export async function stringOf(read: Read, field: WireField): Promise<string> {
  return field.bytes === null ? '' : (await read(field.at, field.bytes)).toString('utf8');
}
