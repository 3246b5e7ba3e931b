// ThumbHash placeholders as CSS backgrounds, decoded once per photo and kept for the ones seen lately.
import { thumbHashToAverageRGBA, thumbHashToDataURL } from 'thumbhash';

const KEPT = 1500;
const blurs = new Map<string, string>();
const colours = new Map<string, string>();

/** `url(data:...)` of the blurred picture; undefined for a damaged or missing hash. */
export function blurOf(hash: string | null): string | undefined {
  return remember(blurs, hash, (bytes) => `url(${thumbHashToDataURL(bytes)})`);
}

/** Average colour: what a tile shows while the grid flies by. */
export function colourOf(hash: string | null): string | undefined {
  return remember(colours, hash, (bytes) => {
    const { r, g, b } = thumbHashToAverageRGBA(bytes);
    return `rgb(${Math.round(r * 255)} ${Math.round(g * 255)} ${Math.round(b * 255)})`;
  });
}

function remember(
  cache: Map<string, string>,
  hash: string | null,
  make: (bytes: Uint8Array) => string,
): string | undefined {
  if (hash === null) return undefined;
  const known = cache.get(hash);
  if (known !== undefined) return known === '' ? undefined : known;
  let made = '';
  try {
    made = make(Uint8Array.from(atob(hash), (char) => char.charCodeAt(0)));
  } catch {
    // A hash that cannot be read costs its tile the blur, nothing else.
  }
  cache.set(hash, made);
  if (cache.size > KEPT) {
    const oldest = cache.keys().next().value;
    if (oldest !== undefined) cache.delete(oldest);
  }
  return made === '' ? undefined : made;
}
