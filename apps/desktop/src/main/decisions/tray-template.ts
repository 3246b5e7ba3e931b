// The menu of the icon in the tray, as data: what is going on, and the little that needs no window.
import type { MenuItemConstructorOptions } from 'electron';
import type { Work } from '../../shared/messages.ts';
import type { Words } from './words.ts';

export interface TrayActions {
  open(): void;
  setPaused(paused: boolean): void;
  quit(): void;
}

export function trayTemplate(
  { tray }: Pick<Words, 'tray'>,
  work: Work,
  actions: TrayActions,
): MenuItemConstructorOptions[] {
  const paused = work.state === 'paused';
  const working = work.state === 'indexing' || work.state === 'scanning';
  return [
    { label: stateOf(tray, work), enabled: false },
    { type: 'separator' },
    { label: tray.open, click: actions.open },
    {
      label: paused ? tray.resume : tray.pause,
      enabled: paused || working,
      click: () => actions.setPaused(!paused),
    },
    { type: 'separator' },
    { label: tray.quit, click: actions.quit },
  ];
}

function stateOf(words: Words['tray'], { state, done, found }: Work): string {
  switch (state) {
    case 'indexing':
      return words.working(found > 0 ? Math.min(100, Math.floor((done / found) * 100)) : 0);
    case 'scanning':
      return words.scanning;
    case 'paused':
      return words.paused;
    case 'stopped':
      return words.stopped;
    case 'idle':
      return words.idle;
  }
}
