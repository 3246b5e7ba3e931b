// The words outside the window, in both languages, and the menu that is made of them.

import { errorKind } from '@semblance/contract';
import type { MenuItemConstructorOptions } from 'electron';
import { describe, expect, it } from 'vitest';
import { openFailure } from '../src/main/decisions/sentences.ts';
import { type Language, languageOf, type Words, wordsIn } from '../src/main/decisions/words.ts';
import { type MenuActions, menuTemplate } from '../src/main/menu-template.ts';

const LANGUAGES: Language[] = ['en', 'tr'];

/** Every text by its key; functions are asked for one and for many. */
function textsOf(value: unknown, key = ''): [string, string][] {
  if (typeof value === 'string') return [[key, value]];
  if (typeof value === 'function') return [1, 1234].map((count) => [`${key}(${count})`, value(count)]);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => textsOf(inner, `${key}.${name}`));
}

describe('the words', () => {
  it('are there in both languages, and differ', () => {
    const [en, tr] = LANGUAGES.map((language) => new Map(textsOf(wordsIn(language))));
    expect([...(tr?.keys() ?? [])]).toEqual([...(en?.keys() ?? [])]);
    expect([...(en?.values() ?? []), ...(tr?.values() ?? [])].filter((text) => text.trim() === '')).toEqual(
      [],
    );
    const same = [...(en ?? [])].filter(([key, text]) => tr?.get(key) === text);
    expect(same).toEqual([]);
  });

  it('write numbers as their readers do', () => {
    expect(wordsIn('en').ready.body(1234)).toContain('1,234');
    expect(wordsIn('tr').ready.body(1234)).toContain('1.234');
  });

  it.each([
    [['tr-TR', 'en-US'], 'tr'],
    [['de-DE', 'TR'], 'tr'],
    [['de-DE'], 'en'],
    [[], 'en'],
  ])('of %j are %s', (preferred, language) => {
    expect(languageOf(preferred)).toBe(language);
  });
});

describe('what the app says', () => {
  it.each([...errorKind.options, null])('for %s is a message and a way on', (kind) => {
    for (const language of LANGUAGES) {
      const { message, detail } = openFailure(wordsIn(language), kind, 'The engine said so.');
      expect(message).toMatch(/^\p{Lu}.*\.$/u);
      expect(detail).toMatch(/\.$/);
      expect(detail.includes('The engine said so.')).toBe(language === 'en');
    }
  });

  it('names another program for a library in use', () => {
    const { message } = openFailure(wordsIn('en'), 'LIBRARY_IN_USE', '');
    expect(message).toContain('open in another program');
  });
});

describe('the menu', () => {
  const done: string[] = [];
  const actions: MenuActions = {
    addFolders: () => done.push('add'),
    showLibraryFolder: () => done.push('library'),
    showLogFolder: () => done.push('log'),
    copyDiagnostics: () => done.push('diagnostics'),
    send: (command) => done.push(command),
  };
  const template = (platform: NodeJS.Platform, words: Words = wordsIn('en'), isPackaged = true) =>
    menuTemplate({ platform, isPackaged, words }, actions);
  const itemsOf = (menu: MenuItemConstructorOptions[]): MenuItemConstructorOptions[] =>
    menu.flatMap(({ submenu }) => (Array.isArray(submenu) ? submenu : []));

  it.each(['darwin', 'win32', 'linux'] as const)('has what people look for on %s', (platform) => {
    for (const words of LANGUAGES.map(wordsIn)) {
      const menu = template(platform, words);
      const labels = itemsOf(menu).map(({ label }) => label);
      const { addFolders, copy, fullScreen, find, settings, duplicates, diagnostics, quit, about } =
        words.menu;
      for (const wanted of [
        addFolders,
        copy,
        fullScreen,
        find,
        settings,
        duplicates,
        diagnostics,
        quit,
        about,
      ])
        expect(labels.filter((label) => label === wanted)).toEqual([wanted]);
      expect(labels).not.toContain(words.menu.devTools);
      expect(menu[0]).toMatchObject(platform === 'darwin' ? { role: 'appMenu' } : { label: words.menu.file });
    }
  });

  it('names every item itself: Electron would name roles in English', () => {
    for (const platform of ['darwin', 'win32', 'linux'] as const) {
      const menu = template(platform, wordsIn('tr'), false);
      const unnamed = [...menu, ...itemsOf(menu)].filter(
        ({ type, role, label }) => type !== 'separator' && role !== 'appMenu' && label === undefined,
      );
      expect(unnamed).toEqual([]);
    }
  });

  it('uses no key and, in one menu, no letter twice', () => {
    for (const platform of ['darwin', 'win32'] as const) {
      const keys = itemsOf(template(platform)).flatMap(({ accelerator }) => accelerator ?? []);
      expect(new Set(keys).size).toBe(keys.length);
    }
    for (const words of LANGUAGES.map(wordsIn)) {
      const letters = template('linux', words).map(({ label }) =>
        /&(.)/.exec(label ?? '')?.[1]?.toLowerCase(),
      );
      expect(new Set(letters).size).toBe(letters.length);
      expect(letters).not.toContain(undefined);
    }
  });

  it('leaves to the page the keys that the page knows', () => {
    const left = itemsOf(template('win32')).filter((item) => item.registerAccelerator === false);
    const letters = ['F', 'A', 'L', 'E', 'H', 'Delete'];
    expect(left.map(({ accelerator }) => accelerator)).toEqual(['CmdOrCtrl+Z', 'CmdOrCtrl+K', ...letters]);
    // macOS would take them from whoever types.
    const keys = itemsOf(template('darwin')).flatMap(({ accelerator }) => accelerator ?? []);
    expect(keys.filter((key) => !key.includes('+'))).toEqual([]);
  });

  it('does something with each item that has no role', () => {
    const own = itemsOf(template('linux')).filter(
      ({ type, role }) => type !== 'separator' && role === undefined,
    );
    done.length = 0;
    for (const { click } of own) (click as () => void)();
    expect(done).toHaveLength(own.length);
    expect(new Set(done).size).toBe(own.length);
  });

  it('has the developer tools in development', () => {
    expect(JSON.stringify(template('linux', wordsIn('en'), false))).toContain('toggleDevTools');
  });
});
