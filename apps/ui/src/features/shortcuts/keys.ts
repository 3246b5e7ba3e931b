// The keys that exist, by the place where they work. What they do is in the features; this is their index.

export interface Shortcut {
  /** Under `shortcuts` in the locales. */
  name: string;
  /** Alternatives, each the keys to press together (or, for the arrows, any of them). */
  keys: readonly (readonly string[])[];
}

export interface ShortcutGroup {
  name: 'everywhere' | 'photos' | 'viewer' | 'labels';
  shortcuts: readonly Shortcut[];
}

export function groupsFor(isMac: boolean): readonly ShortcutGroup[] {
  return [
    {
      name: 'everywhere',
      shortcuts: [
        { name: 'search', keys: [isMac ? ['⌘', 'K'] : ['Ctrl', 'K'], ['/']] },
        { name: 'toResults', keys: [['↓']] },
        { name: 'escape', keys: [['Esc']] },
        { name: 'help', keys: [['?']] },
      ],
    },
    {
      name: 'photos',
      shortcuts: [
        { name: 'move', keys: [['←', '↑', '↓', '→']] },
        { name: 'page', keys: [['PageUp', 'PageDown']] },
        { name: 'ends', keys: [['Home', 'End']] },
        { name: 'open', keys: [['Enter']] },
        { name: 'like', keys: [['M']] },
      ],
    },
    {
      name: 'viewer',
      shortcuts: [
        { name: 'walk', keys: [['←', '→']] },
        { name: 'zoom', keys: [['+', '−']] },
        { name: 'actual', keys: [['1']] },
        { name: 'fit', keys: [['0']] },
        { name: 'info', keys: [['I']] },
        { name: 'like', keys: [['M']] },
        { name: 'close', keys: [['Esc']] },
      ],
    },
    {
      name: 'labels',
      shortcuts: [
        { name: 'labelYes', keys: [['Y']] },
        { name: 'labelNo', keys: [['N']] },
        { name: 'labelSkip', keys: [['Space'], ['S']] },
        { name: 'labelUndo', keys: [['U']] },
        { name: 'labelSave', keys: [isMac ? ['⌘', 'S'] : ['Ctrl', 'S']] },
      ],
    },
  ];
}
