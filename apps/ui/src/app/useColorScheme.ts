// Light or dark: the user's choice, or the system's as it changes during the day.
import { useSyncExternalStore } from 'react';
import type { Theme } from '../features/settings/store.ts';

const dark = window.matchMedia('(prefers-color-scheme: dark)');

export function useColorScheme(choice: Theme): 'light' | 'dark' {
  const isDark = useSyncExternalStore(
    (onChange) => {
      dark.addEventListener('change', onChange);
      return () => dark.removeEventListener('change', onChange);
    },
    () => dark.matches,
  );
  if (choice !== 'auto') return choice;
  return isDark ? 'dark' : 'light';
}
