// What was searched for lately.
import type { Catalog } from '@semblance/catalog';
import { plain } from '@semblance/core';

const SETTING = 'recent-searches';
const MOST = 30;

export interface RecentSearches {
  /** Latest first. */
  list(): string[];
  add(text: string): void;
  /** One, or all. */
  forget(text?: string): void;
}

export function createRecentSearches(catalog: Catalog): RecentSearches {
  const list = (): string[] => {
    try {
      const kept: unknown = JSON.parse(catalog.setting(SETTING) ?? '[]');
      return Array.isArray(kept) ? kept.filter((text) => typeof text === 'string') : [];
    } catch {
      return [];
    }
  };
  const keep = (texts: string[]): void =>
    catalog.setSetting(SETTING, texts.length === 0 ? null : JSON.stringify(texts.slice(0, MOST)));
  return {
    list,
    add(text) {
      const said = plain(text);
      if (said !== '') keep([said, ...list().filter((other) => other !== said)]);
    },
    forget: (text) => keep(text === undefined ? [] : list().filter((other) => other !== plain(text))),
  };
}
