// The acts that can be taken back, the last one on top. What could not be taken back is never dropped from it.
import type { ActId } from '@semblance/contract';

export interface UndoStack {
  push(act: ActId): void;
  /** What Ctrl/Cmd-Z would take back now. */
  top(): ActId | undefined;
  /** It is being taken back. */
  take(act: ActId): void;
  /**
   * It could not be: it is on top again. One that fails again and again goes below all others, so that they have their turn.
   *
   * @param nobodysFault the engine did not answer: says nothing of the act, and the order stays
   */
  giveBack(act: ActId, nobodysFault?: boolean): void;
}

export function createUndoStack(): UndoStack {
  let acts: ActId[] = [];
  const failed = new Set<ActId>();
  return {
    push: (act) => void acts.push(act),
    top: () => acts.at(-1),
    take: (act) => {
      acts = acts.filter((other) => other !== act);
    },
    giveBack: (act, nobodysFault = false) => {
      const others = acts.filter((other) => other !== act);
      const again = failed.has(act) && !nobodysFault;
      acts = again ? [act, ...others] : [...others, act];
      if (again) failed.delete(act);
      else if (!nobodysFault) failed.add(act);
    },
  };
}
