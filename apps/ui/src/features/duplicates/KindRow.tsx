// One kind of duplicates: what it means, how many there are, and the way into them.
import type { DuplicateKind, DuplicateStatus } from '@semblance/contract';
import { IconChevronRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { KindIcon } from './KindIcon.tsx';
import classes from './Room.module.css';
import { useBytes } from './words.ts';

interface KindRowProps {
  kind: DuplicateKind;
  /** Null before the first search. */
  found: DuplicateStatus['kinds'][number] | null;
  onOpen(): void;
}

export function KindRow({ kind, found, onOpen }: KindRowProps) {
  const { t } = useTranslation();
  const bytes = useBytes();
  const has = found !== null && found.groups > 0;
  const inside = (
    <>
      <KindIcon kind={kind} size={40} />
      <span className={classes.kindWords}>
        <strong>{t(`duplicates.kind.${kind}.name`)}</strong>
        <span>{t(`duplicates.kind.${kind}.text`)}</span>
      </span>
      {found !== null && (
        <span className={classes.kindCount}>
          {has ? (
            <>
              <strong>{t('duplicates.groups', { count: found.groups })}</strong>
              <span>
                {kind === 'similar' || found.files === 0 ? t('duplicates.toLookAt') : bytes(found.bytes)}
              </span>
            </>
          ) : (
            <span>{t('duplicates.noneOfKind')}</span>
          )}
        </span>
      )}
      {found !== null && <IconChevronRight size={18} aria-hidden data-hidden={!has || undefined} />}
    </>
  );
  return (
    <li>
      {has ? (
        <button type="button" className={classes.kind} data-testid={`kind-${kind}`} onClick={onOpen}>
          {inside}
        </button>
      ) : (
        <div className={classes.kind} data-testid={`kind-${kind}`} data-none={found !== null || undefined}>
          {inside}
        </div>
      )}
    </li>
  );
}
