// Two models side by side, on the person's own labels and searches, before anything is switched.
import { Button, NativeSelect } from '@mantine/core';
import type { ComparedModel, ModelComparison, ModelInfo } from '@semblance/contract';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFaultText } from '../../../shared/faults.ts';
import { fileSize, languageName, number } from '../../../shared/format.ts';
import classes from './CompareModels.module.css';
import panel from './Panel.module.css';
import { useModelSwitch } from './store.ts';

export interface CompareModelsProps {
  /** The models at hand: at least two, or there is nothing to compare. */
  models: readonly Pick<ModelInfo, 'id' | 'name' | 'active'>[];
}

export function CompareModels({ models }: CompareModelsProps) {
  const { t } = useTranslation();
  const say = useFaultText();
  const { status, comparison, comparing, compareFault } = useModelSwitch((state) => state);
  const { compare, stopComparing } = useModelSwitch((state) => state);
  const active = models.find((model) => model.active) ?? models[0];
  const [a, setA] = useState(active?.id ?? '');
  const [b, setB] = useState(models.find(({ id }) => id !== active?.id)?.id ?? '');
  useEffect(() => stopComparing, [stopComparing]);
  if (models.length < 2) return null;
  const options = models.map(({ id, name }) => ({ value: id, label: name }));
  const { done, total } = status?.comparing ?? { done: 0, total: 0 };
  return (
    <section className={`${panel.card} ${classes.compare}`} aria-label={t('modelCompare.title')}>
      <h3 className={panel.title}>{t('modelCompare.title')}</h3>
      <p className={panel.text}>{t('modelCompare.text')}</p>
      <form
        className={classes.row}
        onSubmit={(event) => {
          event.preventDefault();
          void compare(a, b);
        }}
      >
        <NativeSelect
          label={t('modelCompare.a')}
          data={options}
          value={a}
          onChange={(event) => setA(event.currentTarget.value)}
        />
        <NativeSelect
          label={t('modelCompare.b')}
          data={options}
          value={b}
          onChange={(event) => setB(event.currentTarget.value)}
        />
        {/* Two buttons and not one that changes: the click that stops must not also submit. */}
        {comparing ? (
          <Button key="stop" variant="default" onClick={stopComparing}>
            {t('modelCompare.stop')}
          </Button>
        ) : (
          <Button key="start" type="submit" variant="default" disabled={a === b}>
            {t('modelCompare.start')}
          </Button>
        )}
      </form>
      <p className={panel.note} role="status">
        {comparing && t('modelCompare.working', { done, total })}
      </p>
      {compareFault !== null && (
        <p className={panel.warning} role="alert">
          {say(compareFault)}
        </p>
      )}
      {comparison !== null && <Result comparison={comparison} />}
    </section>
  );
}

/** Larger is better, smaller is better, or neither. */
type Better = 'more' | 'less' | null;

function Result({ comparison }: { comparison: ModelComparison }) {
  const { t, i18n } = useTranslation();
  const { a, b, photos, labels, searches, agreement, samePictures } = comparison;
  const locale = i18n.language;
  const percent = (share: number) => t('modelCompare.percent', { value: Math.round(share * 100) });
  const rate = (value: number) => t('progress.rate', { value: number(locale, value, value < 10 ? 1 : 0) });
  const milliseconds = (value: number) =>
    t('modelCompare.milliseconds', { value: number(locale, value, value < 10 ? 1 : 0) });
  const languages = (model: ComparedModel) =>
    model.languages.map((code) => languageName(locale, code)).join(', ') || '–';
  return (
    <>
      <div className={classes.scroll}>
        <table className={classes.table}>
          <caption>{t('modelCompare.caption', { count: photos })}</caption>
          <thead>
            <tr>
              <td />
              <th scope="col">{a.name}</th>
              <th scope="col">{b.name}</th>
            </tr>
          </thead>
          <tbody>
            <Row
              name={t('modelCompare.labels')}
              values={[a.meanAveragePrecision, b.meanAveragePrecision]}
              show={percent}
              better="more"
              strong
            />
            {labels.map((label) => (
              <Row
                key={label.id}
                name={label.name}
                values={[label.a, label.b]}
                show={percent}
                better="more"
                sub
              />
            ))}
            <Row
              name={t('modelCompare.speed')}
              values={[a.imagesPerSecond, b.imagesPerSecond]}
              show={rate}
              better="more"
            />
            <Row
              name={t('modelCompare.query')}
              values={[a.textMilliseconds, b.textMilliseconds]}
              show={milliseconds}
              better="less"
            />
            <Row
              name={t('modelCompare.size')}
              values={[a.bytes, b.bytes]}
              show={(bytes) => fileSize(locale, bytes)}
              better={null}
            />
            <tr>
              <th scope="row">{t('modelCompare.languages')}</th>
              <td>{languages(a)}</td>
              <td>{languages(b)}</td>
            </tr>
          </tbody>
        </table>
      </div>
      {labels.length === 0 && <p className={panel.note}>{t('modelCompare.noLabels')}</p>}
      {agreement !== null && (
        <p className={panel.note}>
          {t('modelCompare.agreement', { count: searches.length, share: percent(agreement) })}
        </p>
      )}
      {samePictures && <p className={panel.note}>{t('modelCompare.samePictures')}</p>}
    </>
  );
}

interface RowProps {
  name: string;
  values: readonly [number | null, number | null];
  show(value: number): string;
  better: Better;
  strong?: boolean;
  sub?: boolean;
}

function Row({ name, values, show, better, strong = false, sub = false }: RowProps) {
  const { t } = useTranslation();
  const [a, b] = values;
  const best =
    better === null || a === null || b === null || show(a) === show(b)
      ? null
      : a > b === (better === 'more')
        ? 0
        : 1;
  return (
    <tr data-strong={strong || undefined} data-sub={sub || undefined}>
      <th scope="row">{name}</th>
      {values.map((value, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two models, always in this order
        <td key={at} data-best={best === at || undefined}>
          {value === null ? '–' : show(value)}
          {best === at && <span className={classes.better}>{t('modelCompare.better')}</span>}
        </td>
      ))}
    </tr>
  );
}
