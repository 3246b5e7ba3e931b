// Words in the user's language for everything outside the window.
import { en } from './words/en.ts';
import { tr } from './words/tr.ts';

export type Words = typeof en;
export type Language = 'en' | 'tr';

export function wordsIn(language: Language): Words {
  return language === 'tr' ? tr : en;
}

/** @param preferred tags of the system's languages, best first. The first that we speak; English otherwise. */
export function languageOf(preferred: readonly string[]): Language {
  return preferred.map((tag) => tag.slice(0, 2).toLowerCase()).find(isLanguage) ?? 'en';
}

export function isLanguage(value: unknown): value is Language {
  return value === 'en' || value === 'tr';
}
