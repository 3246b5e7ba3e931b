// Everything that Semblance moved to the trash and that is not back, of all sessions, with the way back.
import { Button, Checkbox } from '@mantine/core';
import { IconAlertTriangle, IconArrowBackUp, IconTrash } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useFaultText } from '../../shared/faults.ts';
import { fileName, fileSize } from '../../shared/format.ts';
import { Notice } from '../../shared/Notice.tsx';
import { byDay, dayTitle } from './days.ts';
import { canComeBack, useTrash } from './store.ts';
import classes from './TrashRoom.module.css';
import { TrashRow } from './TrashRow.tsx';

export default function TrashRoom() {
  const { t, i18n } = useTranslation();
  const say = useFaultText();
  const state = useTrash((all) => all);
  const { phase, fault, files, total, bytes, chosen, busy, load } = state;
  useEffect(() => void load(), [load]);
  const title = useRef<HTMLHeadingElement>(null);
  const list = useRef<HTMLDivElement>(null);

  /** The row that had the focus goes away: the one that takes its place has it then, or the heading. */
  const keepFocus = (at: number, act: Promise<void>) =>
    void act.then(() => {
      if (document.activeElement !== document.body && document.activeElement !== null) return;
      const rows = list.current?.querySelectorAll<HTMLElement>('li') ?? [];
      const next = rows[Math.min(at, rows.length - 1)]?.querySelector<HTMLElement>('button');
      (next ?? title.current)?.focus();
    });

  const possible = files.filter(canComeBack).length;
  const gone = files.filter(({ place }) => place === 'gone').length;
  const places = new Map(files.map((file, at) => [file.id, at]));

  if (phase === 'error') {
    return (
      <Notice
        urgent
        icon={<IconAlertTriangle size={26} />}
        title={t('thrownAway.errorTitle')}
        action={<Button onClick={() => void load()}>{t('app.retry')}</Button>}
      >
        {say(fault)}
      </Notice>
    );
  }
  return (
    <section className={classes.room} aria-label={t('thrownAway.title')}>
      <div className={classes.page}>
        <header className={classes.head}>
          <h1 ref={title} tabIndex={-1}>
            {t('thrownAway.title')}
          </h1>
          {total > 0 && <p>{t('thrownAway.sum', { count: total, size: fileSize(i18n.language, bytes) })}</p>}
        </header>
        <Said />
        {fault !== null && (
          <p className={classes.fault} role="alert">
            {say(fault)}
          </p>
        )}
        {phase === 'ready' && total === 0 && (
          <Notice icon={<IconTrash size={26} />} title={t('thrownAway.emptyTitle')}>
            {t('thrownAway.emptyText')}
          </Notice>
        )}
        {total > 0 && files.length > 0 && (
          <>
            <p className={classes.intro}>{t('thrownAway.intro')}</p>
            {gone > 0 && (
              <div className={classes.gone}>
                <span>{t('thrownAway.gone', { count: gone })}</span>
                <Button
                  size="compact-sm"
                  variant="default"
                  disabled={busy}
                  onClick={() => keepFocus(0, state.dismiss(null))}
                >
                  {t('thrownAway.dismissGone')}
                </Button>
              </div>
            )}
            <div className={classes.bar}>
              <Checkbox
                label={t('thrownAway.selectAll')}
                disabled={possible === 0}
                checked={possible > 0 && chosen.size === possible}
                indeterminate={chosen.size > 0 && chosen.size < possible}
                onChange={(event) => state.chooseAll(event.currentTarget.checked)}
              />
              <Button
                leftSection={<IconArrowBackUp size={17} aria-hidden />}
                disabled={chosen.size === 0}
                loading={busy && chosen.size > 0}
                onClick={() => keepFocus(0, state.putBack([...chosen]))}
              >
                {chosen.size > 1
                  ? t('thrownAway.putBackMany', { count: chosen.size })
                  : t('thrownAway.putBack')}
              </Button>
            </div>
            <div ref={list}>
              {byDay(files).map(({ day, files: ofDay }) => (
                <section key={`${day}-${ofDay[0]?.id}`} className={classes.day}>
                  <h2>{dayTitle(i18n.language, day, Date.now())}</h2>
                  <ul>
                    {ofDay.map((file) => (
                      <TrashRow
                        key={file.id}
                        file={file}
                        onPutBack={() => keepFocus(places.get(file.id) ?? 0, state.putBack([file.id]))}
                        onDismiss={() => keepFocus(places.get(file.id) ?? 0, state.dismiss(file.id))}
                      />
                    ))}
                  </ul>
                </section>
              ))}
            </div>
            {files.length < total && (
              <Button variant="subtle" onClick={() => void state.more()}>
                {t('thrownAway.more')}
              </Button>
            )}
          </>
        )}
      </div>
    </section>
  );
}

/** What the last putting back came to. */
function Said() {
  const { t } = useTranslation();
  const report = useTrash((state) => state.report);
  return (
    <div role="status">
      {report !== null && (
        <div className={classes.said}>
          {report.restored > 0 && <span>{t('thrownAway.back', { count: report.restored })}</span>}
          {report.renamed.map(({ path, to }) => (
            <span key={to}>{t('thrownAway.renamed', { name: fileName(path), now: fileName(to) })}</span>
          ))}
          {report.failed.length > 0 && <em>{t('thrownAway.failed', { count: report.failed.length })}</em>}
        </div>
      )}
    </div>
  );
}
