// How the window looks, remembered on this machine only.
import { createStore, type StoreApi } from 'zustand';
import { createFeature } from '../../shared/feature-store.ts';
import { isLanguage, type Language, preferredLanguage } from '../../shared/i18n.ts';

export type Theme = 'auto' | 'light' | 'dark';

export interface Settings {
  theme: Theme;
  language: Language;
  /** Wished height of a grid row in pixels. */
  rowHeight: number;
  /** An icon in the system's tray; for the desktop app. */
  tray: boolean;
}

export interface SettingsState extends Settings {
  change(part: Partial<Settings>): void;
}

export const ROW_HEIGHTS = { min: 120, max: 360, step: 20 } as const;
const DEFAULT_ROW_HEIGHT = 220;
const KEY = 'semblance.settings';

export const settingsFeature = createFeature<SettingsState>('settings');
export const useSettings = settingsFeature.use;

export function createSettingsStore(storage: Pick<Storage, 'getItem' | 'setItem'>): StoreApi<SettingsState> {
  return createStore<SettingsState>((set, get) => ({
    ...readSettings(read(storage)),
    change: (part) => {
      set(part);
      const { theme, language, rowHeight, tray } = get();
      try {
        storage.setItem(KEY, JSON.stringify({ theme, language, rowHeight, tray } satisfies Settings));
      } catch {
        // Storage may be full or forbidden; the choice then lasts until the window closes.
      }
    },
  }));
}

/** Whatever was stored, made whole: unknown or damaged values fall back one by one. */
export function readSettings(stored: string | null): Settings {
  const raw = parse(stored);
  const { theme, language, rowHeight, tray } = raw;
  return {
    theme: theme === 'light' || theme === 'dark' ? theme : 'auto',
    language: isLanguage(language) ? language : preferredLanguage(),
    rowHeight:
      typeof rowHeight === 'number' && rowHeight >= ROW_HEIGHTS.min && rowHeight <= ROW_HEIGHTS.max
        ? rowHeight
        : DEFAULT_ROW_HEIGHT,
    tray: tray === true,
  };
}

function parse(stored: string | null): Partial<Record<keyof Settings, unknown>> {
  try {
    const value: unknown = JSON.parse(stored ?? '{}');
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}

function read(storage: Pick<Storage, 'getItem'>): string | null {
  try {
    return storage.getItem(KEY);
  } catch {
    return null;
  }
}
