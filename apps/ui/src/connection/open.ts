// Picks the transport at run time: the preload's bridge if there is one, the page's own origin otherwise.
import { connectToServer } from './browser.ts';
import type { Connection } from './connection.ts';
import { connectToDesktop, type DesktopBridge } from './desktop.ts';

declare global {
  interface Window {
    semblance?: DesktopBridge;
  }
}

export async function openConnection(): Promise<Connection> {
  return window.semblance ? connectToDesktop(window.semblance) : connectToServer(window.location.origin);
}
