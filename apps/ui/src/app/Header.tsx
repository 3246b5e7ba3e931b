// The thin line on top: name, search in the middle, folders and settings.
import { ActionIcon } from '@mantine/core';
import { IconAdjustmentsHorizontal, IconFolders } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Mark } from './Mark.tsx';
import classes from './Shell.module.css';

interface HeaderProps {
  photos: number;
  search: ReactNode;
  onFolders(): void;
  onSettings(): void;
}

export function Header({ photos, search, onFolders, onSettings }: HeaderProps) {
  const { t } = useTranslation();
  return (
    <header className={classes.header}>
      <div className={classes.brand}>
        <Mark size={24} />
        {t('app.name')}
        {photos > 0 && <span>{t('app.photos', { count: photos })}</span>}
      </div>
      {search}
      <nav className={classes.actions}>
        <Action label={t('app.folders')} onClick={onFolders} icon={<IconFolders size={20} aria-hidden />} />
        <Action
          label={t('app.settings')}
          onClick={onSettings}
          icon={<IconAdjustmentsHorizontal size={20} aria-hidden />}
        />
      </nav>
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
