// The answer to a search: what was asked, what to know about it, the photos that fit, and below them the others.
import { Button } from '@mantine/core';
import {
  IconAlertTriangle,
  IconFilterOff,
  IconHelpCircle,
  IconHourglass,
  IconMoodEmpty,
} from '@tabler/icons-react';
import type { ReactNode, Ref } from 'react';
import { useTranslation } from 'react-i18next';
import { useFaultText } from '../../shared/faults.ts';
import { GridSkeleton } from '../../shared/grid/GridSkeleton.tsx';
import { type GridHandle, type MenuRequest, PhotoGrid } from '../../shared/grid/PhotoGrid.tsx';
import type { GridPhoto } from '../../shared/grid/Tile.tsx';
import { Notice } from '../../shared/Notice.tsx';
import { filterRemedies } from './chips.ts';
import { FilterRemedy, FiltersRemedy, type NoteWays } from './Notes.tsx';
import type { PictureChipProps } from './PictureChip.tsx';
import { SearchSummary } from './SearchSummary.tsx';
import classes from './SearchView.module.css';
import { useSearch } from './store.ts';

interface SearchViewProps extends NoteWays {
  rowHeight: number;
  /** Tile of a photo, where the window knows it. */
  tileOf: PictureChipProps['tileOf'];
  handle: Ref<GridHandle>;
  onOpen(photo: GridPhoto): void;
  onLike(photo: GridPhoto): void;
  onMenu(request: MenuRequest): void;
  onSave(text: string): void;
}

/** More ways out than these are no help. */
const MOST_REMEDIES = 4;

export function SearchView(props: SearchViewProps) {
  return (
    <div className={classes.view}>
      <SearchSummary
        tileOf={props.tileOf}
        onSave={props.onSave}
        onFolders={props.onFolders}
        onModels={props.onModels}
      />
      <div className={classes.body}>
        <Answer {...props} />
      </div>
    </div>
  );
}

function Answer(props: SearchViewProps): ReactNode {
  const { t } = useTranslation();
  const say = useFaultText();
  const { phase, results, best, notes, fault, answered, again, clear, surprised } = useSearch(
    (state) => state,
  );

  if (results.length > 0) {
    const nothing = best === 0;
    return (
      <div className={classes.results} data-stale={phase === 'searching' || undefined}>
        {nothing && <Nearest />}
        <PhotoGrid
          photos={results}
          grouped={false}
          split={
            best !== null && best < results.length
              ? { at: best, heading: nothing ? null : t('search.lessLikely') }
              : undefined
          }
          rowHeight={props.rowHeight}
          label={surprised ? t('search.surprise.title') : t('search.gridLabel')}
          memory={`search-${answered}`}
          handle={props.handle}
          onOpen={props.onOpen}
          onLike={props.onLike}
          onMenu={props.onMenu}
        />
      </div>
    );
  }
  if (phase === 'searching')
    return <GridSkeleton rowHeight={props.rowHeight} label={t('search.searching')} />;
  const back = (
    <Button variant="default" onClick={clear}>
      {t('search.back')}
    </Button>
  );
  if (phase === 'error') {
    return (
      <Notice
        urgent
        icon={<IconAlertTriangle size={26} />}
        title={t('search.errorTitle')}
        action={
          <>
            <Button onClick={again}>{t('app.retry')}</Button>
            {back}
          </>
        }
      >
        {say(fault)}
      </Notice>
    );
  }
  if (notes.some((note) => note.kind === 'library-empty')) {
    return (
      <Notice icon={<IconHourglass size={26} />} title={t('search.libraryEmptyTitle')} action={back}>
        {t('search.libraryEmptyText')}
      </Notice>
    );
  }
  if (notes.some((note) => note.kind === 'nothing-asked')) {
    return (
      <Notice icon={<IconHelpCircle size={26} />} title={t('search.nothingAskedTitle')} action={back}>
        {t('search.nothingAskedText')}
      </Notice>
    );
  }
  const together = notes.find((note) => note.kind === 'filters-removed-all');
  if (together !== undefined) {
    return (
      <Notice
        icon={<IconFilterOff size={26} />}
        title={t('search.filteredTitle')}
        action={<FiltersRemedy count={together.count} />}
      >
        {t('search.filteredTogether')}
      </Notice>
    );
  }
  const remedies = filterRemedies(notes);
  if (remedies.length > 0) {
    return (
      <Notice
        icon={<IconFilterOff size={26} />}
        title={t('search.filteredTitle')}
        action={remedies
          .slice(0, MOST_REMEDIES)
          .map((note, i) => <FilterRemedy key={note.start} note={note} primary={i === 0} />)}
      >
        {t('search.filteredText')}
      </Notice>
    );
  }
  return (
    <Notice icon={<IconMoodEmpty size={26} />} title={t('search.emptyTitle')} action={back}>
      {t('search.emptyText')}
    </Notice>
  );
}

/** Above the nearest photos when none of them is what was asked for. */
function Nearest() {
  const { t } = useTranslation();
  const isText = useSearch((state) => state.picture === null);
  return (
    <div className={classes.nearest} role="status">
      <IconMoodEmpty size={22} aria-hidden />
      <div>
        <h3>{t('search.nothingTitle')}</h3>
        <p>{isText ? t('search.nothingText') : t('search.nothingTextLike')}</p>
      </div>
    </div>
  );
}
