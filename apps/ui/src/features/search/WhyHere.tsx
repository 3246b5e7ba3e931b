// Why a photo was found: a heat map over it, and each part of the query with how well it fits.
import type { WhyPhoto } from '@semblance/contract';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { heatPixels } from './heat.ts';
import type { Why } from './useWhy.ts';
import classes from './WhyHere.module.css';

export function HeatMap({ heat, label }: { heat: WhyPhoto['heat']; label: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const pixels = new ImageData(heatPixels(heat), heat.columns, heat.rows);
    canvas.current?.getContext('2d')?.putImageData(pixels, 0, 0);
  }, [heat]);
  return (
    <canvas
      ref={canvas}
      className={classes.heat}
      width={heat.columns}
      height={heat.rows}
      role="img"
      aria-label={label}
      data-testid="heat-map"
    />
  );
}

interface WhyPanelProps {
  why: Why;
  /** The part whose map is shown; null for the whole query. */
  part: string | null;
  onPart(part: string | null): void;
}

export function WhyPanel({ why, part, onPart }: WhyPanelProps) {
  const { t } = useTranslation();
  const parts = why.why?.parts ?? [];
  return (
    <section className={classes.panel} aria-label={t('search.why.title')}>
      <h2>{t('search.why.title')}</h2>
      {why.state !== 'ready' && (
        <p role="status">{t(why.state === 'looking' ? 'search.why.looking' : 'search.why.failed')}</p>
      )}
      {parts.length > 0 && (
        <ul>
          {parts.length > 1 && (
            <li>
              <button type="button" aria-pressed={part === null} onClick={() => onPart(null)}>
                <span>{t('search.why.all')}</span>
              </button>
            </li>
          )}
          {parts.map(({ text, negated, relevance }) => (
            <li key={`${negated}-${text}`}>
              <button
                type="button"
                aria-pressed={parts.length === 1 || part === text}
                disabled={negated}
                onClick={() => onPart(text)}
              >
                <span>{negated ? t('search.why.not', { text }) : text}</span>
                <b>{t('search.why.relevance', { value: Math.round(relevance) })}</b>
                <i aria-hidden>
                  <i style={{ width: `${Math.round(relevance)}%` }} />
                </i>
              </button>
            </li>
          ))}
        </ul>
      )}
      {why.state === 'ready' && <p>{t('search.why.legend')}</p>}
    </section>
  );
}
