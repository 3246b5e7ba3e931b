// What the parts of the double share within one running app.
import { join } from 'node:path';
import type { Chromium } from './chromium.ts';

export interface Launch {
  /** Folder of the app's package.json, as `electron <folder>` gets it. */
  appFolder: string;
  /** Electron's `--user-data-dir`. */
  userData: string;
  /** Chromium's executable. */
  chromium: string;
  language: string;
}

let launch: Launch | null = null;
let chromium: Chromium | null = null;
let ready = false;

export function setLaunch(facts: Launch): void {
  launch = facts;
}

export function launched(): Launch {
  if (launch === null) throw new Error('The double was not started by run.ts.');
  return launch;
}

export function setChromium(started: Chromium): void {
  chromium = started;
}

export function theChromium(): Chromium {
  if (chromium === null) throw new Error('Chromium has not started.');
  return chromium;
}

export function setReady(): void {
  ready = true;
}

export function isReady(): boolean {
  return ready;
}

/** Electron refuses much before `ready` and some things after it; so does the double. */
export function needsReady(what: string): void {
  if (!ready) throw new Error(`${what} can only be used after the app is ready`);
}

export function needsNotReady(what: string): void {
  if (ready) throw new Error(`${what} should be called before app is ready`);
}

export function profileFolder(): string {
  return join(launched().userData, 'chromium');
}

export async function closeChromium(): Promise<void> {
  const started = chromium;
  chromium = null;
  await started?.close();
}
