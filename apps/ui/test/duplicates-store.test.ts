// The review's choices show at once, roll back when the engine refuses, and can be taken back one by one.
import { describe, expect, it, vi } from 'vitest';
import { keptFiles } from '../src/features/duplicates/marks.ts';
import { createDuplicatesStore } from '../src/features/duplicates/store.ts';
import { fakeEngine, nameOf } from './duplicates-fixtures.ts';

const settle = () => new Promise((resolve) => setTimeout(resolve, 0));

async function reviewing(count: number) {
  const engine = fakeEngine(count);
  const store = createDuplicatesStore(engine.client);
  store.getState().openReview();
  await vi.waitFor(() => expect(store.getState().list.total).toBe(count));
  await settle();
  const now = () => store.getState().list.groups[store.getState().current];
  const chosen = () => engine.asked.filter((line) => line.startsWith('choose'));
  return { engine, store, now, chosen, state: () => store.getState() };
}

describe('the review', () => {
  it('loads only the pages that are looked at', async () => {
    const { engine, state } = await reviewing(500);
    expect(state().list.groups).toHaveLength(500);
    expect(engine.asked).toEqual(['groups 0']);
    await state().need(300, 320);
    expect(engine.asked).toEqual(['groups 0', 'groups 300']);
    expect(state().list.groups[310]?.id).toBe(nameOf(311));
    expect(state().list.groups[200]).toBeUndefined();
  });

  it('shows a mark at once and tells the engine all that is kept', async () => {
    const { state, now, chosen } = await reviewing(2);
    state().toggle(1);
    expect(keptFiles(now() as never)).toEqual([11, 12]);
    expect(now()).toMatchObject({ chosen: true, freed: 0 });
    await settle();
    expect(chosen()).toEqual(['choose 1 keep 11,12']);
  });

  it('refuses to empty a group, says why, and asks the engine nothing', async () => {
    const { state, now, chosen } = await reviewing(1);
    state().toggle(0);
    await settle();
    expect(keptFiles(now() as never)).toEqual([11]);
    expect(state().said).toMatchObject({ what: 'refused', why: 'last-one' });
    expect(chosen()).toEqual([]);
  });

  it('puts a mark back when the engine refuses it', async () => {
    const { engine, state, now } = await reviewing(2);
    engine.refuse = true;
    state().toggle(1);
    await vi.waitFor(() => expect(state().said?.what).toBe('failed'));
    expect(keptFiles(now() as never)).toEqual([11]);
    expect(now()).toMatchObject({ chosen: false });
    expect(state().steps).toEqual([]);
  });

  it('puts two quick marks back to what the engine had confirmed', async () => {
    const { engine, state, now } = await reviewing(1);
    engine.refuse = true;
    state().toggle(1);
    state().toggle(0);
    expect(keptFiles(now() as never)).toEqual([12]);
    await vi.waitFor(() => expect(keptFiles(now() as never)).toEqual([11]));
  });

  it('keeps the mark that went through when the next one is refused', async () => {
    const { engine, state, now } = await reviewing(1);
    state().toggle(1);
    const choose = engine.client.duplicates.choose;
    engine.client.duplicates.choose = async (...request) => {
      const answer = await choose(...request);
      engine.refuse = true;
      return answer;
    };
    state().toggle(0);
    expect(keptFiles(now() as never)).toEqual([12]);
    await vi.waitFor(() => expect(state().said?.what).toBe('failed'));
    expect(keptFiles(now() as never)).toEqual([11, 12]);
  });

  it('loads afresh when a decision is taken back under another order', async () => {
    const { engine, state } = await reviewing(3);
    state().decide('stack');
    await settle();
    state().setSort('newest');
    await vi.waitFor(() => expect(state().list.total).toBe(2));
    engine.groups = fakeEngine(3).groups;
    await state().undo();
    expect(state().list.groups.map((one) => one?.id)).toEqual([nameOf(1), nameOf(2), nameOf(3)]);
  });

  it('goes on with Space, once per group', async () => {
    const { state, chosen } = await reviewing(3);
    state().accept();
    expect(state().current).toBe(1);
    state().step(-1);
    state().accept();
    await settle();
    expect(chosen()).toEqual(['choose 1 keep 11']);
    expect(state().current).toBe(1);
  });

  it('takes a decided group out, and puts it back where it was by Undo', async () => {
    const { engine, state, now } = await reviewing(3);
    state().step(1);
    state().decide('not-duplicates');
    expect(state().list.total).toBe(2);
    expect(now()?.id).toBe(nameOf(3));
    await state().undo();
    expect(engine.asked.at(-1)).toBe('undo 1');
    expect(state().list.total).toBe(3);
    expect(state().list.groups.map((one) => one?.id)).toEqual([nameOf(1), nameOf(2), nameOf(3)]);
    expect(now()?.id).toBe(nameOf(2));
  });

  it('brings a decided group back when the engine refuses', async () => {
    const { engine, state } = await reviewing(3);
    engine.refuse = true;
    state().decide('stack');
    expect(state().list.total).toBe(2);
    await vi.waitFor(() => expect(state().list.total).toBe(3));
    expect(state().list.groups[0]?.id).toBe(nameOf(1));
    expect(state().said?.what).toBe('failed');
  });

  it('loads on without a gap or a double after decisions', async () => {
    const { state } = await reviewing(150);
    for (let i = 0; i < 5; i++) state().decide('keep-all');
    await settle();
    await state().need(0, 145);
    const ids = state().list.groups.map((one) => one?.id);
    expect(ids).toEqual(Array.from({ length: 145 }, (_, i) => nameOf(i + 6)));
  });

  it('does not put an answer to an older question into the list', async () => {
    const { engine, state } = await reviewing(150);
    const groups = engine.client.duplicates.groups;
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    engine.client.duplicates.groups = async (...request) => {
      const answer = await groups(...request);
      await held;
      return answer;
    };
    const late = state().need(60, 100);
    engine.client.duplicates.groups = groups;
    engine.groups = engine.groups.slice(0, 4);
    state().setSort('newest');
    await vi.waitFor(() => expect(state().list.total).toBe(4));
    release();
    await late;
    expect(state().list.total).toBe(4);
    expect(state().list.groups).toHaveLength(4);
  });

  it('keeps the group in front when the list is refreshed', async () => {
    const { engine, state, now } = await reviewing(150);
    await state().need(0, 120);
    state().go(100);
    engine.groups = engine.groups.slice(1);
    await state().refresh();
    expect(now()?.id).toBe(nameOf(101));
    expect(state().current).toBe(99);
  });

  it('looks again when a group is gone', async () => {
    const { engine, state } = await reviewing(3);
    engine.gone = true;
    engine.groups = engine.groups.slice(1);
    state().accept();
    await vi.waitFor(() => expect(state().list.total).toBe(2));
    expect(state().list.groups[0]?.id).toBe(nameOf(2));
  });

  it('keeps a decided group among the decided ones when it is decided otherwise', async () => {
    const { state, now, chosen } = await reviewing(2);
    state().setFilter({ decided: true });
    await vi.waitFor(() => expect(state().list.total).toBe(2));
    state().decide('stack');
    expect(state().list.total).toBe(2);
    expect(now()?.decision).toBe('stack');
    await settle();
    expect(chosen()).toEqual(['choose 1 decide']);
  });

  it('says so when there is nothing to take back, and at the end', async () => {
    const { state } = await reviewing(1);
    await state().undo();
    expect(state().said?.what).toBe('nothing-to-undo');
    state().step(1);
    expect(state().said?.what).toBe('end');
  });
});

describe('applying', () => {
  it('plans again with every change, and moves files only when told', async () => {
    const engine = fakeEngine(4);
    const store = createDuplicatesStore(engine.client);
    store.getState().openApply({});
    await vi.waitFor(() => expect(store.getState().applyPhase).toBe('ready'));
    store.getState().setScope({ kinds: ['exact', 'resaved'] });
    await vi.waitFor(() => expect(store.getState().applyPhase).toBe('ready'));
    expect(engine.asked).toEqual(['plan exact', 'plan exact,resaved']);
    await store.getState().apply();
    expect(store.getState()).toMatchObject({ applyPhase: 'done', applied: { undo: 'possible' } });
    expect(engine.asked.filter((line) => line === 'apply')).toHaveLength(1);
  });

  it('does not start while the plan is being made', async () => {
    const engine = fakeEngine(4);
    const store = createDuplicatesStore(engine.client);
    store.getState().openApply({});
    await store.getState().apply();
    expect(engine.asked).not.toContain('apply');
  });

  it('can be taken back after the dialog is closed, and again for what stayed in the trash', async () => {
    const engine = fakeEngine(4);
    const store = createDuplicatesStore(engine.client);
    store.getState().openApply({});
    await vi.waitFor(() => expect(store.getState().applyPhase).toBe('ready'));
    await store.getState().apply();
    store.getState().closeApply();
    expect(store.getState()).toMatchObject({ applyPhase: 'closed', applied: { undo: 'possible' } });
    engine.refuse = true;
    await store.getState().undoApply();
    expect(store.getState().applied).toMatchObject({ undo: 'possible', restored: { restored: 3 } });
    engine.refuse = false;
    await store.getState().undoApply();
    expect(store.getState().applied).toMatchObject({ undo: 'done', restored: { restored: 4 } });
    expect(engine.asked.filter((line) => line === 'restore 77')).toHaveLength(2);
  });

  it('puts the rules back when they cannot be saved', async () => {
    const engine = fakeEngine(1);
    const store = createDuplicatesStore(engine.client);
    await store.getState().loadRules();
    engine.refuse = true;
    await store.getState().changeRules({ order: ['detail'], preferred: [], references: [] });
    expect(store.getState().rules?.order).toEqual(['raw', 'oldest']);
    expect(store.getState().applyFault).not.toBeNull();
  });
});
