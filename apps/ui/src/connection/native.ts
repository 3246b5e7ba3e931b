// What the desktop app can do beside the engine, through the preload's bridge. Null in a browser.
import type { DesktopBridge } from './desktop.ts';

/** What the menu asks of the page. The same names as in apps/desktop/src/shared/commands.ts; others are ignored. */
export const COMMANDS = [
  'find',
  'undo',
  'settings',
  'shortcuts',
  'go-photos',
  'go-favourites',
  'go-recent',
  'go-albums',
  'go-labels',
  'go-duplicates',
  'photo-favourite',
  'photo-album',
  'photo-label',
  'photo-copy',
  'photo-open-elsewhere',
  'photo-reveal',
  'photo-export',
  'photo-hide',
  'photo-trash',
  'show-wanted',
] as const;
export type Command = (typeof COMMANDS)[number];

export interface NativeBridge {
  /** One listener: the last one counts. */
  onCommand(listener: (command: string) => void): void;
  /** For the menu's language, the system's own parts of the window, and the icon in the tray. */
  tellLooks(looks: { theme: 'auto' | 'light' | 'dark'; language: string; tray: boolean }): void;
  /** What a person let go over the window: the app asks, and adds the folders. Their paths stay out of the page. */
  addDropped(files: File[]): void;
  /** In the program that the system has for such pictures. */
  openElsewhere(photoId: string): void;
  /** Begins to drag the files of these photos to other programs; while the mouse button is down. */
  carry(photoIds: string[]): void;
  /** @returns whether the picture is on the clipboard now */
  copyPicture(photoId: string): Promise<boolean>;
  /** The photo of a file that somebody opened with the app, once; null when there is none. */
  wantedPhoto(): Promise<string | null>;
}

const MEMBERS = [
  'onCommand',
  'tellLooks',
  'addDropped',
  'openElsewhere',
  'carry',
  'copyPicture',
  'wantedPhoto',
] as const satisfies readonly (keyof NativeBridge)[];

/** Null in a browser, and with a bridge that knows no more than the connection. */
export function nativeBridge(): (DesktopBridge & NativeBridge) | null {
  const bridge: (DesktopBridge & Partial<NativeBridge>) | undefined = globalThis.window?.semblance;
  if (bridge === undefined || MEMBERS.some((member) => bridge[member] === undefined)) return null;
  return bridge as DesktopBridge & NativeBridge;
}

export function isCommand(value: string): value is Command {
  return COMMANDS.some((command) => command === value);
}
