// The verbs of photos, as the menu of one, the bar of many and the open photo show them. Who can do what is decided
// once, in app/verbs.tsx.
import type { ReactNode } from 'react';

export interface Verb {
  id: string;
  /** In the user's language. */
  label: string;
  icon: ReactNode;
  /** The key that does the same, as its cap. */
  shortcut?: string;
  /** Set apart in menus: it takes photos out of sight. */
  grave?: boolean;
  run(ids: readonly string[]): void;
}
