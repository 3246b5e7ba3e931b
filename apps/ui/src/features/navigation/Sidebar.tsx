// The way around: the library's views, albums, folders, rooms; below them what is seldom needed. What belongs to
// other features (the album list, the folder tree) is handed in.
import { ActionIcon } from '@mantine/core';
import {
  IconChevronDown,
  IconClock,
  IconEyeOff,
  IconFolders,
  IconHeart,
  IconLayoutSidebarLeftCollapse,
  IconLayoutSidebarLeftExpand,
  IconPhoto,
  IconPhotoX,
  IconSettings,
  IconStack2,
  IconTrash,
} from '@tabler/icons-react';
import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { type Place, placeKey } from '../../shared/place.ts';
import classes from './Sidebar.module.css';
import { SidebarItem } from './SidebarItem.tsx';
import { type Fold, useNavigation } from './store.ts';

interface SidebarRoom {
  id: string;
  /** Key of its name in the locales. */
  title: string;
  icon: ReactNode;
}

export interface SidebarProps {
  rooms: readonly SidebarRoom[];
  /** Photos in the library, and files that could not be read. */
  photos: number;
  failed: number;
  /** Photos' files that were thrown away and can be seen in their own room. */
  thrownAway: number;
  /** A search lies over the place, which is then not the current page. */
  covered: boolean;
  albums: ReactNode;
  albumActions: ReactNode;
  folders: ReactNode;
  folderActions: ReactNode;
  onGo(place: Place): void;
  onFailures(): void;
  onSettings(): void;
}

const ICON = 20;
const TRASH: Place = { kind: 'room', id: 'trash' };

export function Sidebar(props: SidebarProps & { narrow: boolean; inDrawer?: boolean }) {
  const { narrow, rooms } = props;
  const { t } = useTranslation();
  const place = useNavigation((state) => state.place);
  const setNarrow = useNavigation((state) => state.setNarrow);
  const here = props.covered ? '' : placeKey(place);
  const item = (target: Place, label: string, icon: ReactNode, count?: number) => (
    <SidebarItem
      key={placeKey(target)}
      narrow={narrow}
      active={here === placeKey(target)}
      icon={icon}
      label={label}
      count={count}
      onSelect={() => props.onGo(target)}
    />
  );
  return (
    <nav className={classes.sidebar} data-narrow={narrow || undefined} aria-label={t('nav.label')}>
      <div className={classes.scroll}>
        {item({ kind: 'all' }, t('nav.photos'), <IconPhoto size={ICON} />, props.photos)}
        {item({ kind: 'favourites' }, t('nav.favourites'), <IconHeart size={ICON} />)}
        {item({ kind: 'recent' }, t('nav.recent'), <IconClock size={ICON} />)}
        {narrow ? (
          <>
            <hr className={classes.rule} />
            {item({ kind: 'room', id: 'albums' }, t('nav.albums'), <IconStack2 size={ICON} />)}
            <SidebarItem
              narrow
              icon={<IconFolders size={ICON} />}
              label={t('nav.folders')}
              onSelect={() => setNarrow(false)}
            />
          </>
        ) : (
          <>
            <Section fold="albums" title={t('nav.albums')} actions={props.albumActions}>
              {props.albums}
            </Section>
            <Section fold="folders" title={t('nav.folders')} actions={props.folderActions}>
              {props.folders}
            </Section>
          </>
        )}
        <hr className={classes.rule} />
        {rooms.map((room) => item({ kind: 'room', id: room.id }, t(room.title), room.icon))}
        {item({ kind: 'hidden' }, t('nav.hidden'), <IconEyeOff size={ICON} />)}
      </div>
      <div className={classes.foot}>
        {(props.thrownAway > 0 || placeKey(place) === placeKey(TRASH)) &&
          item(TRASH, t('thrownAway.title'), <IconTrash size={ICON} />, props.thrownAway)}
        {props.failed > 0 && (
          <SidebarItem
            narrow={narrow}
            icon={<IconPhotoX size={ICON} />}
            label={t('nav.failed')}
            count={props.failed}
            onSelect={props.onFailures}
          />
        )}
        <div className={classes.last}>
          <SidebarItem
            narrow={narrow}
            icon={<IconSettings size={ICON} />}
            label={t('app.settings')}
            onSelect={props.onSettings}
          />
          {props.inDrawer !== true && <Collapse narrow={narrow} onChange={setNarrow} />}
        </div>
      </div>
    </nav>
  );
}

function Collapse({ narrow, onChange }: { narrow: boolean; onChange(narrow: boolean): void }) {
  const { t } = useTranslation();
  const label = narrow ? t('nav.expand') : t('nav.collapse');
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      c="var(--sem-muted)"
      size={36}
      aria-label={label}
      title={label}
      onClick={() => onChange(!narrow)}
    >
      {narrow ? (
        <IconLayoutSidebarLeftExpand size={ICON} aria-hidden />
      ) : (
        <IconLayoutSidebarLeftCollapse size={ICON} aria-hidden />
      )}
    </ActionIcon>
  );
}

function Section(props: { fold: Fold; title: string; actions: ReactNode; children: ReactNode }) {
  const id = useId();
  const folded = useNavigation((state) => state.folded[props.fold]);
  const toggle = useNavigation((state) => state.toggleFold);
  return (
    <section className={classes.section}>
      <div className={classes.sectionHead}>
        <h2>
          <button
            type="button"
            className={classes.fold}
            aria-expanded={!folded}
            aria-controls={id}
            onClick={() => toggle(props.fold)}
          >
            {props.title}
            <IconChevronDown size={14} aria-hidden />
          </button>
        </h2>
        {props.actions}
      </div>
      <div id={id} hidden={folded}>
        {!folded && props.children}
      </div>
    </section>
  );
}
