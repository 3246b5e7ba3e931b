// The review: the list of groups beside the one in front, or the list alone as a table; every verb by key and mouse.
import { Button } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFaultText } from '../../shared/faults.ts';
import { Notice } from '../../shared/Notice.tsx';
import type { RoomProps } from '../../shared/room.ts';
import { AppliedBar } from './AppliedBar.tsx';
import { GroupList } from './GroupList.tsx';
import { KeysHelp } from './KeysHelp.tsx';
import type { ReviewAction } from './keys.ts';
import classes from './Review.module.css';
import { ReviewBar } from './ReviewBar.tsx';
import { NO_FILTER } from './review-slice.ts';
import { Stage } from './Stage.tsx';
import { useDuplicates } from './store.ts';
import { usePreload } from './usePreload.ts';
import { useReviewKeys } from './useReviewKeys.ts';
import { VerbBar } from './VerbBar.tsx';
import { WHOLE, type ZoomView, zoomed } from './zoom.ts';

/** The keys zoom around the middle, wherever the panes are. */
const MIDDLE = { left: 0, top: 0 };
const POINT = { width: 0, height: 0 };

export function Review({ onOpen }: RoomProps) {
  const { t } = useTranslation();
  const say = useFaultText();
  const state = useDuplicates((all) => all);
  const { list, current, look, listFault, filter } = state;
  const group = list.groups[current];
  const [view, setView] = useState<ZoomView>(WHOLE);
  const [comparing, setComparing] = useState(false);
  const [active, setActive] = useState(0);
  const [help, setHelp] = useState(false);
  const root = useRef<HTMLElement>(null);
  useEffect(() => root.current?.focus({ preventScroll: true }), []);

  usePreload(list.groups[current + 1]);

  const id = group?.id;
  const [shown, setShown] = useState(id);
  if (shown !== id) {
    // Another group: the whole picture first, and its first kept photo in hand.
    setShown(id);
    setView(WHOLE);
    setActive(Math.max(0, group?.photos.findIndex((photo) => photo.keep) ?? 0));
    if (group === undefined || group.photos.length < 2) setComparing(false);
  }

  const open = (index: number) => {
    const photo = group?.photos[index];
    if (group !== undefined && photo !== undefined) {
      onOpen([...new Map(group.photos.map((one) => [one.photo.id, one.photo])).values()], photo.photo.id);
    }
  };

  const act = (action: ReviewAction) => {
    if (action.do === 'toggle') {
      setActive(action.index);
      state.toggle(action.index);
    } else if (action.do === 'decide') state.decide(action.decision);
    else if (action.do === 'accept') state.accept();
    else if (action.do === 'best') state.keepBest();
    else if (action.do === 'reset') state.reset();
    else if (action.do === 'undo') void state.undo();
    else if (action.do === 'next') state.step(1);
    else if (action.do === 'previous') state.step(-1);
    else if (action.do === 'help') setHelp(true);
    else if (action.do === 'open') {
      if (look === 'table') state.setLook('one');
      else open(active);
    } else if (action.do === 'difference') {
      state.setLook('one');
      setComparing(look === 'table' || !comparing);
    } else if (action.do === 'leave') {
      if (comparing) setComparing(false);
      else state.leaveReview();
    } else if (action.do !== 'zoom') return;
    else if (action.to === 'fit') setView(WHOLE);
    else setView((from) => stepZoom(from, action.to === 'in' ? 1.4 : 1 / 1.4));
  };
  useReviewKeys(act, !help && state.applyPhase === 'closed' && !state.rulesOpen);

  const body = () => {
    if (listFault !== null && list.total === null) {
      return (
        <Notice
          urgent
          icon={<IconAlertTriangle size={26} />}
          title={t('duplicates.loadFailed')}
          action={<Button onClick={() => void state.reload()}>{t('app.retry')}</Button>}
        >
          {say(listFault)}
        </Notice>
      );
    }
    if (list.total === 0) {
      const filtered =
        filter.minBytes > 0 || filter.folderId !== null || filter.kinds.length < NO_FILTER.kinds.length;
      return (
        <Notice
          icon={<IconCircleCheck size={26} />}
          title={filter.decided ? t('duplicates.noDecided') : t('duplicates.allReviewed')}
          action={
            <>
              {filtered && !filter.decided && (
                <Button variant="default" onClick={() => state.setFilter(NO_FILTER)}>
                  {t('duplicates.showAll')}
                </Button>
              )}
              <Button onClick={state.leaveReview}>{t('duplicates.backToOverview')}</Button>
            </>
          }
        >
          {filtered ? t('duplicates.allReviewedFiltered') : t('duplicates.allReviewedText')}
        </Notice>
      );
    }
    return (
      <div className={classes.body} data-look={look}>
        <GroupList wide={look === 'table'} />
        {look === 'one' && (
          <Stage
            group={group}
            view={view}
            comparing={comparing}
            active={active}
            onView={setView}
            onActive={setActive}
            onOpen={open}
            onAction={act}
            onComparing={setComparing}
          />
        )}
      </div>
    );
  };

  return (
    <section
      ref={root}
      className={classes.review}
      tabIndex={-1}
      aria-label={t('duplicates.reviewLabel')}
      data-testid="review"
      onClick={(event) => {
        // A click is no wish to have the next Space press the same button again.
        const inList = event.target instanceof Element && event.target.closest('[data-review-row]') !== null;
        if (event.detail > 0 && !inList) root.current?.focus({ preventScroll: true });
      }}
      onKeyDown={() => undefined}
    >
      <ReviewBar onHelp={() => setHelp(true)} />
      <div className={classes.notes}>
        <AppliedBar />
      </div>
      {body()}
      {list.total !== 0 && list.total !== null && <VerbBar group={group} onAction={act} />}
      {help && <KeysHelp onClose={() => setHelp(false)} />}
    </section>
  );
}

function stepZoom(from: ZoomView, factor: number): ZoomView {
  // A pane of no size: nothing is clamped here, each pane does it for itself.
  const next = zoomed({ ...from }, factor, MIDDLE, POINT, 1);
  return next.scale === 1 ? WHOLE : { ...from, scale: next.scale };
}
