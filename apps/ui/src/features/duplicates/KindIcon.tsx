// The five kinds drawn: two pictures, and what happened between them.
import type { DuplicateKind } from '@semblance/contract';
import type { ReactNode } from 'react';
import classes from './Room.module.css';

export function KindIcon({ kind, size }: { kind: DuplicateKind; size: number }) {
  return (
    <svg
      className={classes.kindIcon}
      width={size}
      height={size}
      viewBox="0 0 40 40"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      {DRAWN[kind]}
    </svg>
  );
}

const ACCENT = 'var(--sem-accent)';

const DRAWN: Record<DuplicateKind, ReactNode> = {
  exact: (
    <>
      <rect x="6" y="11" width="18" height="18" rx="3" />
      <rect x="16" y="11" width="18" height="18" rx="3" stroke={ACCENT} />
    </>
  ),
  resaved: (
    <>
      <rect x="5" y="8" width="20" height="24" rx="3" />
      <rect x="22" y="17" width="13" height="15" rx="2.5" stroke={ACCENT} />
    </>
  ),
  edited: (
    <>
      <rect x="6" y="9" width="20" height="22" rx="3" />
      <path d="M20 6v18h18M14 12h16v18" stroke={ACCENT} />
    </>
  ),
  burst: (
    <>
      <path d="M12 10h18a3 3 0 0 1 3 3v12M9 14h18a3 3 0 0 1 3 3v12" strokeOpacity="0.55" />
      <rect x="6" y="18" width="20" height="15" rx="3" stroke={ACCENT} />
    </>
  ),
  similar: (
    <>
      <circle cx="15" cy="20" r="10" />
      <circle cx="25" cy="20" r="10" stroke={ACCENT} strokeDasharray="3 4" />
    </>
  ),
};
