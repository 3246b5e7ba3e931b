// Every shortcut on the sheet has words, and the two keyboards differ where they should.
import { describe, expect, it } from 'vitest';
import { groupsFor } from '../src/features/shortcuts/keys.ts';
import en from '../src/locales/en.json';

describe('shortcuts', () => {
  it('have words, and each stands once in its group', () => {
    const words = en.shortcuts as Record<string, unknown>;
    for (const group of groupsFor(false, true)) {
      expect(en.shortcuts.groups[group.name]).not.toBe('');
      const names = group.shortcuts.map((shortcut) => shortcut.name);
      expect(new Set(names).size).toBe(names.length);
      for (const name of names) expect(typeof words[name], name).toBe('string');
    }
  });

  it('name the Command key on a Mac, and Control elsewhere', () => {
    expect(groupsFor(true)[0]?.shortcuts[0]?.keys[0]).toEqual(['⌘', 'K']);
    expect(groupsFor(false)[0]?.shortcuts[0]?.keys[0]).toEqual(['Ctrl', 'K']);
  });
});
