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
] as const;
export type Command = (typeof COMMANDS)[number];

export interface NativeBridge {
  /** One listener: the last one counts. */
  onCommand(listener: (command: string) => void): void;
  /** For the menu's language and the system's own parts of the window. */
  tellLooks(looks: { theme: 'auto' | 'light' | 'dark'; language: string }): void;
  /** What a person let go over the window: the app asks, and adds the folders. Their paths stay out of the page. */
  addDropped(files: File[]): void;
  /** In the program that the system has for such pictures. */
  openElsewhere(photoId: string): void;
  /** Begins to drag the files of these photos to other programs; while the mouse button is down. */
  carry(photoIds: string[]): void;
}

/** Null in a browser, and with a bridge that knows no more than the connection. */
export function nativeBridge(): (DesktopBridge & NativeBridge) | null {
  const bridge: (DesktopBridge & Partial<NativeBridge>) | undefined = globalThis.window?.semblance;
  const whole =
    bridge?.onCommand && bridge.tellLooks && bridge.addDropped && bridge.openElsewhere && bridge.carry;
  return whole ? (bridge as DesktopBridge & NativeBridge) : null;
}

export function isCommand(value: string): value is Command {
  return COMMANDS.some((command) => command === value);
}
