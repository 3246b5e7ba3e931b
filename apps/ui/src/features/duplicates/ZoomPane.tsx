// A window on a picture: wheel, pinch, drag and double click change a view that other panes may share.
import { type CSSProperties, type PointerEvent, type ReactNode, useEffect, useRef } from 'react';
import classes from './Stage.module.css';
import { useSize } from './useSize.ts';
import { actualScale, panned, placed, type Size, toggledScale, type ZoomView, zoomed } from './zoom.ts';

interface ZoomPaneProps {
  view: ZoomView;
  /** Width / height of the picture. */
  ratio: number;
  /** Width at which a double click shows pixel for pixel. */
  pixels: number;
  /** Shape of the pane; by default it fills what room there is. */
  shape?: number;
  onView(view: ZoomView): void;
  children: ReactNode;
}

export function ZoomPane({ view, ratio, pixels, shape, onView, children }: ZoomPaneProps) {
  const ref = useRef<HTMLDivElement>(null);
  const pane = useSize(ref);
  // Handlers that outlive a render, and several events within one, see the newest view.
  const now = useRef({ view, pane, ratio, onView });
  now.current = { view, pane, ratio, onView };
  const pointers = useRef(new Map<number, { left: number; top: number }>());

  const show = (next: ZoomView) => {
    now.current.view = next;
    now.current.onView(next);
  };

  useEffect(() => {
    const element = ref.current;
    if (element === null) return;
    // React listens to the wheel passively, so the page would scroll along.
    const onWheel = (event: WheelEvent) => {
      event.preventDefault();
      const { view: from, pane: size, ratio: form } = now.current;
      const lines = event.deltaMode === 1 ? event.deltaY * 16 : event.deltaY;
      // Pinching on a trackpad arrives as a wheel with Ctrl, in small steps.
      const factor = Math.exp(-lines * (event.ctrlKey ? 0.01 : 0.0022));
      const next = zoomed(from, factor, pointIn(element, event), size, form);
      now.current.view = next;
      now.current.onView(next);
    };
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => element.removeEventListener('wheel', onWheel);
  }, []);

  const onPointerMove = (event: PointerEvent<HTMLDivElement>) => {
    const before = pointers.current.get(event.pointerId);
    if (before === undefined) return;
    const here = pointIn(event.currentTarget, event);
    const [first, second] = [...pointers.current].filter(([id]) => id !== event.pointerId);
    pointers.current.set(event.pointerId, here);
    const { view: from, pane: size, ratio: form } = now.current;
    if (first === undefined)
      return show(panned(from, here.left - before.left, here.top - before.top, size, form));
    if (second !== undefined) return;
    const other = first[1];
    const middle = { left: (here.left + other.left) / 2, top: (here.top + other.top) / 2 };
    const factor = distance(here, other) / Math.max(1, distance(before, other));
    const moved = panned(from, (here.left - before.left) / 2, (here.top - before.top) / 2, size, form);
    show(zoomed(moved, factor, middle, size, form));
  };
  const release = (event: PointerEvent<HTMLDivElement>) => pointers.current.delete(event.pointerId);

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys + - 0 and the zoom buttons do the same
    <div
      ref={ref}
      className={classes.pane}
      style={shape === undefined ? undefined : { aspectRatio: shape }}
      data-zoomed={view.scale > 1 || undefined}
      data-testid="pane"
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        pointers.current.set(event.pointerId, pointIn(event.currentTarget, event));
      }}
      onPointerMove={onPointerMove}
      onPointerUp={release}
      onPointerCancel={release}
      onDoubleClick={(event) => {
        const target = toggledScale(view.scale, actualScale(pixels, pane, ratio));
        show(zoomed(view, target / view.scale, pointIn(event.currentTarget, event), pane, ratio));
      }}
    >
      {pane.width > 0 && (
        <div className={classes.picture} style={styleOf(placed(view, pane, ratio))}>
          {children}
        </div>
      )}
    </div>
  );
}

function styleOf({ left, top, width, height }: Size & { left: number; top: number }): CSSProperties {
  return { transform: `translate(${left}px, ${top}px)`, width, height };
}

function pointIn(element: Element, event: { clientX: number; clientY: number }) {
  const { left, top } = element.getBoundingClientRect();
  return { left: event.clientX - left, top: event.clientY - top };
}

function distance(a: { left: number; top: number }, b: { left: number; top: number }): number {
  return Math.hypot(a.left - b.left, a.top - b.top);
}
