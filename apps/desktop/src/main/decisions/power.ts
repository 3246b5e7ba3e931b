// What the system says of power and of whoever sits before it, as the engine takes it for the pace of indexing.
import type { Conditions } from '../../shared/messages.ts';

/** Nobody has touched anything for so long: seconds. As long as screens stay on at least. */
export const IDLE_SECONDS = 120;
/** How often that is asked: Electron tells no one of it by itself. */
export const IDLE_LOOK_MS = 15_000;

export const POWER_EVENTS = [
  'on-battery',
  'on-ac',
  'suspend',
  'resume',
  'lock-screen',
  'unlock-screen',
] as const;
export type PowerEvent = (typeof POWER_EVENTS)[number];

/** What is known after an event of Electron's `powerMonitor`. */
export function afterPower(before: Conditions, event: PowerEvent): Conditions {
  switch (event) {
    case 'on-battery':
      return { ...before, battery: true };
    case 'on-ac':
      return { ...before, battery: false };
    case 'suspend':
      return { ...before, suspended: true };
    // Some systems unlock without a word of waking.
    case 'resume':
    case 'unlock-screen':
      return { ...before, suspended: false, idle: event === 'resume' ? before.idle : false };
    case 'lock-screen':
      return { ...before, idle: true };
  }
}

/** @param state as `powerMonitor.getSystemIdleState` says */
export function idleOf(state: 'active' | 'idle' | 'locked' | 'unknown'): boolean | null {
  return state === 'unknown' ? null : state !== 'active';
}
