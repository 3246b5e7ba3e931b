// The adapter: starts by changing nothing, learns what it is shown, leaves other texts alone, and can be kept in a file.
import { describe, expect, test } from 'vitest';
import {
  type Adapter,
  type AdapterTask,
  adaptText,
  dot,
  normalise,
  normalNumber,
  packAdapter,
  randomNumbers,
  trainAdapter,
  unpackAdapter,
} from '../src/index.ts';

const DIMENSIONS = 32;

/** Labels whose photos lie in another direction than their texts, as for words the model was not taught. */
function made(seed = 3): { task: AdapterTask; heldOut: AdapterTask['photos'] } {
  const random = randomNumbers(seed);
  const direction = () => normalise(Float32Array.from({ length: DIMENSIONS }, () => normalNumber(random)));
  const near = (centre: Float32Array) =>
    normalise(centre.map((value) => value + (0.5 * normalNumber(random)) / Math.sqrt(DIMENSIONS)));
  const centres = Array.from({ length: 6 }, direction);
  const photos = (count: number) =>
    centres.flatMap((centre, label) =>
      Array.from({ length: count }, () => ({ vector: near(centre), labels: [label] })),
    );
  const task = {
    dimensions: DIMENSIONS,
    texts: Array.from({ length: 6 }, direction),
    photos: photos(12),
    anchors: Array.from({ length: 20 }, direction),
    seed: 1,
  };
  return { task, heldOut: photos(4) };
}

function train(): { adapter: Adapter; losses: number[]; steps: number } {
  const { task, heldOut } = made();
  const training = trainAdapter(task, heldOut);
  let steps = 0;
  for (;;) {
    const next = training.next();
    if (next.done) {
      return { adapter: next.value.adapter, losses: next.value.curve.map((epoch) => epoch.heldOut), steps };
    }
    steps += 1;
  }
}

const { task, heldOut } = made();
const { adapter, losses, steps } = train();
const right = (texts: Float32Array[]) =>
  heldOut.filter(({ vector, labels }) => {
    const cosines = texts.map((text) => dot(vector, text));
    return cosines.indexOf(Math.max(...cosines)) === labels[0];
  }).length / heldOut.length;

describe('training', () => {
  test('held-out photos find their label, which they did not before', () => {
    expect(right(task.texts)).toBeLessThan(0.5);
    expect(right(task.texts.map((text) => adaptText(adapter, text)))).toBeGreaterThan(0.9);
  });

  test('everyday texts hardly move', () => {
    const kept = task.anchors.map((anchor) => dot(anchor, adaptText(adapter, anchor)));
    expect(Math.min(...kept)).toBeGreaterThan(0.9);
  });

  test('the best epoch is kept, and training stops when it gets no better', () => {
    expect(Math.min(...losses)).toBeLessThan((losses[0] ?? 0) / 2);
    expect(steps).toBe(losses.length);
    expect(losses.length).toBeLessThanOrEqual(81);
  });

  test('the same task gives the same adapter', () => {
    expect(train().adapter).toEqual(adapter);
  });

  test('nothing to learn from changes nothing', () => {
    const training = trainAdapter({ ...task, photos: [] }, []);
    let next = training.next();
    while (!next.done) next = training.next();
    const text = task.texts[0] ?? new Float32Array(0);
    expect(dot(adaptText(next.value.adapter, text), text)).toBeCloseTo(1, 5);
  });

  test('the training loss falls with every one of the first epochs', () => {
    const training = trainAdapter(task, heldOut);
    const train = Array.from({ length: 6 }, () => (training.next().value as { train: number }).train).slice(
      1,
    );
    expect([...train].sort((a, b) => b - a)).toEqual(train);
  });
});

describe('in a file', () => {
  test('comes back as it was', () => {
    expect(unpackAdapter(packAdapter(adapter), DIMENSIONS)).toEqual({
      ...adapter,
      logScale: Math.fround(adapter.logScale),
    });
  });

  test('damage and other models are noticed', () => {
    const bytes = packAdapter(adapter);
    expect(unpackAdapter(bytes, DIMENSIONS + 1)).toBeNull();
    expect(unpackAdapter(bytes.slice(0, -1), DIMENSIONS)).toBeNull();
    expect(unpackAdapter(new Uint8Array(3), DIMENSIONS)).toBeNull();
    const broken = bytes.slice();
    broken.fill(0xff, 100, 104);
    expect(unpackAdapter(broken, DIMENSIONS)).toBeNull();
    broken.fill(0, 0, 4);
    expect(unpackAdapter(broken, DIMENSIONS)).toBeNull();
  });
});
