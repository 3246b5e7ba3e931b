// Tells the engine of battery, sleep, and whether anybody is there, so that indexing keeps out of the way.
import { powerMonitor } from 'electron';
import type { Conditions } from '../shared/messages.ts';
import { afterPower, IDLE_LOOK_MS, IDLE_SECONDS, idleOf, POWER_EVENTS } from './decisions/power.ts';
import type { Engine } from './engine.ts';

/** Once the app is ready. */
export function watchPower(engine: Engine): void {
  let known: Conditions = { battery: powerMonitor.isOnBatteryPower(), idle: null, suspended: false };
  const learn = (next: Conditions): void => {
    if (JSON.stringify(next) === JSON.stringify(known)) return;
    known = next;
    engine.setConditions(known);
  };
  const look = (): void => learn({ ...known, idle: idleOf(powerMonitor.getSystemIdleState(IDLE_SECONDS)) });

  engine.setConditions(known);
  for (const event of POWER_EVENTS) {
    // Electron types each event apart; all of these carry nothing.
    powerMonitor.on(event as 'suspend', () => learn(afterPower(known, event)));
  }
  setInterval(look, IDLE_LOOK_MS).unref();
  look();
}
