// Two to four photos side by side; zooming or moving one does the same to all, to see which one is sharp.
import { Modal } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { IconHeart, IconHeartFilled, IconX } from '@tabler/icons-react';
import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { dateAndTime } from '../../shared/format.ts';
import type { GridPhoto } from '../../shared/grid/Tile.tsx';
import { Unveil, VeiledImage } from '../../shared/VeiledImage.tsx';
import classes from './Compare.module.css';
import { columns, type LinkedView, moveBy, WHOLE, zoomAt } from './view.ts';

interface CompareProps {
  photos: readonly GridPhoto[];
  onFavourite(photo: GridPhoto, favourite: boolean): void;
  /** Leaves this one out. */
  onDrop(photo: GridPhoto): void;
  onClose(): void;
}

const STEP = 1.25;
const CENTRE = { x: 0, y: 0 };
const UNIT = { width: 1, height: 1 };

export function Compare({ photos, onFavourite, onDrop, onClose }: CompareProps) {
  const { t } = useTranslation();
  const { ref, width, height } = useElementSize();
  const [view, setView] = useState(WHOLE);
  const count = columns(photos.length, width, height);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const move = (x: number, y: number) => setView(moveBy(view, { x, y }, UNIT));
    switch (event.key) {
      case '+':
      case '=':
        return setView(zoomAt(view, STEP, CENTRE, UNIT));
      case '-':
        return setView(zoomAt(view, 1 / STEP, CENTRE, UNIT));
      case '0':
        return setView(WHOLE);
      case 'ArrowLeft':
        return move(0.1, 0);
      case 'ArrowRight':
        return move(-0.1, 0);
      case 'ArrowUp':
        return move(0, 0.1);
      case 'ArrowDown':
        return move(0, -0.1);
    }
  };
  return (
    <Modal
      opened
      fullScreen
      onClose={onClose}
      title={t('compare.title', { count: photos.length })}
      classNames={{ content: classes.content ?? '', body: classes.body ?? '', header: classes.header ?? '' }}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys of the dialog, from any of its buttons */}
      <div
        ref={ref}
        className={classes.panes}
        data-testid="compare"
        style={{ gridTemplateColumns: `repeat(${count}, 1fr)` }}
        onKeyDown={onKeyDown}
      >
        {photos.map((photo) => (
          <Pane
            key={photo.id}
            photo={photo}
            view={view}
            onView={setView}
            onFavourite={() => onFavourite(photo, !photo.favourite)}
            onDrop={photos.length > 1 ? () => onDrop(photo) : undefined}
          />
        ))}
      </div>
      <p className={classes.hint}>{t('compare.hint')}</p>
    </Modal>
  );
}

interface PaneProps {
  photo: GridPhoto;
  view: LinkedView;
  onView(change: (view: LinkedView) => LinkedView): void;
  onFavourite(): void;
  onDrop: (() => void) | undefined;
}

function Pane({ photo, view, onView, onFavourite, onDrop }: PaneProps) {
  const { t, i18n } = useTranslation();
  const { ref: measured, width, height } = useElementSize<HTMLDivElement>();
  const area = useRef<HTMLDivElement>(null);
  const fitted = {
    width: Math.max(1, Math.min(width, height * photo.ratio)),
    height: Math.max(1, Math.min(height, width / photo.ratio)),
  };
  const latest = useRef(fitted);
  latest.current = fitted;

  // React listens to wheels passively, and a passive listener cannot keep the page still.
  useEffect(() => {
    const element = area.current;
    if (element === null) return;
    const onWheel = (event: WheelEvent) => {
      event.preventDefault();
      const box = element.getBoundingClientRect();
      const pointer = {
        x: event.clientX - box.left - box.width / 2,
        y: event.clientY - box.top - box.height / 2,
      };
      onView((now) => zoomAt(now, Math.exp(-event.deltaY / 400), pointer, latest.current));
    };
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => element.removeEventListener('wheel', onWheel);
  }, [onView]);

  const onPointerMove = (event: PointerEvent) => {
    if (event.buttons !== 1) return;
    onView((now) => moveBy(now, { x: event.movementX, y: event.movementY }, fitted));
  };
  const date = dateAndTime(i18n.language, photo.takenAt);
  const x = -view.x * fitted.width * view.zoom;
  const y = -view.y * fitted.height * view.zoom;
  return (
    <figure className={classes.pane}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys of the dialog do the same */}
      <div
        ref={area}
        className={classes.area}
        onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
        onPointerMove={onPointerMove}
        onDoubleClick={() => onView((now) => (now.zoom > 1 ? WHOLE : { ...now, zoom: 4 }))}
      >
        <div ref={measured} className={classes.measure} />
        <VeiledImage
          photo={photo}
          kind={photo.offline ? 'thumb' : 'full'}
          alt={t('photo.alt', { date })}
          style={{
            width: fitted.width,
            height: fitted.height,
            transform: `translate(${x}px, ${y}px) scale(${view.zoom})`,
          }}
        />
        <Unveil photo={photo} />
      </div>
      <figcaption>
        <span>{date}</span>
        <button
          type="button"
          aria-pressed={photo.favourite}
          aria-label={t('photo.favourite')}
          title={t('photo.favourite')}
          onClick={onFavourite}
        >
          {photo.favourite ? <IconHeartFilled size={18} aria-hidden /> : <IconHeart size={18} aria-hidden />}
        </button>
        {onDrop !== undefined && (
          <button type="button" aria-label={t('compare.drop')} title={t('compare.drop')} onClick={onDrop}>
            <IconX size={18} aria-hidden />
          </button>
        )}
      </figcaption>
    </figure>
  );
}
