// What survives a reload: the fragment of the URL and the stored settings, however damaged.
import { describe, expect, it } from 'vitest';
import { createSettingsStore, readSettings } from '../src/features/settings/store.ts';
import { formatUrlState, parseUrlState } from '../src/shared/url-state.ts';

const ID = '0123456789abcdef0123';

describe('url state', () => {
  it('comes back as it was', () => {
    for (const state of [
      { query: 'a dog & a cat #1', like: null, photo: ID },
      { query: null, like: ID, photo: null },
      { query: 'kırmızı şapka', like: null, photo: null },
      { query: null, like: null, photo: null },
    ]) {
      expect(parseUrlState(formatUrlState(state))).toEqual(state);
    }
  });

  it('is empty when there is nothing to remember', () => {
    expect(formatUrlState({ query: '  ', like: null, photo: null })).toBe('');
  });

  it('ignores what is not a photo id, and prefers the photo over the text', () => {
    expect(parseUrlState('#photo=../../etc/passwd&like=1')).toEqual({ query: null, like: null, photo: null });
    expect(parseUrlState(`#q=dog&like=${ID}`)).toEqual({ query: null, like: ID, photo: null });
  });
});

describe('settings', () => {
  it('fall back one by one when the stored value is damaged', () => {
    expect(readSettings('{"theme":"dark","language":"xx","rowHeight":9000}')).toMatchObject({
      theme: 'dark',
      rowHeight: 220,
    });
    for (const stored of [null, 'nonsense', '[]', 'null', '"x"']) {
      expect(readSettings(stored)).toMatchObject({ theme: 'auto', rowHeight: 220 });
    }
  });

  it('are stored as they change, and read back', () => {
    const kept = new Map<string, string>();
    const storage = {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
    };
    createSettingsStore(storage).getState().change({ language: 'tr', rowHeight: 160 });
    expect(createSettingsStore(storage).getState()).toMatchObject({ language: 'tr', rowHeight: 160 });
  });

  it('work without storage', () => {
    const forbidden = () => {
      throw new Error('denied');
    };
    const store = createSettingsStore({ getItem: forbidden, setItem: forbidden });
    store.getState().change({ theme: 'light' });
    expect(store.getState().theme).toBe('light');
  });
});
