// What survives a reload: the fragment of the URL, the sidebar and the stored settings, however damaged.
import { describe, expect, it } from 'vitest';
import { createSettingsStore, readSettings } from '../src/features/settings/store.ts';
import { HOME } from '../src/shared/place.ts';
import { formatUrlState, parseUrlState, type UrlState } from '../src/shared/url-state.ts';

const ID = '0123456789abcdef0123';

describe('url state', () => {
  it('comes back as it was', () => {
    const nothing = { place: HOME, query: null, like: null, photo: null };
    const states: UrlState[] = [
      { ...nothing, query: 'a dog & a cat #1', photo: ID },
      { ...nothing, like: ID },
      { ...nothing, like: `${ID},${ID.replace('0', 'f')}`, query: 'at night' },
      { ...nothing, query: 'kırmızı şapka' },
      nothing,
      { ...nothing, place: { kind: 'favourites' }, query: 'dog' },
      { ...nothing, place: { kind: 'album', id: 3 }, photo: ID },
      { ...nothing, place: { kind: 'folder', id: 1, path: '2019/ankara & çevresi' } },
      { ...nothing, place: { kind: 'folder', id: 12, path: '' } },
      { ...nothing, place: { kind: 'folder', id: 1, path: 'a%2Fb: 50%' } },
      { ...nothing, place: { kind: 'room', id: 'labels' }, photo: ID },
    ];
    for (const state of states) {
      expect(parseUrlState(formatUrlState(state))).toEqual(state);
    }
  });

  it('is empty when there is nothing to remember', () => {
    expect(formatUrlState({ place: HOME, query: '  ', like: null, photo: null })).toBe('');
  });

  it('ignores what is not a photo id, and keeps words beside photos', () => {
    const nothing = { place: HOME, query: null, like: null, photo: null };
    expect(parseUrlState('#photo=../../etc/passwd&like=1')).toEqual(nothing);
    expect(parseUrlState(`#q=dog&like=${ID}`)).toEqual({ ...nothing, query: 'dog', like: ID });
    expect(parseUrlState(`#like=${ID},nonsense`)).toEqual(nothing);
  });

  it('is written so that a person can read it', () => {
    const nothing = { query: null, like: null, photo: null };
    expect(formatUrlState({ ...nothing, place: { kind: 'favourites' } })).toBe('#view=favourites');
    expect(formatUrlState({ ...nothing, place: { kind: 'album', id: 3 } })).toBe('#album=3');
    expect(formatUrlState({ ...nothing, place: { kind: 'folder', id: 1, path: '2019/ankara' } })).toBe(
      '#folder=1:2019/ankara',
    );
    expect(formatUrlState({ ...nothing, place: { kind: 'room', id: 'labels' } })).toBe('#room=labels');
  });

  it('is at home when the place makes no sense', () => {
    for (const hash of [
      '#view=all',
      '#view=../x',
      '#album=0',
      '#album=x',
      '#folder=2019',
      '#folder=0:x',
      '#room=',
    ])
      expect(parseUrlState(hash).place, hash).toEqual(HOME);
    expect(parseUrlState('#folder=2:/2019/').place).toEqual({ kind: 'folder', id: 2, path: '2019' });
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
