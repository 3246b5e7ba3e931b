// The library and the search model in numbers, and what happens to one's photos, in plain words.
import type { LibraryStatus, ModelInfo } from '@semblance/contract';
import { IconLock } from '@tabler/icons-react';
import { type ReactNode, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useFaultText } from '../../shared/faults.ts';
import { dateAndTime, fileSize, languageName, number } from '../../shared/format.ts';
import { useAbout } from './about-store.ts';
import classes from './SettingsDrawer.module.css';

export function About({ version }: { version: string }) {
  const { t } = useTranslation();
  const say = useFaultText();
  const { status, fault, load } = useAbout((state) => state);
  useEffect(() => void load(), [load]);
  return (
    <>
      <h3 className={classes.label}>{t('about.library')}</h3>
      {status !== null && <LibraryFacts status={status} />}
      {status === null && (
        <p className={classes.note} role="status">
          {fault === null ? t('about.loading') : say(fault)}
        </p>
      )}
      {status !== null && (
        <>
          <h3 className={classes.label}>{t('about.model')}</h3>
          {status.model === null ? (
            <p className={classes.note}>{t('about.noModel')}</p>
          ) : (
            <ModelFacts model={status.model} />
          )}
        </>
      )}
      <div className={classes.privacy}>
        <IconLock size={18} aria-hidden />
        <p>{t('about.privacy')}</p>
      </div>
      <p className={classes.version}>{t('settings.version', { version })}</p>
    </>
  );
}

function LibraryFacts({ status }: { status: LibraryStatus }) {
  const { t, i18n } = useTranslation();
  const say = useFaultText();
  const { directory, counts, sizes, backup } = status;
  const size = (bytes: number) => fileSize(i18n.language, bytes);
  return (
    <dl className={classes.facts}>
      <Fact label={t('about.photos')}>{number(i18n.language, counts.photos)}</Fact>
      <Fact label={t('about.searchable')}>
        {number(i18n.language, counts.indexed)}
        {counts.photos > 0 && counts.indexed >= counts.photos && <small>{t('about.all')}</small>}
      </Fact>
      <Fact label={t('about.size')}>
        {size(sizes.catalog + sizes.vectors + sizes.thumbnails)}
        <small>{t('about.catalog', { size: size(sizes.catalog) })}</small>
        <small>{t('about.vectors', { size: size(sizes.vectors) })}</small>
        <small>{t('about.thumbnails', { size: size(sizes.thumbnails) })}</small>
      </Fact>
      <Fact label={t('about.directory')}>
        <span className={classes.path}>{breakable(directory)}</span>
      </Fact>
      <Fact label={t('about.backup')}>
        {backup.takenAt === null ? t('about.noBackup') : dateAndTime(i18n.language, backup.takenAt)}
        <small>
          {backup.problem === null ? t('about.backupText') : say({ kind: backup.problem, message: null })}
        </small>
      </Fact>
    </dl>
  );
}

/** A path that wraps between its parts. */
function breakable(path: string): ReactNode[] {
  return path.split(/(?<=[\\/])/).flatMap((part, i) => [
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one path stay where they are
    <wbr key={i} />,
    part,
  ]);
}

function ModelFacts({ model }: { model: ModelInfo }) {
  const { t, i18n } = useTranslation();
  const names = model.languages.map((code) => languageName(i18n.language, code));
  return (
    <dl className={classes.facts}>
      <Fact label={t('about.name')}>
        {model.name}
        {model.bundled && <small>{t('about.bundled')}</small>}
      </Fact>
      <Fact label={t('about.languages', { count: names.length })}>
        {new Intl.ListFormat(i18n.language, { type: 'conjunction' }).format(names)}
      </Fact>
      <Fact label={t('about.size')}>{fileSize(i18n.language, model.bytes)}</Fact>
    </dl>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}
