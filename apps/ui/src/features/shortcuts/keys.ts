// The keys that exist, by the place where they work. What they do is in the features; this is their index.

export interface Shortcut {
  /** Under `shortcuts` in the locales. */
  name: string;
  /** Alternatives, each the keys to press together (or, for the arrows, any of them). */
  keys: readonly (readonly string[])[];
}

export interface ShortcutGroup {
  name: 'everywhere' | 'photos' | 'choosing' | 'viewer' | 'labels';
  shortcuts: readonly Shortcut[];
}

/** @param isNative in the desktop app */
export function groupsFor(isMac: boolean, isNative = false): readonly ShortcutGroup[] {
  return [
    {
      name: 'everywhere',
      shortcuts: [
        { name: 'search', keys: [isMac ? ['⌘', 'K'] : ['Ctrl', 'K'], ['/']] },
        { name: 'toResults', keys: [['↓']] },
        { name: 'escape', keys: [['Esc']] },
        { name: 'undo', keys: [isMac ? ['⌘', 'Z'] : ['Ctrl', 'Z']] },
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
        { name: 'size', keys: [['+', '−']] },
        { name: 'like', keys: [['M']] },
      ],
    },
    {
      name: 'choosing',
      shortcuts: [
        { name: 'choose', keys: [['X']] },
        { name: 'extend', keys: [['Shift', '←', '↑', '↓', '→']] },
        { name: 'all', keys: [isMac ? ['⌘', 'A'] : ['Ctrl', 'A']] },
        { name: 'favourite', keys: [['F']] },
        { name: 'rate', keys: [['1–5']] },
        { name: 'unrate', keys: [['0']] },
        { name: 'album', keys: [['A']] },
        { name: 'export', keys: [['E']] },
        { name: 'copy', keys: [isMac ? ['⌘', 'C'] : ['Ctrl', 'C']] },
        { name: 'hide', keys: [['H']] },
        { name: 'trash', keys: [['Del']] },
        ...(isNative ? [{ name: 'carry', keys: [['Shift', 'Drag']] }] : []),
      ],
    },
    {
      name: 'viewer',
      shortcuts: [
        { name: 'walk', keys: [['←', '→']] },
        { name: 'zoom', keys: [['+', '−']] },
        { name: 'actual', keys: [['Z']] },
        { name: 'turn', keys: [['R']] },
        { name: 'slideshow', keys: [['S']] },
        { name: 'info', keys: [['I']] },
        { name: 'like', keys: [['M']] },
        { name: 'part', keys: [['P']] },
        { name: 'why', keys: [['W']] },
        { name: 'trashOpen', keys: [['Del']] },
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
