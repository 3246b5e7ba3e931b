// Ctrl/Cmd-Z takes back the last act first, and an act that could not be taken back is never lost.
import { expect, test } from 'vitest';
import { createUndoStack } from '../src/shared/undo-stack.ts';

function stack(...acts: number[]) {
  const made = createUndoStack();
  for (const act of acts) made.push(act);
  return made;
}

test('the last act first, each once', () => {
  const acts = stack(1, 2);
  expect(acts.top()).toBe(2);
  acts.take(2);
  expect(acts.top()).toBe(1);
  acts.take(1);
  expect(acts.top()).toBeUndefined();
});

test('one that failed is tried again by the next press, and then lets the others go first', () => {
  const acts = stack(1, 2);
  acts.take(2);
  acts.giveBack(2);
  expect(acts.top()).toBe(2);
  acts.take(2);
  acts.giveBack(2);
  expect(acts.top()).toBe(1);
  acts.take(1);
  expect(acts.top()).toBe(2);
});

test('while the engine does not answer, the order stays', () => {
  const acts = stack(1, 2);
  for (let press = 0; press < 3; press++) {
    acts.take(2);
    acts.giveBack(2, true);
    expect(acts.top()).toBe(2);
  }
});
