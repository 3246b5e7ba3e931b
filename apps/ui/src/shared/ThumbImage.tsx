// A thumbnail that fades in over its placeholder. Load state is written to the element, not to React: scrolling
// through thousands of pictures must not cost a render for each one that arrives.
import type { SyntheticEvent } from 'react';
import classes from './ThumbImage.module.css';

export function ThumbImage(props: { src: string; alt: string; veiled?: boolean }) {
  return (
    <img
      key={props.src}
      className={classes.image}
      src={props.src}
      alt={props.alt}
      loading="lazy"
      decoding="async"
      draggable={false}
      data-veiled={props.veiled || undefined}
      onLoad={markLoaded}
      onError={markFailed}
    />
  );
}

function markLoaded(event: SyntheticEvent<HTMLImageElement>) {
  event.currentTarget.dataset.loaded = '';
}

function markFailed(event: SyntheticEvent<HTMLImageElement>) {
  event.currentTarget.dataset.failed = '';
}
