// What can go wrong on the way from a hub, one request at a time.

export type HubFault =
  /** Answers with this status. */
  | { kind: 'status'; status: number; retryAfter?: string }
  /** The connection breaks after so many bytes. */
  | { kind: 'drop'; after: number }
  /** Sends so many bytes and then nothing at all. */
  | { kind: 'stall'; after: number }
  /** Says that the file is so many bytes shorter, and ends there. */
  | { kind: 'short'; by: number }
  /** Says that the file is so many bytes longer, and sends them. */
  | { kind: 'long'; by: number }
  /** Other bytes, as many. */
  | { kind: 'corrupt' }
  /** The whole file from the beginning, whatever was asked for. */
  | { kind: 'ignore-range' }
  /** A part that was not asked for. */
  | { kind: 'wrong-range' }
  /** The file has another ETag now. */
  | { kind: 'other-etag' }
  /** Sends people elsewhere. */
  | { kind: 'redirect'; to: string }
  /** An answer that is no JSON. */
  | { kind: 'nonsense' };

export interface PlannedFault {
  /** Part of the path that it is for. */
  on: string;
  fault: HubFault;
  /** Requests that it still spoils. */
  times: number;
}

/** The next fault for a path, counted down. */
export function takeFault(plan: readonly PlannedFault[], path: string): HubFault | null {
  const next = plan.find((planned) => planned.times > 0 && path.includes(planned.on));
  if (next === undefined) return null;
  next.times -= 1;
  return next.fault;
}
