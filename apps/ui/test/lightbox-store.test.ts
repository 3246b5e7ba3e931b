// Sizes of photos: known for the open one and its neighbours, and not hoarded.
import type { PhotoDetail } from '@semblance/contract';
import { describe, expect, it } from 'vitest';
import type { Client } from '../src/connection/connection.ts';
import { createLightboxStore } from '../src/features/lightbox/store.ts';

function setUp() {
  const asked: string[] = [];
  const get = async ({ id }: { id: string }) => {
    asked.push(id);
    if (id === 'gone') throw new TypeError('Failed to fetch');
    return { id, width: 300, height: 200 } as PhotoDetail;
  };
  const store = createLightboxStore({ photos: { get } } as unknown as Pick<Client, 'photos'>);
  const settled = () => new Promise((resolve) => setTimeout(resolve, 0));
  return { store, asked, settled };
}

describe('lightbox store', () => {
  it('learns the size of the open photo, and of one that may come next without opening it', async () => {
    const { store, asked, settled } = setUp();
    store.getState().open('a');
    store.getState().expect('b');
    await settled();
    expect(store.getState().sizes.get('a')).toEqual({ width: 300, height: 200 });
    expect(store.getState().sizes.get('b')).toEqual({ width: 300, height: 200 });
    expect(store.getState().detail?.id).toBe('a');
    store.getState().expect('b');
    expect(asked).toEqual(['a', 'b']);
  });

  it('leaves a neighbour that cannot be read to the moment it is opened', async () => {
    const { store, settled } = setUp();
    store.getState().open('a');
    store.getState().expect('gone');
    await settled();
    expect(store.getState().fault).toBeNull();
    store.getState().open('gone');
    await settled();
    expect(store.getState()).toMatchObject({ detail: null });
    expect(store.getState().fault).not.toBeNull();
  });

  it('forgets the sizes of photos seen long ago, and never the latest', async () => {
    const { store, settled } = setUp();
    for (let i = 0; i < 100; i++) {
      store.getState().open(`p${i}`);
      await settled();
    }
    expect(store.getState().sizes.size).toBeLessThanOrEqual(60);
    expect(store.getState().sizes.has('p99')).toBe(true);
    expect(store.getState().sizes.has('p0')).toBe(false);
  });
});
