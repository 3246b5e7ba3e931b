// Structured clone as text, for what crosses between main and a page. It also runs inside pages (its source is put
// there), so it uses nothing from outside itself.

export interface Codec {
  /** Throws as Electron does for what cannot be cloned. `special` may give a stand-in for a value. */
  pack(value: unknown, special?: (value: unknown) => unknown): unknown;
  unpack(packed: unknown, special?: (mark: string, value: unknown) => unknown): unknown;
}

export function createCodec(): Codec {
  type Marked = { $: string; v?: unknown; t?: string };
  const toText = (bytes: Uint8Array): string => {
    let text = '';
    for (let at = 0; at < bytes.length; at += 32_768)
      text += String.fromCharCode(...bytes.subarray(at, at + 32_768));
    return btoa(text);
  };
  const toBytes = (text: string): Uint8Array<ArrayBuffer> => {
    const raw = atob(text);
    const bytes = new Uint8Array(raw.length);
    for (let at = 0; at < raw.length; at += 1) bytes[at] = raw.charCodeAt(at);
    return bytes;
  };
  const views = {
    Uint8Array,
    Int8Array,
    Uint8ClampedArray,
    Uint16Array,
    Int16Array,
    Uint32Array,
    Int32Array,
  };
  const floats = { Float32Array, Float64Array, BigInt64Array, BigUint64Array };
  const kinds: Record<string, new (buffer: ArrayBuffer) => unknown> = { ...views, ...floats, DataView };

  const pack: Codec['pack'] = (value, special) => {
    const stand = special?.(value);
    if (stand !== undefined) return stand;
    const inner = (item: unknown): unknown => pack(item, special);
    switch (typeof value) {
      case 'undefined':
        return { $: 'undefined' };
      case 'bigint':
        return { $: 'bigint', v: String(value) };
      case 'number':
        if (Object.is(value, -0)) return { $: 'number', v: '-0' };
        return Number.isFinite(value) ? value : { $: 'number', v: String(value) };
      case 'function':
      case 'symbol':
        throw new Error('An object could not be cloned.');
      case 'object':
        break;
      default:
        return value;
    }
    if (value === null) return null;
    if (Array.isArray(value)) return value.map(inner);
    if (value instanceof Date) return { $: 'date', v: value.getTime() };
    if (value instanceof Map) return { $: 'map', v: inner([...value]) };
    if (value instanceof Set) return { $: 'set', v: inner([...value]) };
    if (value instanceof Error) return { $: 'error', t: value.name, v: value.message };
    if (value instanceof ArrayBuffer) return { $: 'buffer', v: toText(new Uint8Array(value)) };
    if (ArrayBuffer.isView(value)) {
      // Node's Buffer is a Uint8Array to everyone else.
      const tag = Object.prototype.toString.call(value).slice(8, -1);
      return {
        $: 'view',
        t: tag,
        v: toText(new Uint8Array(value.buffer, value.byteOffset, value.byteLength)),
      };
    }
    if (!/^\[object (Object|Null)\]$/.test(Object.prototype.toString.call(value)))
      throw new Error('An object could not be cloned.');
    const plain = Object.fromEntries(Object.entries(value).map(([key, item]) => [key, inner(item)]));
    return '$' in plain ? { $: 'object', v: plain } : plain;
  };

  const unpack: Codec['unpack'] = (packed, special) => {
    const inner = (item: unknown): unknown => unpack(item, special);
    if (typeof packed !== 'object' || packed === null) return packed;
    if (Array.isArray(packed)) return packed.map(inner);
    const entries = (from: object): unknown =>
      Object.fromEntries(Object.entries(from).map(([key, item]) => [key, inner(item)]));
    if (!('$' in packed)) return entries(packed);
    const { $: mark, v, t } = packed as Marked;
    switch (mark) {
      case 'undefined':
        return undefined;
      case 'bigint':
        return BigInt(String(v));
      case 'number':
        return Number(v);
      case 'object':
        return entries(v as object);
      case 'date':
        return new Date(Number(v));
      case 'map':
        return new Map(inner(v) as [unknown, unknown][]);
      case 'set':
        return new Set(inner(v) as unknown[]);
      case 'error':
        return Object.assign(new Error(String(v)), { name: String(t) });
      case 'buffer':
        return toBytes(String(v)).buffer;
      case 'view': {
        const Kind = kinds[String(t)] ?? Uint8Array;
        return new Kind(toBytes(String(v)).buffer);
      }
      default:
        return special?.(mark, v);
    }
  };

  return { pack, unpack };
}
