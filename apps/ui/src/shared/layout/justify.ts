// Justified rows by day and month: every photo keeps its shape, full rows fill the width, and days smaller than a
// row stand side by side. So do months smaller than a row: a library of single shots is not a column of gaps.
import { dayOfPhotos, monthsOf } from './days.ts';
import type { GridLayout, LayoutOptions, Month, Section } from './layout.ts';
import { type Day, dayWidth, fillingHeight, type Group, groupWidth, lineWidth } from './line.ts';

interface Shape {
  ratio: number;
  takenAt: number;
}

/** Extreme panoramas are cropped in the grid rather than made into threads. */
const NARROWEST = 0.4;
const WIDEST = 5;
/** A last row that is this full is stretched; an emptier one keeps the wished height. */
const NEARLY_FULL = 0.86;
/** How far a row may grow over the wished height to fill the width, and a line of months shrink below it. */
const TALLEST = 1.45;
const SHORTEST = 0.7;

export function layoutPhotos(photos: readonly Shape[], options: LayoutOptions): GridLayout {
  const { width, gap, grouped, dayGap, monthGap } = options;
  const monthHeading = grouped ? options.monthHeading : 0;
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
  const takenAt = (index: number) => photos[index]?.takenAt ?? 0;
  let top = 0;
  let rowHeight = options.rowHeight;
  let heading = grouped ? options.dayHeading : 0;

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

  const openSection = (day: Day, left: number, wide: number): Section => {
    const firstRow = layout.rows;
    const { first, count } = day;
    const section = { day: day.day, first, count, left, top, width: wide, height: 0, firstRow, endRow: 0 };
    layout.sections.push(section);
    return section;
  };

  const openMonth = (days: Group, left: number, wide: number): Month => {
    const firstSection = layout.sections.length;
    const moment = takenAt(days[0]?.first ?? 0);
    const count = days.reduce((sum, day) => sum + day.count, 0);
    const month = {
      moment,
      left,
      top,
      width: wide,
      height: 0,
      firstSection,
      endSection: firstSection,
      count,
    };
    layout.months.push(month);
    return month;
  };

  /** Days side by side from `left` on, all one row high; `top` stays. */
  const placeDays = (days: Group, height: number, left: number) => {
    let x = left;
    for (const day of days) {
      const wide = dayWidth(day, height, options);
      const section = openSection(day, x, wide);
      placeRow(day.first, day.first + day.count, x, top + heading, height);
      section.endRow = layout.rows;
      section.height = heading + height + gap;
      x += wide + dayGap;
    }
  };

  /** `closed`: more would have followed, so the line may stretch to the edge. */
  const heightOf = (line: readonly Group[], closed: boolean) => {
    if (lineWidth(line, rowHeight, options) > width)
      return fillingHeight(line, width, rowHeight * SHORTEST, rowHeight, options);
    const most = rowHeight * (closed ? TALLEST : 1 / NEARLY_FULL);
    // A line that cannot reach the edge keeps the wished height.
    return lineWidth(line, most, options) < width
      ? rowHeight
      : fillingHeight(line, width, rowHeight, most, options);
  };

  /** A day of several full-width rows. */
  const placeBlock = (day: Day) => {
    const section = openSection(day, 0, width);
    let y = top + heading;
    let first = day.first;
    const end = day.first + day.count;
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
  };

  /** A month with the width to itself: its small days share lines, its large ones have several rows. */
  const placeMonth = (days: Group) => {
    const month = openMonth(days, 0, width);
    top += monthHeading;
    let line: Day[] = [];
    const close = (closed: boolean) => {
      if (line.length === 0) return;
      const height = heightOf([line], closed);
      placeDays(line, height, 0);
      top += heading + height + gap;
      line = [];
    };
    for (const day of days) {
      if (gap * (day.count - 1) + day.shape * rowHeight > width) {
        close(true);
        placeBlock(day);
      } else {
        if (line.length > 0 && lineWidth([[...line, day]], rowHeight, options) > width) close(true);
        line.push(day);
      }
    }
    close(false);
    month.height = top - month.top;
    month.endSection = layout.sections.length;
  };

  /** Small months side by side. */
  const placeShelf = (line: readonly Group[], closed: boolean) => {
    const [only] = line;
    if (only === undefined) return;
    const height = heightOf(line, closed);
    const whole = monthHeading + heading + height + gap;
    let left = 0;
    for (const days of line) {
      const wide = groupWidth(days, height, options);
      const month = openMonth(days, left, line.length === 1 ? width : wide);
      top += monthHeading;
      placeDays(days, height, left);
      top -= monthHeading;
      month.height = whole;
      month.endSection = layout.sections.length;
      left += wide + monthGap;
    }
    top += whole;
  };

  if (!grouped) {
    const { at = total, heading: splitHeading = 0, rowHeight: splitRow = rowHeight } = options.split ?? {};
    const edge = clamp(at, 0, total);
    const all = dayOfPhotos(0, total, 0, ratio);
    const month = total === 0 ? null : openMonth([all], 0, width);
    if (edge > 0) placeBlock(dayOfPhotos(0, edge, 0, ratio));
    if (edge < total) {
      heading = splitHeading;
      rowHeight = splitRow;
      placeBlock(dayOfPhotos(edge, total, 0, ratio));
    }
    if (month !== null) {
      month.height = top;
      month.endSection = layout.sections.length;
    }
  } else {
    let shelf: Group[] = [];
    const close = (closed: boolean) => {
      placeShelf(shelf, closed);
      shelf = [];
    };
    for (const days of monthsOf(total, takenAt, ratio)) {
      if (groupWidth(days, rowHeight, options) > width) {
        close(false);
        placeMonth(days);
        continue;
      }
      if (lineWidth([...shelf, days], rowHeight, options) <= width) {
        shelf.push(days);
        continue;
      }
      // Whichever comes nearer to the wished height: one month more and lower rows, or one less and higher ones.
      const lower = fillingHeight([...shelf, days], width, 0, rowHeight, options) / rowHeight;
      const higher = fillingHeight(shelf, width, rowHeight, rowHeight * 8, options) / rowHeight;
      const takesIt = lower >= SHORTEST && 1 / lower < higher;
      if (takesIt) shelf.push(days);
      close(true);
      if (!takesIt) shelf.push(days);
    }
    close(false);
  }
  layout.rowFirst[layout.rows] = total;
  layout.height = top;
  return layout;
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}
