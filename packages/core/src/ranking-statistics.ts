// The few robust statistics that calibration needs, on sorted samples.

export interface Gaussian {
  centre: number;
  /** Standard deviation. */
  spread: number;
}

/** Quantile of a normal distribution one standard deviation below its centre. */
const ONE_BELOW = 0.158_655;
/** Median absolute deviation of a normal distribution, as a share of its standard deviation. */
const MAD_OF_NORMAL = 0.674_489_75;

export function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}

/** @param sorted ascending; 0 when empty */
function quantile(sorted: Float32Array, share: number): number {
  if (sorted.length === 0) return 0;
  const at = clamp(share, 0, 1) * (sorted.length - 1);
  const low = sorted[Math.floor(at)] ?? 0;
  const high = sorted[Math.ceil(at)] ?? low;
  return low + (high - low) * (at - Math.floor(at));
}

/** @param sorted ascending; 0 when empty */
export function median(sorted: Float32Array): number {
  return quantile(sorted, 0.5);
}

/**
 * Standard deviation of the null from its lower side only: true matches are on the upper one. The whole sample's where
 * more than a third of it is one value (many copies).
 */
export function spreadBelow(sorted: Float32Array, centre: number): number {
  const below = centre - quantile(sorted, ONE_BELOW);
  return below > 1e-6 ? below : standardDeviation(sorted);
}

/** Centre and spread of the bulk: median and MAD (Rousseeuw & Croux, JASA 1993), breakdown point 50 %. */
export function robust(values: Float32Array): Gaussian {
  const sorted = values.filter(Number.isFinite).sort();
  const centre = median(sorted);
  const mad = median(sorted.map((value) => Math.abs(value - centre)).sort());
  const spread = mad / MAD_OF_NORMAL;
  return { centre, spread: spread > 1e-6 ? spread : standardDeviation(sorted) };
}

/** Up to the constant that every normal density shares. */
export function logDensity(value: number, { centre, spread }: Gaussian): number {
  return -0.5 * ((value - centre) / spread) ** 2 - Math.log(spread);
}

function standardDeviation(values: Float32Array): number {
  if (values.length === 0) return 0;
  let sum = 0;
  for (const value of values) sum += value;
  const mean = sum / values.length;
  let squares = 0;
  for (const value of values) squares += (value - mean) ** 2;
  return Math.sqrt(squares / values.length);
}
