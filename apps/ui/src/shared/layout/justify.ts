// Justified rows by day: every photo keeps its shape, full rows fill the width, and days that are smaller than
// a row stand side by side so that a library of single shots does not become a column of gaps.
import { dayOf, sameMonth } from './days.ts';
import type { GridLayout, LayoutOptions, Section } from './layout.ts';

interface Shape {
  ratio: number;
  takenAt: number;
}

/** Extreme panoramas are cropped in the grid rather than made into threads. */
const NARROWEST = 0.4;
const WIDEST = 5;
/** A last row that is this full is stretched; an emptier one keeps the wished height. */
const NEARLY_FULL = 0.86;
/** How far a row may grow over the wished height to fill the width. */
const TALLEST = 1.45;
/** A day beside others needs room for its heading: pixels. */
const NARROWEST_DAY = 128;

export function layoutPhotos(photos: readonly Shape[], options: LayoutOptions): GridLayout {
  const { width, rowHeight, gap, grouped, dayHeading, dayGap } = options;
  const monthHeading = grouped ? options.monthHeading : 0;
  const heading = grouped ? dayHeading : 0;
  const total = photos.length;
  const layout: GridLayout = {
    width,
    height: 0,
    left: new Float32Array(total),
    photoWidth: new Float32Array(total),
    row: new Uint32Array(total),
    rowTop: new Float64Array(total),
    rowHeight: new Float32Array(total),
    rowFirst: new Uint32Array(total + 1),
    rows: 0,
    sections: [],
    months: [],
  };
  const ratio = (index: number) => clamp(photos[index]?.ratio ?? 1, NARROWEST, WIDEST);
  let top = 0;

  const placeRow = (first: number, end: number, left: number, rowTop: number, height: number) => {
    const row = layout.rows++;
    layout.rowTop[row] = rowTop;
    layout.rowHeight[row] = height;
    layout.rowFirst[row] = first;
    let x = left;
    for (let i = first; i < end; i++) {
      const w = ratio(i) * height;
      layout.row[i] = row;
      layout.left[i] = x;
      layout.photoWidth[i] = w;
      x += w + gap;
    }
  };

  const dayWidth = (section: Section, height: number) => {
    let wide = gap * (section.count - 1);
    for (let i = section.first; i < section.first + section.count; i++) wide += ratio(i) * height;
    return Math.max(wide, NARROWEST_DAY);
  };
  const lineWidthAt = (line: Section[], height: number) =>
    line.reduce((sum, section) => sum + dayWidth(section, height) + dayGap, -dayGap);

  /** Days side by side in one line. `closed`: more would have followed, so the line may stretch to the edge. */
  const placeLine = (line: Section[], closed: boolean) => {
    let photosWidth = 0;
    let fixed = dayGap * (line.length - 1);
    for (const section of line) {
      for (let i = section.first; i < section.first + section.count; i++) photosWidth += ratio(i) * rowHeight;
      fixed += gap * (section.count - 1);
    }
    const fill = (width - fixed) / photosWidth;
    const stretch = (closed && fill <= TALLEST) || 1 / fill >= NEARLY_FULL ? fill : 1;
    let height = rowHeight * Math.min(stretch, TALLEST);
    // Days padded for their headings may leave no room to stretch; at the wished height the line is known to fit.
    if (lineWidthAt(line, height) > width + 0.5) height = rowHeight;
    let left = 0;
    for (const section of line) {
      section.left = left;
      section.top = top;
      section.height = heading + height + gap;
      section.firstRow = layout.rows;
      placeRow(section.first, section.first + section.count, left, top + heading, height);
      section.endRow = layout.rows;
      section.width = line.length === 1 ? width : dayWidth(section, height);
      left += section.width + dayGap;
      layout.sections.push(section);
    }
    top += heading + height + gap;
  };

  /** A day of several full-width rows. */
  const placeBlock = (section: Section) => {
    section.top = top;
    section.width = width;
    section.firstRow = layout.rows;
    let y = top + heading;
    let first = section.first;
    const end = section.first + section.count;
    while (first < end) {
      let stop = first;
      let sum = 0;
      // Take photos until the row is at most as high as wished...
      while (stop < end && (sum === 0 || (width - gap * (stop - first - 1)) / sum > rowHeight))
        sum += ratio(stop++);
      let height = (width - gap * (stop - first - 1)) / sum;
      const isLast = stop === end;
      if (stop - first > 1 && height < rowHeight) {
        // ...and give the last one back if the row comes nearer to the wish without it.
        const less = sum - ratio(stop - 1);
        const without = (width - gap * (stop - first - 2)) / less;
        if (without / rowHeight < rowHeight / height && without <= rowHeight * TALLEST) {
          stop -= 1;
          height = without;
        }
      }
      const cannotFill = isLast && stop === end && height > rowHeight / NEARLY_FULL;
      if (cannotFill || height > rowHeight * TALLEST) height = rowHeight;
      placeRow(first, stop, 0, y, height);
      y += height + gap;
      first = stop;
    }
    section.endRow = layout.rows;
    section.height = y - top;
    top = y;
    layout.sections.push(section);
  };

  let line: Section[] = [];
  let lineWidth = 0;
  const closeLine = (closed: boolean) => {
    if (line.length > 0) placeLine(line, closed);
    line = [];
    lineWidth = 0;
  };

  for (let first = 0; first < total; ) {
    const moment = photos[first]?.takenAt ?? 0;
    const day = dayOf(moment);
    let end = first;
    let natural = -gap;
    while (end < total && (!grouped || dayOf(photos[end]?.takenAt ?? 0) === day)) {
      natural += ratio(end++) * rowHeight + gap;
    }
    const month = layout.months.at(-1);
    if (month === undefined || (grouped && !sameMonth(month.moment, moment))) {
      closeLine(false);
      endMonth(layout, top);
      const firstSection = layout.sections.length;
      layout.months.push({ moment, top, height: 0, firstSection, endSection: firstSection, count: 0 });
      top += monthHeading;
    }
    const open = layout.months.at(-1);
    if (open !== undefined) open.count += end - first;

    const section: Section = {
      day,
      first,
      count: end - first,
      left: 0,
      top: 0,
      width: 0,
      height: 0,
      firstRow: 0,
      endRow: 0,
    };
    const needed = Math.max(natural, NARROWEST_DAY);
    if (!grouped || natural > width) {
      closeLine(true);
      placeBlock(section);
    } else {
      if (line.length > 0 && lineWidth + dayGap + needed > width) closeLine(true);
      lineWidth += (line.length > 0 ? dayGap : 0) + needed;
      line.push(section);
    }
    first = end;
  }
  closeLine(false);
  endMonth(layout, top);
  layout.rowFirst[layout.rows] = total;
  layout.height = top;
  return layout;
}

function endMonth(layout: GridLayout, top: number): void {
  const month = layout.months.at(-1);
  if (month === undefined) return;
  month.height = top - month.top;
  month.endSection = layout.sections.length;
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}
