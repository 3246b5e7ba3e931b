// The thin line on top: the way into the sidebar in a small window, the name, search in the middle.
import { ActionIcon } from '@mantine/core';
import { IconAdjustmentsHorizontal, IconMenu2 } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Mark } from './Mark.tsx';
import classes from './Shell.module.css';

interface HeaderProps {
  search: ReactNode;
  /** Opens the sidebar's drawer; left out where the sidebar stands beside the photos. */
  onMenu: (() => void) | undefined;
  /** Before there is a sidebar, the settings are here. */
  onSettings: (() => void) | undefined;
  /** How large the photos are; left out where there are none. */
  size: ReactNode;
}

export function Header({ search, onMenu, onSettings, size }: HeaderProps) {
  const { t } = useTranslation();
  return (
    <header className={classes.header}>
      <div className={classes.brand}>
        {onMenu !== undefined && (
          <Action label={t('nav.open')} onClick={onMenu} icon={<IconMenu2 size={20} aria-hidden />} />
        )}
        <Mark size={24} />
        <span className={classes.name}>{t('app.name')}</span>
      </div>
      {search}
      <div className={classes.actions}>
        {size}
        {onSettings !== undefined && (
          <Action
            label={t('app.settings')}
            onClick={onSettings}
            icon={<IconAdjustmentsHorizontal size={20} aria-hidden />}
          />
        )}
      </div>
    </header>
  );
}

function Action({ label, icon, onClick }: { label: string; icon: ReactNode; onClick(): void }) {
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      c="var(--sem-muted)"
      size={36}
      aria-label={label}
      title={label}
      onClick={onClick}
    >
      {icon}
    </ActionIcon>
  );
}
