// What the page may ask of Chromium: two harmless things. Everything else is denied, known today or not.
import { isOwnPage } from './origin.ts';

const GRANTED: ReadonlySet<string> = new Set(['clipboard-sanitized-write', 'fullscreen']);

/** @param requester address or origin of the asking frame */
export function mayUse(permission: string, requester: string): boolean {
  return GRANTED.has(permission) && isOwnPage(requester);
}
