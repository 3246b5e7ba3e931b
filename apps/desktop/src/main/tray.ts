// The icon in the tray, for whoever wants one: with it, Semblance goes on when its window is closed.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Menu, nativeImage, Tray } from 'electron';
import type { Work } from '../shared/messages.ts';
import { type TrayActions, trayTemplate } from './decisions/tray-template.ts';
import { NOTHING_UNDER_WAY } from './decisions/work.ts';
import { looksNow, words } from './looks.ts';

export interface TrayIcon {
  /** The wish for an icon or the language is another one now, or this is the first look. */
  refresh(): void;
  show(work: Work): void;
  isShown(): boolean;
}

/** Sides of its pictures in pixels, by the scale of the screen. */
const SIDES = [16, 24, 32].map((side) => ({ side, scaleFactor: side / 16 }));

/** @param icons folder of the app's icons */
export function createTrayIcon(icons: string, actions: TrayActions): TrayIcon {
  let tray: Tray | null = null;
  let work = NOTHING_UNDER_WAY;
  let said = '';

  function make(): Tray {
    const made = new Tray(picture(icons));
    made.setToolTip('Semblance');
    made.on('click', actions.open);
    return made;
  }

  function remake(): void {
    const template = trayTemplate(words(), work, actions);
    const next = JSON.stringify(template);
    // Another menu closes one that is open, on some systems: not for nothing.
    if (tray === null || next === said) return;
    said = next;
    tray.setContextMenu(Menu.buildFromTemplate(template));
  }

  return {
    refresh() {
      const { tray: wanted } = looksNow();
      if (wanted && tray === null) tray = make();
      if (!wanted) {
        tray?.destroy();
        tray = null;
      }
      said = '';
      remake();
    },
    show(next) {
      work = next;
      remake();
    },
    isShown: () => tray !== null,
  };
}

function picture(icons: string): Electron.NativeImage {
  const image = nativeImage.createEmpty();
  for (const { side, scaleFactor } of SIDES) {
    const buffer = readFileSync(join(icons, `${side}x${side}.png`));
    image.addRepresentation({ scaleFactor, width: side, height: side, buffer });
  }
  return image;
}
