// One line of the sidebar: icon, name, count. With icons only, the name is its label and title.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { number } from '../../shared/format.ts';
import classes from './Sidebar.module.css';

interface SidebarItemProps {
  icon: ReactNode;
  label: string;
  count?: number | undefined;
  active?: boolean;
  narrow: boolean;
  onSelect(): void;
}

export function SidebarItem({ icon, label, count, active, narrow, onSelect }: SidebarItemProps) {
  const { i18n } = useTranslation();
  return (
    <button
      type="button"
      className={classes.item}
      aria-current={active ? 'page' : undefined}
      aria-label={narrow ? label : undefined}
      title={narrow ? label : undefined}
      onClick={onSelect}
    >
      <span className={classes.icon} aria-hidden>
        {icon}
      </span>
      {!narrow && <span className={classes.name}>{label}</span>}
      {!narrow && count !== undefined && count > 0 && (
        <span className={classes.count}>{number(i18n.language, count)}</span>
      )}
    </button>
  );
}
