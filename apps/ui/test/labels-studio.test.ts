// The studio: previews of the newest words only, answers at once, and no unsaved work lost.
import { ORPCError } from '@orpc/client';
import type { Label, LabelPreview } from '@semblance/contract';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { LabelCalls, PreviewRequest } from '../src/features/labels/calls.ts';
import { isDirty, withAnswers } from '../src/features/labels/desk.ts';
import { createStudioStore, currentDesk, TYPING_MS } from '../src/features/labels/studio-store.ts';

const A = `${'0'.repeat(19)}a`;
const B = `${'0'.repeat(19)}b`;

function labelOf(id: number, name: string): Label {
  return {
    id,
    name,
    descriptions: [`a photo of ${name}`],
    exclusions: [],
    parentId: null,
    color: 'blue',
    precision: 0.8,
    automatic: false,
    sensitive: false,
    examples: { yes: 0, no: 0 },
    tagged: 0,
    suggested: 0,
    pack: null,
  };
}

function previewOf(inside: number): LabelPreview {
  return {
    photos: [],
    border: { inside: [], outside: [] },
    histogram: [],
    threshold: 0.5,
    inside,
    expectedPrecision: null,
    basis: 'calibration',
    collisions: [],
    wording: null,
    unknownWords: [],
    searched: 10,
    milliseconds: 1,
  };
}

function setUp() {
  const asked: {
    request: PreviewRequest;
    signal: AbortSignal | undefined;
    answer(inside: number): Promise<void>;
  }[] = [];
  const sent: [string, unknown][] = [];
  const refuse = new Set<string>();
  const act = (name: string, actId: number) => async (input: unknown) => {
    if (refuse.has(name)) throw new ORPCError('DISK_FULL', { defined: true, message: 'Full.' });
    sent.push([name, input]);
    return { actId, photos: 0, label: labelOf(7, 'garden') };
  };
  const labels = {
    preview: (request: PreviewRequest, options?: { signal?: AbortSignal }) =>
      new Promise<LabelPreview>((resolve) => {
        asked.push({
          request,
          signal: options?.signal,
          answer: async (inside) => {
            resolve(previewOf(inside));
            await vi.advanceTimersByTimeAsync(0);
          },
        });
      }),
    create: act('create', 1),
    change: act('change', 2),
    answer: act('answer', 3),
  };
  const store = createStudioStore({ labels } as unknown as LabelCalls);
  const desk = () => {
    const found = currentDesk(store.getState());
    if (found === null) throw new Error('No desk.');
    return found;
  };
  const last = () => {
    const call = asked.at(-1);
    if (call === undefined) throw new Error('Nothing was asked.');
    return call;
  };
  return { store, asked, sent, refuse, desk, last, act: () => store.getState() };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('studio', () => {
  it('asks nothing without words, and once after a pause in typing', async () => {
    const { act, asked, last } = setUp();
    act().openNew(0);
    expect(asked).toHaveLength(0);
    for (const name of ['g', 'ga', 'garden ']) act().edit({ name });
    await vi.advanceTimersByTimeAsync(TYPING_MS);
    expect(asked).toHaveLength(1);
    expect(last().request).toMatchObject({
      id: null,
      draft: { name: 'garden', descriptions: [] },
      answers: [],
    });
    // What the preview does not depend on does not ask for one.
    act().edit({ color: 'red', automatic: true });
    await vi.advanceTimersByTimeAsync(TYPING_MS);
    expect(asked).toHaveLength(1);
  });

  it('drops the answer to older words, and aborts its call', async () => {
    const { act, asked, desk, last } = setUp();
    act().open(labelOf(1, 'dog'));
    const [first] = asked;
    act().edit({ descriptions: ['a cat'] });
    expect(first?.signal?.aborted).toBe(true);
    await vi.advanceTimersByTimeAsync(TYPING_MS);
    await last().answer(2);
    await first?.answer(1);
    expect(desk().preview?.inside).toBe(2);
  });

  it('asks again at once with an answer, and takes back the last one', () => {
    const { act, asked, desk, last } = setUp();
    act().open(labelOf(1, 'dog'));
    act().answer(A, 'yes');
    act().answer(B, 'no');
    act().answer(B, 'yes');
    expect(asked).toHaveLength(4);
    expect(last().request.answers).toEqual([
      { photoId: A, verdict: 'yes' },
      { photoId: B, verdict: 'yes' },
    ]);
    act().undoAnswer();
    expect(last().request.answers.at(-1)).toEqual({ photoId: B, verdict: 'no' });
    // An answer taken back is sent as none.
    act().answer(A, null);
    expect(last().request.answers).toEqual([{ photoId: B, verdict: 'no' }]);
    const photo = { id: A, verdict: 'yes' } as never;
    expect(withAnswers([photo], desk().answers)).toMatchObject([{ id: A, verdict: null }]);
  });

  it('keeps unsaved work while another label is looked at', async () => {
    const { act, desk, last } = setUp();
    const [dog, cat] = [labelOf(1, 'dog'), labelOf(2, 'cat')];
    act().open(dog);
    act().edit({ descriptions: ['a running dog'] });
    act().answer(A, 'yes');
    act().open(cat);
    expect(last().request.id).toBe(2);
    expect(isDirty(desk())).toBe(false);
    act().open({ ...dog, tagged: 9 });
    expect(desk()).toMatchObject({ draft: { descriptions: ['a running dog'] }, answers: [{ photoId: A }] });
    // An untouched one follows the library.
    act().open({ ...cat, name: 'kitten' });
    expect(desk().draft.name).toBe('kitten');
    act().open(dog);
    act().reset();
    expect(isDirty(desk())).toBe(false);
    expect(desk().draft.descriptions).toEqual(['a photo of dog']);
  });

  it('follows the library where nothing is unsaved', () => {
    const { act, asked, desk } = setUp();
    const dog = labelOf(1, 'dog');
    act().open(dog);
    act().follow([{ ...dog, tagged: 3 }]);
    expect(asked).toHaveLength(1);
    act().follow([{ ...dog, descriptions: ['a puppy'] }]);
    expect(desk().draft.descriptions).toEqual(['a puppy']);
    expect(asked).toHaveLength(2);
    act().edit({ color: 'red' });
    act().follow([dog]);
    expect(desk().draft).toMatchObject({ color: 'red', descriptions: ['a puppy'] });
  });

  it('does not take blank lines for work', () => {
    const { act, desk } = setUp();
    act().open(labelOf(1, 'dog'));
    act().edit({ descriptions: ['a photo of dog', '', '  '], exclusions: [''] });
    expect(isDirty(desk())).toBe(false);
  });

  it('saves a new label, then its answers, and goes on with it', async () => {
    const { act, sent, desk } = setUp();
    act().openNew(0);
    act().edit({ name: ' garden ', descriptions: ['roses', ''] });
    act().answer(A, 'yes');
    act().answer(A, 'no');
    const saved = await act().save();
    expect(saved).toEqual({ id: 7, name: 'garden', isNew: true, acts: [1, 3] });
    expect(sent).toMatchObject([
      ['create', { draft: { name: 'garden', descriptions: ['roses'] } }],
      ['answer', { decisions: [{ labelId: 7, photoId: A, verdict: 'no' }] }],
    ]);
    expect(act().key).toBe(7);
    expect(Object.keys(act().desks)).toEqual(['7']);
    expect(isDirty(desk())).toBe(false);
  });

  it('sends only what has changed', async () => {
    const { act, sent } = setUp();
    act().open(labelOf(1, 'dog'));
    act().edit({ name: 'Hund' });
    await act().save();
    expect(sent).toEqual([['change', { id: 1, name: 'Hund' }]]);
  });

  it('keeps the answers of a new label that was made when they could not be saved', async () => {
    const { act, refuse, sent, desk } = setUp();
    act().openNew(0);
    act().edit({ name: 'garden' });
    act().answer(A, 'yes');
    refuse.add('answer');
    expect(await act().save()).toBeNull();
    expect(act().saveFault?.kind).toBe('DISK_FULL');
    expect(desk()).toMatchObject({ id: 7, answers: [{ photoId: A, verdict: 'yes' }] });
    refuse.clear();
    await act().save();
    expect(sent.map(([name]) => name)).toEqual(['create', 'answer']);
    expect(isDirty(desk())).toBe(false);
  });

  it('keeps what is answered while a save is under way', async () => {
    const { act, desk } = setUp();
    act().open(labelOf(1, 'dog'));
    act().answer(A, 'yes');
    const saving = act().save();
    act().answer(B, 'no');
    await saving;
    expect(desk().answers).toEqual([{ photoId: B, verdict: 'no' }]);
  });
});
