// Language and theme for everything outside the page: the system's at first, then as the page says; remembered.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { app, nativeTheme } from 'electron';
import { type Looks, rememberedLooks } from './decisions/looks.ts';
import { type Words, wordsIn } from './decisions/words.ts';

let looks: Looks = { theme: 'system', language: 'en', tray: false };

/** Once the app is ready: before that, the system's languages are not known. */
export function recallLooks(): void {
  looks = rememberedLooks(read(), app.getPreferredSystemLanguages());
  nativeTheme.themeSource = looks.theme;
}

export function words(): Words {
  return wordsIn(looks.language);
}

export function looksNow(): Looks {
  return looks;
}

/** @returns whether anything is different now: menus have to be made again */
export function changeLooks(next: Looks): boolean {
  const { theme, language, tray } = looks;
  if (next.theme === theme && next.language === language && next.tray === tray) return false;
  looks = next;
  nativeTheme.themeSource = next.theme;
  try {
    writeFileSync(file(), JSON.stringify(next));
  } catch {
    // Then the next start begins with the system's own.
  }
  return true;
}

function read(): string | null {
  try {
    return readFileSync(file(), 'utf8');
  } catch {
    return null;
  }
}

function file(): string {
  return join(app.getPath('userData'), 'looks.json');
}
