// The room of what was thrown away: what is on the list, what is chosen, and what became of putting it back.
import type { RestoreReport, ThrownAway } from '@semblance/contract';
import { describe, expect, it, vi } from 'vitest';
import { byDay, dayTitle, folderName } from '../src/features/trash/days.ts';
import { createTrashStore } from '../src/features/trash/store.ts';

function thrown(id: number, place: ThrownAway['place'] = 'here', at = id): ThrownAway {
  return { id, actId: 1, at, path: `/p/${id}.jpg`, bytes: 10, companions: 0, tile: null, place };
}

const BACK: RestoreReport = { restored: 1, renamed: [], failed: [] };

function fake(files: ThrownAway[], report: RestoreReport = BACK) {
  const disk = { files };
  const trash = {
    list: vi.fn(async ({ limit }: { limit: number }) => ({
      total: disk.files.length,
      bytes: disk.files.length * 10,
      files: disk.files.slice(0, limit),
    })),
    putBack: vi.fn(async ({ ids }: { ids: number[] }) => {
      const stays = new Set(report.failed.map(({ path }) => path));
      disk.files = disk.files.filter(({ id, path }) => !ids.includes(id) || stays.has(path));
      return report;
    }),
    dismiss: vi.fn(async () => ({ files: 1 })),
  };
  return { disk, trash, store: createTrashStore({ trash } as never) };
}

describe('what was thrown away', () => {
  it('is only counted until somebody looks, and then shown', async () => {
    const { store, trash } = fake([thrown(3), thrown(2), thrown(1)]);
    await store.getState().refresh();
    expect(trash.list).toHaveBeenLastCalledWith({ offset: 0, limit: 1 });
    expect(store.getState()).toMatchObject({ total: 3, bytes: 30, phase: 'ready' });
    await store.getState().load();
    expect(store.getState().files).toHaveLength(3);
    await store.getState().refresh();
    expect(store.getState().files).toHaveLength(3);
  });

  it('chooses only what can come back, and forgets what has', async () => {
    const { store } = fake([thrown(3), thrown(2, 'gone'), thrown(1)]);
    await store.getState().load();
    store.getState().chooseAll(true);
    expect([...store.getState().chosen]).toEqual([3, 1]);
    store.getState().choose(1, false);
    expect([...store.getState().chosen]).toEqual([3]);
    await store.getState().putBack([3]);
    expect(store.getState()).toMatchObject({ total: 2, report: BACK, busy: false });
    expect(store.getState().chosen.size).toBe(0);
  });

  it('keeps what could not come back, with the reason', async () => {
    const failed = [{ path: '/p/2.jpg', why: 'read-only' as const, message: '' }];
    const { store } = fake([thrown(3), thrown(2)], { restored: 1, renamed: [], failed });
    await store.getState().load();
    store.getState().chooseAll(true);
    await store.getState().putBack([3, 2]);
    const { files, problems, chosen } = store.getState();
    expect(files.map(({ id }) => id)).toEqual([2]);
    expect(problems.get('/p/2.jpg')).toBe('read-only');
    expect([...chosen]).toEqual([2]);
  });

  it('says that the engine is not there, and keeps the list', async () => {
    const { store, trash } = fake([thrown(1)]);
    await store.getState().load();
    trash.putBack.mockRejectedValueOnce(new Error('away'));
    await store.getState().putBack([1]);
    expect(store.getState()).toMatchObject({ fault: { kind: 'ENGINE_LOST' }, busy: false, total: 1 });
    trash.list.mockRejectedValueOnce(new Error('away'));
    await store.getState().refresh();
    expect(store.getState()).toMatchObject({ phase: 'ready', total: 1 });
  });

  it('takes off the list one, or all that are gone', async () => {
    const { store, trash } = fake([thrown(1, 'gone')]);
    await store.getState().dismiss(1);
    expect(trash.dismiss).toHaveBeenLastCalledWith({ ids: [1] });
    await store.getState().dismiss(null);
    expect(trash.dismiss).toHaveBeenLastCalledWith({});
  });

  it('stands under its days, by this machine’s clock', () => {
    const noon = new Date(2026, 4, 7, 12).getTime();
    const hour = 3_600_000;
    const days = byDay([
      thrown(3, 'here', noon),
      thrown(2, 'here', noon - hour),
      thrown(1, 'here', noon - 20 * hour),
    ]);
    expect(days.map(({ files }) => files.map(({ id }) => id))).toEqual([[3, 2], [1]]);
    expect(days.map(({ day }) => dayTitle('en', day, noon))).toEqual(['Today', 'Yesterday']);
    expect(dayTitle('tr', days[0]?.day ?? 0, noon)).toBe('Bugün');
    expect(dayTitle('tr', new Date(2026, 3, 1).getTime(), noon)).toBe('1 Nisan Çarşamba');
    expect(dayTitle('en-GB', new Date(2025, 3, 1).getTime(), noon)).toContain('2025');
  });

  it('names the folder of a path of any platform', () => {
    expect(folderName('/home/ada/a.jpg')).toBe('/home/ada');
    expect(folderName('C:\\Photos\\a.jpg')).toBe('C:\\Photos');
    expect(folderName('/a.jpg')).toBe('/');
  });
});
