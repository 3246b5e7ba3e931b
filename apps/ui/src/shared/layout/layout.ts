// The shape of a laid-out grid: numbers in columns, so that 100,000 photos cost a few megabytes and no garbage.

/** One day's photos (or a part of a grid that is not grouped): a block with its own heading. */
export interface Section {
  /** Milliseconds, start of the day in the photos' own wall-clock time. */
  day: number;
  first: number;
  count: number;
  /** Pixels, from the grid's top left corner. */
  left: number;
  top: number;
  width: number;
  /** Heading included. Sections side by side have the same height. */
  height: number;
  firstRow: number;
  /** One past the last. */
  endRow: number;
}

/** Small months stand side by side; those have the same top and height. */
export interface Month {
  /** Milliseconds, a moment within the month. */
  moment: number;
  left: number;
  top: number;
  width: number;
  height: number;
  firstSection: number;
  /** One past the last. */
  endSection: number;
  count: number;
}

export interface GridLayout {
  width: number;
  height: number;
  /** Per photo. */
  left: Float32Array;
  photoWidth: Float32Array;
  row: Uint32Array;
  /** Per row; `rowFirst` has one more entry, the number of photos. */
  rowTop: Float64Array;
  rowHeight: Float32Array;
  rowFirst: Uint32Array;
  rows: number;
  sections: Section[];
  months: Month[];
}

export interface LayoutOptions {
  /** Pixels. */
  width: number;
  /** Wished row height in pixels; real rows come near it. */
  rowHeight: number;
  /** Between photos. */
  gap: number;
  /** False: no days and months, in the order given. */
  grouped: boolean;
  /** Space for headings; 0 when not grouped. */
  dayHeading: number;
  monthHeading: number;
  /** Between two days, and two months, side by side. */
  dayGap: number;
  monthGap: number;
  /** When not grouped: from photo `at` on a second part begins, with room for a heading and rows of its own height. */
  split?: { at: number; heading: number; rowHeight: number } | undefined;
}
