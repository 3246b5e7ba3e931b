// What was found, kind by kind in plain words, how to go on, and what is never touched.
import { Button, Progress } from '@mantine/core';
import {
  IconAdjustments,
  IconAlertTriangle,
  IconCircleCheck,
  IconCopy,
  IconRefresh,
  IconTrash,
} from '@tabler/icons-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useEngineWords, useFaultText } from '../../shared/faults.ts';
import { number } from '../../shared/format.ts';
import { Notice } from '../../shared/Notice.tsx';
import { AppliedBar } from './AppliedBar.tsx';
import { KindRow } from './KindRow.tsx';
import classes from './Room.module.css';
import { ALL_KINDS } from './review-slice.ts';
import { Safety } from './Safety.tsx';
import { useDuplicates } from './store.ts';
import { useBytes, useMoment } from './words.ts';

export function Overview() {
  const { t, i18n } = useTranslation();
  const say = useFaultText();
  const words = useEngineWords();
  const bytes = useBytes();
  const moment = useMoment();
  const status = useDuplicates((state) => state.status);
  const fault = useDuplicates((state) => state.statusFault);
  const { find, loadStatus, openReview, openApply, openRules } = useDuplicates((state) => state);
  const title = useRef<HTMLHeadingElement>(null);
  const known = status !== null;
  useEffect(() => {
    if (known) title.current?.focus({ preventScroll: true });
  }, [known]);

  if (status === null && fault !== null) {
    return (
      <Notice
        urgent
        icon={<IconAlertTriangle size={26} />}
        title={t('duplicates.loadFailed')}
        action={<Button onClick={() => void loadStatus()}>{t('app.retry')}</Button>}
      >
        {say(fault)}
      </Notice>
    );
  }
  if (status === null) return null;

  const running = status.state === 'running';
  const open = status.kinds.filter((one) => one.kind !== 'similar');
  const groups = open.reduce((sum, one) => sum + one.groups, 0);
  const files = open.reduce((sum, one) => sum + one.files, 0);
  const freed = open.reduce((sum, one) => sum + one.bytes, 0);
  const exact = status.kinds.find((one) => one.kind === 'exact')?.files ?? 0;
  const nothingFound = status.kinds.every((one) => one.groups === 0) && status.decided === 0;
  const never = status.lastAt === null && nothingFound;

  return (
    <div className={classes.scroller}>
      <div className={classes.page}>
        <header className={classes.head}>
          <div>
            <h1 ref={title} tabIndex={-1}>
              {t('duplicates.title')}
            </h1>
            {status.lastAt !== null && !running && (
              <p>{t('duplicates.lastTime', { when: moment(status.lastAt) })}</p>
            )}
          </div>
          {!never && !running && (
            <Button
              variant="default"
              leftSection={<IconRefresh size={17} aria-hidden />}
              onClick={() => void find()}
            >
              {t('duplicates.again')}
            </Button>
          )}
        </header>
        {running && (
          <Strip>
            <div className={classes.progressLine}>
              <span role="status">{t('duplicates.finding')}</span>
              {status.total > 0 && (
                <small>
                  {t('duplicates.findingOf', {
                    done: number(i18n.language, status.done),
                    total: number(i18n.language, status.total),
                  })}
                </small>
              )}
            </div>
            <Progress
              size={4}
              // Until it is known how many are new, it only says that it is at work.
              value={status.total === 0 ? 100 : (100 * status.done) / status.total}
              animated={status.total === 0}
              aria-label={t('duplicates.finding')}
            />
          </Strip>
        )}
        {(status.state === 'failed' || fault !== null) && (
          <p className={classes.fault} role="alert">
            <IconAlertTriangle size={18} aria-hidden />
            {fault !== null ? say(fault) : (words(status.problem) ?? t('errors.unknown'))}
          </p>
        )}
        <AppliedBar />
        {never ? (
          <Begin running={running} onFind={() => void find()} />
        ) : groups > 0 ? (
          <div className={classes.summary}>
            <div className={classes.summaryWords}>
              <strong>{t('duplicates.canBeFreed', { size: bytes(freed) })}</strong>
              <span>
                {t('duplicates.inGroups', { count: groups })} · {t('duplicates.files', { count: files })}
              </span>
            </div>
            <div className={classes.verbs}>
              <Button onClick={() => openReview()}>{t('duplicates.review')}</Button>
              {exact > 0 && (
                <Button
                  variant="default"
                  leftSection={<IconTrash size={17} aria-hidden />}
                  onClick={() => openApply({ kinds: ['exact'] })}
                >
                  {t('duplicates.applyExact')}
                </Button>
              )}
              <Button
                variant="subtle"
                color="gray"
                c="var(--sem-text)"
                leftSection={<IconAdjustments size={17} aria-hidden />}
                onClick={() => openRules(true)}
              >
                {t('duplicates.rulesButton')}
              </Button>
            </div>
          </div>
        ) : (
          !running && (
            <div className={classes.clean} role="status">
              <IconCircleCheck size={40} stroke={1.5} aria-hidden />
              <h2>{t('duplicates.none')}</h2>
              <p>{t('duplicates.noneText')}</p>
            </div>
          )
        )}
        <ul className={classes.kinds} aria-label={t('duplicates.kindsLabel')}>
          {ALL_KINDS.map((kind) => (
            <KindRow
              key={kind}
              kind={kind}
              found={never ? null : (status.kinds.find((one) => one.kind === kind) ?? null)}
              onOpen={() => openReview({ kinds: [kind] })}
            />
          ))}
        </ul>
        {status.decided > 0 && (
          <button
            type="button"
            className={classes.decided}
            onClick={() => openReview({ kinds: ALL_KINDS, decided: true })}
          >
            {t('duplicates.decidedLink', { count: status.decided })}
          </button>
        )}
        <Safety />
      </div>
    </div>
  );
}

function Strip({ children }: { children: ReactNode }) {
  return <div className={classes.strip}>{children}</div>;
}

function Begin({ running, onFind }: { running: boolean; onFind(): void }) {
  const { t } = useTranslation();
  if (running) return null;
  return (
    <div className={classes.summary}>
      <div className={classes.summaryWords}>
        <strong>{t('duplicates.beginTitle')}</strong>
        <span>{t('duplicates.beginText')}</span>
      </div>
      <div className={classes.verbs}>
        <Button leftSection={<IconCopy size={17} aria-hidden />} onClick={onFind}>
          {t('duplicates.begin')}
        </Button>
      </div>
    </div>
  );
}
