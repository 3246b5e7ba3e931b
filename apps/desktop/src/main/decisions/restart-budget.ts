// How often a process that died is started again before the user is asked.

export interface RestartBudget {
  /** Starts allowed within the window. */
  readonly restarts: number;
  readonly windowMs: number;
}

export const ENGINE_RESTARTS: RestartBudget = { restarts: 3, windowMs: 5 * 60_000 };
export const WINDOW_RELOADS: RestartBudget = { restarts: 2, windowMs: 60_000 };

/** @returns a function to call at each death: true means start again, false means the budget is spent */
export function createRestartBudget(budget: RestartBudget): (now: number) => boolean {
  let spent: number[] = [];
  return (now) => {
    spent = spent.filter((at) => now - at < budget.windowMs);
    if (spent.length >= budget.restarts) return false;
    spent.push(now);
    return true;
  };
}
