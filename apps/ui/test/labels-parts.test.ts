// The pure parts of the labels, the runs, and the questions.
import type { Label, LabelledPhoto, LabelRun } from '@semblance/contract';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createAskStore } from '../src/features/labels/ask-store.ts';
import type { LabelCalls } from '../src/features/labels/calls.ts';
import { barHeights } from '../src/features/labels/histogram.ts';
import { pickerRows } from '../src/features/labels/picker-rows.ts';
import { createRunsStore } from '../src/features/labels/runs-store.ts';
import { createStudioStore } from '../src/features/labels/studio-store.ts';
import { possibleParents, treeRows } from '../src/features/labels/tree.ts';

const label = (id: number, name: string, parentId: number | null = null) => ({ id, name, parentId }) as Label;

describe('label tree', () => {
  const labels = [
    label(1, 'Zoo'),
    label(2, 'ant', 1),
    label(3, 'Boat'),
    label(4, 'Çınar', 99),
    label(5, 'egg', 2),
  ];
  const lines = (folded: number[] = []) =>
    treeRows(labels, new Set(folded), 'tr').map((row) => `${row.level} ${row.label.name}`);

  it('is ordered by the reader’s alphabet, children below their parent, strays on top level', () => {
    expect(lines()).toEqual(['1 Boat', '1 Çınar', '1 Zoo', '2 ant', '3 egg']);
    expect(lines([1])).toEqual(['1 Boat', '1 Çınar', '1 Zoo']);
  });

  it('offers no parent that lies below', () => {
    const names = (id: number | null) => possibleParents(labels, id).map((other) => other.name);
    expect(names(1)).toEqual(['Boat', 'Çınar']);
    expect(names(2)).toEqual(['Zoo', 'Boat', 'Çınar']);
    expect(names(null)).toHaveLength(5);
  });
});

describe('label picker', () => {
  const labels = ['Our boat', 'Boats', 'İstanbul', 'rowboat'].map((name) => ({ name }));
  const rows = (text: string) =>
    pickerRows(labels, text, 'tr').map((row) => (row.kind === 'label' ? row.label.name : `+${row.name}`));

  it('puts what begins with the letters first, and offers to make what is not there', () => {
    expect(rows('boat')).toEqual(['Boats', 'Our boat', 'rowboat', '+boat']);
    expect(rows(' boats ')).toEqual(['Boats']);
    expect(rows('istanbul')).toEqual(['İstanbul']);
    expect(rows('')).toHaveLength(4);
  });
});

describe('histogram', () => {
  it('shows a single photo beside a hundred thousand', () => {
    expect(barHeights([100_000, 1, 0])).toEqual([100, 4, 0]);
    expect(barHeights([0, 0])).toEqual([0, 0]);
  });
});

describe('runs', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('are followed until they end, and undone by their act', async () => {
    let now: LabelRun = { id: 1, state: 'running', done: 0, total: 9, actId: null } as LabelRun;
    const undone: number[] = [];
    const onEnd = vi.fn();
    const client = {
      labels: { run: async () => now, runs: async () => [now] },
      acts: {
        undo: async ({ id }: { id: number }) => {
          undone.push(id);
          now = { ...now, state: 'undone' };
        },
      },
    };
    const store = createRunsStore(client as unknown as LabelCalls, onEnd);
    await store.getState().start([1], { kind: 'all' });
    expect(store.getState().started?.state).toBe('running');
    now = { ...now, done: 5 };
    await vi.advanceTimersByTimeAsync(400);
    expect(store.getState().started?.done).toBe(5);
    expect(onEnd).not.toHaveBeenCalled();
    now = { ...now, state: 'done', done: 9, actId: 42 };
    await vi.advanceTimersByTimeAsync(400);
    expect(store.getState().started?.state).toBe('done');
    expect(onEnd).toHaveBeenCalledTimes(1);
    expect(vi.getTimerCount()).toBe(0);
    expect(await store.getState().undo(now)).toBe(true);
    expect(undone).toEqual([42]);
    expect(store.getState().runs[0]?.state).toBe('undone');
  });
});

describe('questions', () => {
  const photo = (n: number, verdict: 'yes' | null = null) =>
    ({ id: n.toString(16).padStart(20, '0'), verdict }) as LabelledPhoto;

  async function setUp() {
    const labels = {
      preview: () => new Promise(() => undefined),
      questions: async () => [photo(1), photo(2, 'yes'), photo(3)],
    };
    const client = { labels } as unknown as LabelCalls;
    const studio = createStudioStore(client);
    studio.getState().open({ ...label(1, 'dog'), descriptions: [], exclusions: [] } as unknown as Label);
    const ask = createAskStore(client, studio);
    await ask.getState().start();
    return { ask, studio, answers: () => studio.getState().desks[1]?.answers.map((one) => one.verdict) };
  }

  it('leave out what is answered, and answer into the studio', async () => {
    const { ask, answers } = await setUp();
    expect(ask.getState().photos.map((one) => one.id.at(-1))).toEqual(['1', '3']);
    ask.getState().answer('yes');
    ask.getState().skip();
    expect(ask.getState().phase).toBe('done');
    expect(answers()).toEqual(['yes']);
    ask.getState().undo();
    ask.getState().undo();
    expect(ask.getState()).toMatchObject({ phase: 'asking', at: 0, given: [] });
    expect(answers()).toEqual([]);
  });

  it('end when another label is opened', async () => {
    const { ask, studio } = await setUp();
    studio.getState().openNew(1);
    expect(ask.getState().phase).toBe('off');
  });
});
