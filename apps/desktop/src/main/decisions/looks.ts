// How the app looks, as its page says and as it is remembered: for the menu's language, the system's own parts, the icon in
// the tray, and the colour of the window before its page is there.
import { isLanguage, type Language, languageOf } from './words.ts';

export interface Looks {
  /** As Electron's `nativeTheme.themeSource` takes it. */
  theme: 'system' | 'light' | 'dark';
  language: Language;
  /** An icon in the tray, with which the app goes on when its window is closed. */
  tray: boolean;
}

/** @param sent from the page, or from a file: anything. Null: it makes no sense. */
export function looksOf(sent: unknown): Looks | null {
  if (typeof sent !== 'object' || sent === null) return null;
  const { theme, language, tray: wish } = sent as { theme?: unknown; language?: unknown; tray?: unknown };
  if (!isLanguage(language)) return null;
  const tray = wish === true;
  if (theme === 'light' || theme === 'dark') return { theme, language, tray };
  return theme === 'system' || theme === 'auto' ? { theme: 'system', language, tray } : null;
}

/**
 * @param file contents of the file that remembers, or null on the first start
 * @param preferred tags of the system's languages, best first
 */
export function rememberedLooks(file: string | null, preferred: readonly string[]): Looks {
  try {
    const looks = looksOf(JSON.parse(file ?? 'null'));
    if (looks !== null) return looks;
  } catch {
    // Damaged: as if it were the first start.
  }
  return { theme: 'system', language: languageOf(preferred), tray: false };
}

/** As the page paints itself (`--sem-bg` in apps/ui/src/app/app.css), so that nothing flashes before it does. */
export function paperColor(isDark: boolean): string {
  return isDark ? '#1c1b19' : '#f8f6f3';
}
