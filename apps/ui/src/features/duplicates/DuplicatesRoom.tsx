// The room for duplicates: what was found, the review of it, and the dialogs over both.
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { RoomProps } from '../../shared/room.ts';
import { ApplyDialog } from './ApplyDialog.tsx';
import { Overview } from './Overview.tsx';
import { Review } from './Review.tsx';
import classes from './Room.module.css';
import { RulesDialog } from './RulesDialog.tsx';
import { useDuplicates } from './store.ts';

export default function DuplicatesRoom({ onOpen }: RoomProps) {
  const { t } = useTranslation();
  const screen = useDuplicates((state) => state.screen);
  const watch = useDuplicates((state) => state.watch);
  useEffect(() => watch(), [watch]);
  return (
    <section className={classes.room} aria-label={t('duplicates.title')} data-testid="duplicates-room">
      {screen === 'overview' ? <Overview /> : <Review onOpen={onOpen} />}
      <ApplyDialog />
      <RulesDialog />
    </section>
  );
}
