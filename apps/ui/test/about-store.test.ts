// What is known of the library stays on screen when a newer answer fails.
import { describe, expect, it } from 'vitest';
import type { Client } from '../src/connection/connection.ts';
import { createAboutStore } from '../src/features/settings/about-store.ts';
import { languageName } from '../src/shared/format.ts';

describe('about the library', () => {
  it('shows the latest answer, and keeps it beside a failure', async () => {
    const answers: (() => Promise<unknown>)[] = [
      async () => ({ directory: '/a' }),
      async () => {
        throw new TypeError('Failed to fetch');
      },
      async () => ({ directory: '/b' }),
    ];
    const library = { status: () => answers.shift()?.() };
    const store = createAboutStore({ library } as unknown as Pick<Client, 'library'>);
    expect(store.getState()).toMatchObject({ status: null, fault: null });
    await store.getState().load();
    expect(store.getState()).toMatchObject({ status: { directory: '/a' }, fault: null });
    await store.getState().load();
    expect(store.getState().status).toMatchObject({ directory: '/a' });
    expect(store.getState().fault).not.toBeNull();
    await store.getState().load();
    expect(store.getState()).toMatchObject({ status: { directory: '/b' }, fault: null });
  });

  it('names languages in the language of the reader', () => {
    expect(languageName('en', 'tr')).toBe('Turkish');
    expect(languageName('tr', 'en')).toBe('İngilizce');
    expect(languageName('en', 'not a code')).toBe('not a code');
  });
});
