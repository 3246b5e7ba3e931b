// The grid's shape before its photos are known: still, grey, in the proportions that photos usually have.
import { useRef } from 'react';
import { layoutPhotos } from '../layout/justify.ts';
import { at } from '../layout/visible.ts';
import classes from './GridSkeleton.module.css';
import { useViewport } from './useViewport.ts';

const RATIOS = [1.5, 0.67, 1.33, 1.5, 1.78, 1, 1.5, 0.75, 1.5, 1.33, 1.5, 0.67, 1.5, 1.78];
const SHAPES = Array.from({ length: 56 }, (_, i) => ({
  ratio: RATIOS[i % RATIOS.length] ?? 1.5,
  takenAt: 0,
}));
const ROOM = 86;

export function GridSkeleton({ rowHeight, label }: { rowHeight: number; label: string }) {
  const area = useRef<HTMLDivElement>(null);
  const { width } = useViewport(area);
  const layout = layoutPhotos(SHAPES, {
    width: Math.max(320, width - 32),
    rowHeight,
    gap: 4,
    grouped: false,
    dayHeading: 0,
    monthHeading: 0,
    dayGap: 0,
    monthGap: 0,
  });
  return (
    <div ref={area} className={classes.area} role="status" aria-label={label}>
      <div className={classes.heading} />
      {SHAPES.map((shape, i) => (
        <div
          // biome-ignore lint/suspicious/noArrayIndexKey: the shapes are fixed
          key={`${shape.ratio}-${i}`}
          className={classes.cell}
          style={{
            left: 16 + at(layout.left, i),
            top: ROOM + at(layout.rowTop, at(layout.row, i)),
            width: at(layout.photoWidth, i),
            height: at(layout.rowHeight, at(layout.row, i)),
          }}
        />
      ))}
    </div>
  );
}
