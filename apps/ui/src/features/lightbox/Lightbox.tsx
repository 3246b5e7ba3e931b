// One photo, large: previous and next, zoom, information. Built on yet-another-react-lightbox; what is ours is
// the picture itself (thumbnail first), the verbs, and the information beside it.
import {
  IconChevronLeft,
  IconChevronRight,
  IconPlayerPause,
  IconPlayerPlay,
  IconX,
  IconZoomIn,
  IconZoomOut,
} from '@tabler/icons-react';
import { type MouseEvent, type ReactNode, useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import YarlLightbox, {
  type Labels,
  type Slide,
  type SlideshowRef,
  type ZoomRef,
} from 'yet-another-react-lightbox';
import Slideshow from 'yet-another-react-lightbox/plugins/slideshow';
import Zoom from 'yet-another-react-lightbox/plugins/zoom';
import 'yet-another-react-lightbox/styles.css';
import type { PhotoDetail, PhotoTile } from '@semblance/contract';
import { hasDialog } from '../../shared/typing.ts';
import { actualZoom, furthestZoom, type Size, toggledZoom, turnedSize } from './fit.ts';
import { InfoPanel } from './InfoPanel.tsx';
import './lightbox.css';
import { PhotoSlide } from './PhotoSlide.tsx';
import { useLightbox } from './store.ts';
import { toolbarButtons } from './toolbar.tsx';

declare module 'yet-another-react-lightbox' {
  interface SlideTypes {
    photo: { type: 'photo'; photo: PhotoTile };
  }
}

interface LightboxProps {
  /** The photos to walk through, in order. The open one may not be among them. */
  photos: readonly PhotoTile[];
  onLike(photo: PhotoTile): void;
  onFavourite(photo: PhotoTile, favourite: boolean): void;
  onRate(photo: PhotoTile, rating: number | null): void;
  /** Below the facts in the information panel: what other features know of the photo. */
  panel(photo: PhotoDetail): ReactNode;
  /** What other features do with an open photo: buttons, something over its picture, something beside it. */
  lens: { tools: ReactNode; overlay(photo: PhotoTile): ReactNode; aside: ReactNode };
  onClosed(photo: string): void;
  onRevealFailed(): void;
}

const PORTAL = { container: { className: 'sem-lightbox', 'data-testid': 'lightbox' } };

const SLIDESHOW_MS = 4000;

export function Lightbox(props: LightboxProps) {
  const { photos, onLike, onClosed, onRevealFailed } = props;
  const { t } = useTranslation();
  const { photo, detail, sizes, turns, infoOpen, open, expect, close, turn, toggleInfo, reveal } =
    useLightbox((state) => state);
  const zoom = useRef<ZoomRef>(null);
  const slideshow = useRef<SlideshowRef>(null);
  const place = photo === null ? -1 : photos.findIndex((other) => other.id === photo);
  const isOpen = photo !== null && (place >= 0 || detail !== null);

  const isListed = place >= 0;
  const single = isListed ? null : detail;
  const slides = useMemo<Slide[]>(() => {
    if (isListed) return photos.map((other) => ({ type: 'photo', photo: other }));
    return single === null ? [] : [{ type: 'photo', photo: single }];
  }, [photos, isListed, single]);
  const current = place >= 0 ? photos[place] : (detail ?? undefined);

  const before = photos[place - 1]?.id;
  const after = place < 0 ? undefined : photos[place + 1]?.id;
  useEffect(() => {
    for (const neighbour of [after, before]) if (neighbour !== undefined) expect(neighbour);
  }, [before, after, expect]);

  const turned = photo === null ? 0 : (turns.get(photo) ?? 0);
  const original = photo === null ? null : (sizes.get(photo) ?? null);
  const size = useMemo(() => turnedSize(original, turned), [original, turned]);
  useEffect(() => {
    if (!isOpen) return;
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || hasDialog()) return;
      if (event.key === 'z' && zoom.current !== null) {
        zoom.current.changeZoom(toggledZoom(zoom.current.zoom, actualZoom(size, shownWidth())));
      }
      if (event.key === 'r' && photo !== null) turn(photo);
      if (event.key === 's') {
        if (slideshow.current?.playing) slideshow.current.pause();
        else slideshow.current?.play();
      }
      if (event.key === 'i') toggleInfo();
      if (event.key === 'm' && current !== undefined) onLike(current);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [isOpen, photo, current, size, turn, toggleInfo, onLike]);

  const onDoubleClick = (event: MouseEvent<HTMLElement>) => {
    const container = event.currentTarget.closest('.yarl__container');
    if (container === null || zoom.current === null) return;
    const { left, top, width, height } = container.getBoundingClientRect();
    const target = toggledZoom(zoom.current.zoom, actualZoom(size, event.currentTarget.offsetWidth));
    zoom.current.changeZoom(
      target,
      false,
      event.clientX - left - width / 2,
      event.clientY - top - height / 2,
    );
  };

  const leave = () => {
    const last = photo;
    close();
    if (last !== null) onClosed(last);
  };
  const labels: Labels = {
    Previous: t('lightbox.previous'),
    Next: t('lightbox.next'),
    Close: t('app.close'),
    Play: t('lightbox.play'),
    Pause: t('lightbox.pause'),
    'Zoom in': t('lightbox.zoomIn'),
    'Zoom out': t('lightbox.zoomOut'),
    Lightbox: t('lightbox.label'),
    'Photo gallery': t('lightbox.gallery'),
    Slide: t('lightbox.slide'),
    '{index} of {total}': t('lightbox.position'),
  };

  return (
    <YarlLightbox
      open={isOpen}
      close={leave}
      index={Math.max(0, place)}
      slides={slides}
      plugins={[Zoom, Slideshow]}
      slideshow={{ ref: slideshow, delay: SLIDESHOW_MS }}
      labels={labels}
      className={infoOpen ? 'sem-with-info' : ''}
      portal={PORTAL}
      carousel={{ finite: true, preload: 1, padding: 0, spacing: '8%' }}
      controller={{ closeOnBackdropClick: true, closeOnPullDown: true }}
      animation={{ fade: 180, swipe: 220, navigation: 120, zoom: 220 }}
      zoom={{
        ref: zoom,
        supports: ['photo'],
        maxZoom: (slide) =>
          slide.type === 'photo' ? furthestZoom(sizes.get(slide.photo.id) ?? null, windowSize()) : undefined,
        scrollToZoom: true,
        // Ours knows the photo's own pixels.
        doubleClickDelay: 0,
        doubleTapDelay: 0,
      }}
      on={{
        view: ({ index }) => {
          const next = place >= 0 ? photos[index] : undefined;
          if (next !== undefined) open(next.id);
        },
      }}
      toolbar={{
        buttons: [
          ...toolbarButtons({
            current,
            tools: props.lens.tools,
            infoOpen,
            onInfo: toggleInfo,
            onLike,
            onFavourite: props.onFavourite,
            onTurn: () => photo !== null && turn(photo),
            onReveal: (shown) => void reveal(shown.id).then((fault) => fault !== null && onRevealFailed()),
          }),
          ...(slides.length > 1 ? (['slideshow'] as const) : []),
          'zoom',
          'close',
        ],
      }}
      render={{
        slide: ({ slide, offset, rect }) =>
          slide.type === 'photo' ? (
            <PhotoSlide
              photo={slide.photo}
              size={sizes.get(slide.photo.id) ?? null}
              room={rect}
              near={Math.abs(offset) <= 1}
              turns={turns.get(slide.photo.id) ?? 0}
              onDoubleClick={onDoubleClick}
            >
              {props.lens.overlay(slide.photo)}
            </PhotoSlide>
          ) : null,
        controls: () => (
          <>
            {props.lens.aside}
            {infoOpen && (
              <InfoPanel
                detail={detail?.id === photo ? detail : null}
                panel={props.panel}
                onRate={props.onRate}
              />
            )}
          </>
        ),
        iconSlideshowPlay: () => <IconPlayerPlay size={22} />,
        iconSlideshowPause: () => <IconPlayerPause size={22} />,
        iconPrev: () => <IconChevronLeft size={28} />,
        iconNext: () => <IconChevronRight size={28} />,
        iconClose: () => <IconX size={22} />,
        iconZoomIn: () => <IconZoomIn size={22} />,
        iconZoomOut: () => <IconZoomOut size={22} />,
        ...(slides.length <= 1 ? { buttonPrev: () => null, buttonNext: () => null } : {}),
      }}
    />
  );
}

function windowSize(): Size {
  return { width: window.innerWidth, height: window.innerHeight };
}

/** Width of the open photo before zoom. */
function shownWidth(): number {
  return document.querySelector<HTMLElement>('.yarl__slide_current .sem-slide')?.offsetWidth ?? 0;
}
