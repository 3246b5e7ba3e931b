// A small network trained on one's own labels: how it went, and whether it is used.
import { Button, Switch } from '@mantine/core';
import type { AdapterStatus } from '@semblance/contract';
import { useTranslation } from 'react-i18next';
import { useEngineWords } from '../../../shared/faults.ts';
import { Section } from './Section.tsx';
import { useTools } from './store.ts';
import classes from './Tools.module.css';

export function Adapter() {
  const { t } = useTranslation();
  const words = useEngineWords();
  const { adapter, train, use } = useTools((state) => state);
  const state = adapter?.state ?? 'none';
  const usable = state === 'offered' || state === 'active';
  return (
    <Section title={t('labelTools.adapter')} text={t('labelTools.adapterText')}>
      {adapter !== null && adapter.curve.length > 1 && <Curve curve={adapter.curve} />}
      {adapter !== null && state !== 'none' && (
        <output className={classes.quiet}>
          {t(`labelTools.adapterState.${state}`, {
            examples: adapter.examples,
            before: Math.round((adapter.before ?? 0) * 100),
            after: Math.round((adapter.after ?? 0) * 100),
          })}
          {` ${words(adapter.problem) ?? ''}`}
        </output>
      )}
      <div className={classes.row}>
        {usable && (
          <Switch
            checked={state === 'active'}
            label={t('labelTools.adapterUse')}
            onChange={(event) => void use(event.currentTarget.checked)}
          />
        )}
        <Button variant="default" size="sm" loading={state === 'training'} onClick={() => void train()}>
          {state === 'none' ? t('labelTools.train') : t('labelTools.trainAgain')}
        </Button>
      </div>
    </Section>
  );
}

const [WIDTH, HEIGHT] = [360, 96];

/** Loss by epoch: of the photos it learns from, and of photos it never sees. */
function Curve({ curve }: { curve: AdapterStatus['curve'] }) {
  const { t } = useTranslation();
  const most = Math.max(...curve.flatMap(({ train, heldOut }) => [train, heldOut]), 1e-6);
  const line = (value: (epoch: AdapterStatus['curve'][number]) => number) =>
    curve
      .map((epoch, i) => {
        const x = (i / Math.max(1, curve.length - 1)) * WIDTH;
        return `${x.toFixed(1)},${(HEIGHT - (value(epoch) / most) * (HEIGHT - 4) - 2).toFixed(1)}`;
      })
      .join(' ');
  return (
    <figure className={classes.curve}>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={t('labelTools.curve')}>
        <polyline data-of="train" points={line((epoch) => epoch.train)} />
        <polyline data-of="held-out" points={line((epoch) => epoch.heldOut)} />
      </svg>
      <figcaption>
        <span data-of="train">{t('labelTools.curveTrain')}</span>
        <span data-of="held-out">{t('labelTools.curveHeldOut')}</span>
      </figcaption>
    </figure>
  );
}
