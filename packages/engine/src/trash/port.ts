// Where files go instead of being deleted. Chosen by the host; tests hand in ports that fail.

/** Written to the journal before the move, so that after a crash the file is found by looking. */
export type TrashReceipt =
  | {
      kind: 'folder';
      /** Where the file will lie. */
      path: string;
      /** The note beside it that says where it came from (`.trashinfo`). */
      note: string;
      /** Notes of a trash on another disk name paths from its top folder; null for absolute ones. */
      top: string | null;
    }
  /** The system's own bin, which does not say where it puts things: nothing can be brought back from here. */
  | { kind: 'system' };

export interface TrashPort {
  /**
   * Places where this file could go, best first, with names that are free now. Moves and makes nothing.
   *
   * @param taken receipts' paths that are promised to other files
   */
  plan(path: string, taken: ReadonlySet<string>): Promise<TrashReceipt[]>;
  /** Never copies, never overwrites. @throws the system's error; the file is then where it was */
  put(path: string, receipt: TrashReceipt): Promise<void>;
  /** Never overwrites. @throws with code `EEXIST` when the name is taken; the file is then where it was */
  restore(receipt: TrashReceipt, path: string): Promise<void>;
  /** Removes a note without a file, as a crash between the two leaves it. */
  tidy(receipt: TrashReceipt): Promise<void>;
}
