// Which tags would change, label by label, with some of the photos.
import type { LabelChange, PhotoTile, SwitchPreview } from '@semblance/contract';
import { useTranslation } from 'react-i18next';
import { useEngine } from '../../../shared/engine-context.tsx';
import classes from './ModelSwitch.module.css';
import panel from './Panel.module.css';

export function LabelChanges({ preview: { labels, seen, photos } }: { preview: SwitchPreview }) {
  const { t } = useTranslation();
  if (labels.length === 0) return <p className={panel.text}>{t('modelSwitch.noLabels')}</p>;
  const same = labels.filter(({ gained, lost }) => gained + lost === 0);
  const changed = labels.filter(({ gained, lost }) => gained + lost > 0);
  return (
    <section className={classes.changes} aria-label={t('modelSwitch.changes')}>
      <h4>{t('modelSwitch.changes')}</h4>
      {seen < photos && <p className={panel.note}>{t('modelSwitch.rough', { seen, photos })}</p>}
      <ul>
        {changed.map((label) => (
          <Change key={label.id} label={label} />
        ))}
      </ul>
      {same.length > 0 && (
        <p className={panel.note}>
          {t('modelSwitch.unchanged', { labels: same.map(({ name }) => name).join(', ') })}
        </p>
      )}
      <p className={panel.note}>{t('modelSwitch.yours')}</p>
    </section>
  );
}

function Change({ label }: { label: LabelChange }) {
  const { t } = useTranslation();
  const { name, kept, gained, lost, gainedPhotos, lostPhotos } = label;
  return (
    <li className={classes.change}>
      <strong>{name}</strong>
      <span className={`${panel.note} ${classes.kept}`}>{t('modelSwitch.stay', { count: kept })}</span>
      <Photos what="gained" text={t('modelSwitch.gained', { count: gained })} photos={gainedPhotos} />
      <Photos what="lost" text={t('modelSwitch.lost', { count: lost })} photos={lostPhotos} />
    </li>
  );
}

function Photos({
  what,
  text,
  photos,
}: {
  what: 'gained' | 'lost';
  text: string;
  photos: readonly PhotoTile[];
}) {
  const { picture } = useEngine();
  if (photos.length === 0) return null;
  return (
    <figure className={classes.photos} data-what={what}>
      <figcaption>{text}</figcaption>
      <div>
        {photos.map((photo) => (
          <img key={photo.id} src={picture('thumb', photo)} alt="" loading="lazy" />
        ))}
      </div>
    </figure>
  );
}
