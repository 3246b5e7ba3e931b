// Training of the adapter: symmetric contrastive loss with a learnable temperature, Adam, early stopping on held-out photos.
import { type Adapter, adaptText } from './adapter.ts';
import { normalNumber, randomNumbers, shuffled } from './random.ts';

export interface AdapterTask {
  dimensions: number;
  /** Unit vectors, one per label. */
  texts: Float32Array[];
  /** Unit vectors of photos that a person has labelled, and the positions of their labels in `texts`. */
  photos: { vector: Float32Array; labels: number[] }[];
  /** Unit vectors of everyday texts whose meaning must not move: other searches stay as they were. */
  anchors: Float32Array[];
  seed: number;
}

export interface AdapterEpoch {
  epoch: number;
  /** Symmetric cross-entropy in nats. */
  train: number;
  heldOut: number;
}

export interface AdapterResult {
  adapter: Adapter;
  curve: AdapterEpoch[];
}

const HIDDEN = 64;
const EPOCHS = 80;
const PATIENCE = 8;
const BATCH = 128;
const LEARNING_RATE = 2e-3;
/** How dear it is to move an anchor, per squared distance. */
const ANCHOR_WEIGHT = 20;
/** Inverse temperature at the start, and at most (CLIP paper, section 2.5). */
const START_SCALE = Math.log(1 / 0.07);
const MAX_SCALE = Math.log(100);

/**
 * One epoch per step, so that the caller can breathe and show the curve. Returns the adapter of the best epoch, which may
 * be the one that changes nothing. The same task gives the same adapter.
 *
 * Photos of one label share one text, so a batch has several right answers: the targets are spread evenly over them, as in
 * supervised contrastive learning (Khosla et al., arXiv 2004.11362).
 */
export function* trainAdapter(
  task: AdapterTask,
  heldOut: AdapterTask['photos'],
): Generator<AdapterEpoch, AdapterResult> {
  const random = randomNumbers(task.seed);
  const { dimensions } = task;
  const adapter = freshAdapter(dimensions, random);
  const adam = [adapter.down, adapter.up].map((weights) => createAdam(weights));
  const scaleAdam = createAdam(new Float32Array([adapter.logScale]));
  let best = copy(adapter);
  let bestLoss = loss(adapter, task.texts, heldOut);
  const curve: AdapterEpoch[] = [
    { epoch: 0, train: loss(adapter, task.texts, task.photos), heldOut: bestLoss },
  ];
  yield curve[0] as AdapterEpoch;
  for (let epoch = 1, worse = 0; epoch <= EPOCHS && worse < PATIENCE; epoch++) {
    const order = shuffled(task.photos.length, random);
    let sum = 0;
    let batches = 0;
    for (let at = 0; at < order.length; at += BATCH) {
      const batch = order.slice(at, at + BATCH).map((i) => task.photos[i] as AdapterTask['photos'][number]);
      const gradient = gradients(adapter, task.texts, batch, task.anchors);
      sum += gradient.loss;
      batches += 1;
      adam[0]?.step(gradient.down);
      adam[1]?.step(gradient.up);
      scaleAdam.step(Float32Array.of(gradient.logScale));
      adapter.logScale = Math.min(MAX_SCALE, Math.max(0, scaleAdam.weights[0] ?? 0));
      scaleAdam.weights[0] = adapter.logScale;
    }
    const entry = { epoch, train: sum / Math.max(1, batches), heldOut: loss(adapter, task.texts, heldOut) };
    curve.push(entry);
    if (entry.heldOut < bestLoss) {
      bestLoss = entry.heldOut;
      best = copy(adapter);
      worse = 0;
    } else worse += 1;
    yield entry;
  }
  return { adapter: best, curve };
}

function freshAdapter(dimensions: number, random: () => number): Adapter {
  const deviation = 1 / Math.sqrt(dimensions);
  return {
    dimensions,
    hidden: HIDDEN,
    down: Float32Array.from({ length: HIDDEN * dimensions }, () => normalNumber(random) * deviation),
    // Zero: the first adapter changes nothing.
    up: new Float32Array(HIDDEN * dimensions),
    logScale: START_SCALE,
  };
}

const copy = (adapter: Adapter): Adapter => ({
  ...adapter,
  down: adapter.down.slice(),
  up: adapter.up.slice(),
});

type Batch = AdapterTask['photos'];

/** Softmax over one row of logits, in place of the logits. */
function softmax(row: Float64Array): void {
  const top = row.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  let sum = 0;
  for (let i = 0; i < row.length; i++) {
    row[i] = Math.exp((row[i] ?? 0) - top);
    sum += row[i] ?? 0;
  }
  for (let i = 0; i < row.length; i++) row[i] = (row[i] ?? 0) / sum;
}

/**
 * Symmetric cross-entropy of a batch and its derivative by each cosine.
 *
 * @param cosines photos x texts
 */
function symmetricLoss(cosines: Float64Array[], batch: Batch, texts: number, logScale: number) {
  const scale = Math.exp(logScale);
  const byCosine = cosines.map(() => new Float64Array(texts));
  let total = 0;
  let byScale = 0;
  const add = (photo: number, text: number, probability: number, target: number, weight: number): void => {
    if (target > 0) total -= weight * target * Math.log(Math.max(probability, 1e-12));
    const slope = weight * (probability - target);
    const row = byCosine[photo];
    if (row !== undefined) row[text] = (row[text] ?? 0) + slope * scale;
    byScale += slope * (cosines[photo]?.[text] ?? 0) * scale;
  };
  // Photo to text.
  batch.forEach(({ labels }, photo) => {
    const row = (cosines[photo] ?? new Float64Array(0)).map((cosine) => cosine * scale);
    softmax(row);
    for (let text = 0; text < texts; text++) {
      const target = labels.includes(text) ? 1 / labels.length : 0;
      add(photo, text, row[text] ?? 0, target, 0.5 / batch.length);
    }
  });
  // Text to photo, for texts that have a photo in the batch.
  const present = Array.from({ length: texts }, (_, text) =>
    batch.flatMap(({ labels }, photo) => (labels.includes(text) ? [photo] : [])),
  );
  const used = present.filter((photos) => photos.length > 0).length;
  present.forEach((photos, text) => {
    if (photos.length === 0) return;
    const column = Float64Array.from(cosines, (row) => (row[text] ?? 0) * scale);
    softmax(column);
    const right = new Set(photos);
    column.forEach((probability, photo) => {
      add(photo, text, probability, right.has(photo) ? 1 / photos.length : 0, 0.5 / used);
    });
  });
  return { total, byCosine, byScale };
}

function cosinesOf(batch: Batch, adapted: readonly Float32Array[]): Float64Array[] {
  return batch.map(({ vector }) => Float64Array.from(adapted, (text) => product(vector, text)));
}

function loss(adapter: Adapter, texts: readonly Float32Array[], batch: Batch): number {
  const adapted = texts.map((text) => adaptText(adapter, text));
  return symmetricLoss(cosinesOf(batch, adapted), batch, texts.length, adapter.logScale).total;
}

function gradients(adapter: Adapter, texts: readonly Float32Array[], batch: Batch, anchors: Float32Array[]) {
  const adapted = texts.map((text) => adaptText(adapter, text));
  const { total, byCosine, byScale } = symmetricLoss(
    cosinesOf(batch, adapted),
    batch,
    texts.length,
    adapter.logScale,
  );
  const down = new Float32Array(adapter.down.length);
  const up = new Float32Array(adapter.up.length);
  texts.forEach((text, t) => {
    const slope = new Float64Array(adapter.dimensions);
    batch.forEach(({ vector }, photo) => {
      const weight = byCosine[photo]?.[t] ?? 0;
      if (weight !== 0)
        for (let i = 0; i < slope.length; i++) slope[i] = (slope[i] ?? 0) + weight * (vector[i] ?? 0);
    });
    backward(adapter, text, slope, down, up);
  });
  for (const anchor of anchors) {
    const moved = adaptText(adapter, anchor);
    const weight = (2 * ANCHOR_WEIGHT) / anchors.length;
    backward(
      adapter,
      anchor,
      Float64Array.from(moved, (value, i) => weight * (value - (anchor[i] ?? 0))),
      down,
      up,
    );
  }
  return { loss: total, down, up, logScale: byScale };
}

/** Adds the derivatives by both matrices, given the derivative by the adapted unit vector. */
function backward(
  { dimensions, hidden, down, up }: Adapter,
  text: Float32Array,
  slope: Float64Array,
  byDown: Float32Array,
  byUp: Float32Array,
): void {
  const middle = new Float64Array(hidden);
  for (let h = 0; h < hidden; h++) {
    let sum = 0;
    for (let i = 0; i < dimensions; i++) sum += (down[h * dimensions + i] ?? 0) * (text[i] ?? 0);
    middle[h] = Math.max(0, sum);
  }
  const raw = Float64Array.from(text, (value, i) => {
    let sum = value;
    for (let h = 0; h < hidden; h++) sum += (up[i * hidden + h] ?? 0) * (middle[h] ?? 0);
    return sum;
  });
  const length = Math.sqrt(product(raw, raw)) || 1;
  // Through the normalisation: only what is perpendicular to the vector counts.
  const along = product(slope, raw) / (length * length);
  const byRaw = slope.map((value, i) => (value - along * (raw[i] ?? 0)) / length);
  const byMiddle = new Float64Array(hidden);
  for (let i = 0; i < dimensions; i++) {
    const value = byRaw[i] ?? 0;
    for (let h = 0; h < hidden; h++) {
      const at = i * hidden + h;
      byUp[at] = (byUp[at] ?? 0) + value * (middle[h] ?? 0);
      byMiddle[h] = (byMiddle[h] ?? 0) + value * (up[at] ?? 0);
    }
  }
  for (let h = 0; h < hidden; h++) {
    if ((middle[h] ?? 0) <= 0) continue;
    for (let i = 0; i < dimensions; i++) {
      const at = h * dimensions + i;
      byDown[at] = (byDown[at] ?? 0) + (byMiddle[h] ?? 0) * (text[i] ?? 0);
    }
  }
}

function product(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}

/** Adam (Kingma & Ba, arXiv 1412.6980). Changes the weights it was given. */
function createAdam(weights: Float32Array): { weights: Float32Array; step(gradient: Float32Array): void } {
  const first = new Float32Array(weights.length);
  const second = new Float32Array(weights.length);
  let steps = 0;
  return {
    weights,
    step(gradient) {
      steps += 1;
      const rate = (LEARNING_RATE * Math.sqrt(1 - 0.999 ** steps)) / (1 - 0.9 ** steps);
      for (let i = 0; i < weights.length; i++) {
        const slope = gradient[i] ?? 0;
        first[i] = 0.9 * (first[i] ?? 0) + 0.1 * slope;
        second[i] = 0.999 * (second[i] ?? 0) + 0.001 * slope * slope;
        weights[i] = (weights[i] ?? 0) - (rate * (first[i] ?? 0)) / (Math.sqrt(second[i] ?? 0) + 1e-8);
      }
    },
  };
}
