// Makes Chromium's own permissions say what the app's handlers say. Chromium cannot ask the app from outside, so every
// permission is decided when a page arrives, not when it asks.
import { fromChromium } from './addresses.ts';
import { checked, requested } from './modules/session.ts';
import { theChromium } from './state.ts';

/** Electron's name, and what Chromium calls it. */
const PERMISSIONS: readonly (readonly [string, Readonly<Record<string, unknown>>])[] = [
  ['geolocation', { name: 'geolocation' }],
  ['notifications', { name: 'notifications' }],
  ['media', { name: 'camera' }],
  ['media', { name: 'microphone' }],
  ['midi', { name: 'midi' }],
  ['midiSysex', { name: 'midi', sysex: true }],
  ['clipboard-read', { name: 'clipboard-read' }],
  ['clipboard-sanitized-write', { name: 'clipboard-write' }],
  ['idle-detection', { name: 'idle-detection' }],
  ['window-management', { name: 'window-management' }],
];

/** @param origin as Chromium knows it */
export async function decidePermissions(contents: Electron.WebContents, origin: string): Promise<void> {
  const shown = fromChromium(origin);
  for (const [electrons, permission] of PERMISSIONS) {
    const granted =
      checked(contents, electrons, shown) && (await requested(contents, electrons, `${shown}/`));
    await theChromium().cdp.send('Browser.setPermission', {
      permission,
      setting: granted ? 'granted' : 'denied',
      origin,
    });
  }
}
