// The hash of a turned picture follows from the hash of the picture: checked against turning the pixels.
import { expect, test } from 'vitest';
import {
  hammingDistance,
  readSignature,
  SIGNATURE_SIDE as SIDE,
  signatureOf,
  TURNS,
  type Turn,
  turnedFrom,
  turnHash,
} from '../src/index.ts';

/** Uneven in every direction. */
const picture = Uint8Array.from({ length: SIDE * SIDE }, (_, i) => {
  const [x, y] = [i % SIDE, Math.floor(i / SIDE)];
  return 128 + 60 * Math.sin(x / 3 + y / 7) + 50 * Math.cos((x * y) / 90) + ((i * 7919) % 13);
});

function turned(turn: Turn): Uint8Array {
  return Uint8Array.from({ length: SIDE * SIDE }, (_, i) => {
    const [x, y] = turnedFrom(turn, i % SIDE, Math.floor(i / SIDE), SIDE, SIDE);
    return picture[y * SIDE + x] ?? 0;
  });
}

const hash = readSignature(signatureOf(picture)).hash;

test.each(TURNS)('turn %i: turning bits is turning pixels', (turn) => {
  expect(turnHash(hash, turn)).toEqual(readSignature(signatureOf(turned(turn))).hash);
});

test('the eight ways are eight hashes, and distance counts bits', () => {
  const all = TURNS.map((turn) => turnHash(hash, turn).join());
  expect(new Set(all).size).toBe(8);
  expect(hammingDistance(hash, hash)).toBe(0);
  expect(hammingDistance(Uint16Array.of(0, 1, 0, 0), Uint16Array.of(0, 2, 0, 0x8000))).toBe(3);
});

test('brightness and contrast leave the hash, another length is refused', () => {
  const flat = picture.map((level) => level / 2 + 20);
  expect(hammingDistance(readSignature(signatureOf(flat)).hash, hash)).toBeLessThanOrEqual(2);
  expect(() => readSignature(new Uint8Array(3))).toThrow(RangeError);
});
