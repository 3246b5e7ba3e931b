// Language and theme for everything outside the page: the system's at first, then as the page says; remembered.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { app, nativeTheme } from 'electron';
import { type Looks, rememberedLooks } from './decisions/looks.ts';
import { type Words, wordsIn } from './decisions/words.ts';

let looks: Looks = { theme: 'system', language: 'en' };

/** Once the app is ready: before that, the system's languages are not known. */
export function recallLooks(): void {
  looks = rememberedLooks(read(), app.getPreferredSystemLanguages());
  nativeTheme.themeSource = looks.theme;
}

export function words(): Words {
  return wordsIn(looks.language);
}

/** @returns whether the language is another one now: the menu has to be made again */
export function changeLooks(next: Looks): boolean {
  const { theme, language } = looks;
  if (next.theme === theme && next.language === language) return false;
  looks = next;
  nativeTheme.themeSource = next.theme;
  try {
    writeFileSync(file(), JSON.stringify(next));
  } catch {
    // Then the next start begins with the system's own.
  }
  return next.language !== language;
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
