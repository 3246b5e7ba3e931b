// The threshold: photos of the library by score, the line between tagged and not, and the wanted precision that
// moves it. Below, what is to be expected, and on what that rests.
import { Slider } from '@mantine/core';
import type { LabelPreview } from '@semblance/contract';
import { useTranslation } from 'react-i18next';
import type { Desk } from './desk.ts';
import { barHeights } from './histogram.ts';
import classes from './Matches.module.css';
import { useStudio } from './studio-store.ts';

export function Precision({ desk, preview }: { desk: Desk; preview: LabelPreview }) {
  const { t } = useTranslation();
  const edit = useStudio((state) => state.edit);
  const { histogram, threshold, inside, searched } = preview;
  const wanted = Math.round(desk.draft.precision * 100);
  const percent = (value: number) => t('labels.percent', { value: Math.round(value * 100) });
  const text = t('labels.wantedText', { value: wanted });
  return (
    <div className={classes.precision}>
      <figure
        className={classes.chart}
        role="img"
        aria-label={t('labels.histogramLabel', { inside, searched, value: Math.round(threshold * 100) })}
      >
        <div className={classes.bars}>
          {barHeights(histogram).map((height, i) => (
            <i
              // biome-ignore lint/suspicious/noArrayIndexKey: a bar is its place
              key={i}
              data-inside={(i + 1) / histogram.length > threshold || undefined}
              style={{ height: `${height}%` }}
            />
          ))}
          <span className={classes.line} style={{ left: `${threshold * 100}%` }} />
        </div>
        <figcaption className={classes.axis}>
          <span>{t('labels.unlikely')}</span>
          <span>{t('labels.likely')}</span>
        </figcaption>
      </figure>
      <div className={classes.wanted}>
        <p className={classes.wantedHead} id="labels-wanted">
          {t('labels.wanted')}
          <b>{percent(desk.draft.precision)}</b>
        </p>
        <Slider
          min={50}
          max={99}
          step={1}
          value={wanted}
          label={null}
          thumbProps={{ 'aria-valuetext': text }}
          thumbLabel={t('labels.wanted')}
          onChange={(value) => edit({ precision: value / 100 })}
        />
        <p className={classes.expected}>
          {inside === 0 ? (
            t('labels.expectedNone')
          ) : preview.expectedPrecision === null ? (
            t('labels.expectedUnknown')
          ) : (
            <>
              {t('labels.expected')} <b>{percent(preview.expectedPrecision)}</b>{' '}
              {t(`labels.basis.${preview.basis}`)}
            </>
          )}
        </p>
      </div>
    </div>
  );
}
