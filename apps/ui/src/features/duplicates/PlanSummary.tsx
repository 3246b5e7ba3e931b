// What applying would do, in numbers one can check, and what it would leave alone and why.
import type { DuplicatePlan } from '@semblance/contract';
import { useTranslation } from 'react-i18next';
import classes from './Apply.module.css';
import { useBytes } from './words.ts';

const MAX_SHOWN = 200;

export function PlanSummary({ plan, planning }: { plan: DuplicatePlan | null; planning: boolean }) {
  const { t } = useTranslation();
  const bytes = useBytes();
  return (
    <div className={classes.plan} role="status" data-busy={planning || undefined} data-testid="plan">
      {plan === null ? (
        <p>{t('duplicates.planning')}</p>
      ) : plan.files === 0 ? (
        <p>
          <strong>{t('duplicates.planNothing')}</strong>
        </p>
      ) : (
        <>
          <p>
            <strong>{t('duplicates.planFiles', { count: plan.files, size: bytes(plan.bytes) })}</strong>
          </p>
          <p>{t('duplicates.planGroups', { count: plan.groups })}</p>
          {plan.keptFavourites > 0 && <p>{t('duplicates.planFavourites', { count: plan.keptFavourites })}</p>}
          {plan.keptCaredFor > 0 && <p>{t('duplicates.planCaredFor', { count: plan.keptCaredFor })}</p>}
        </>
      )}
      {plan !== null && plan.skipped.length > 0 && (
        <details className={classes.skipped}>
          <summary>{t('duplicates.skipped', { count: plan.skipped.length })}</summary>
          <ul>
            {plan.skipped.slice(0, MAX_SHOWN).map((file) => (
              <li key={`${file.path} ${file.why}`}>
                <span>{file.path}</span>
                <em>{t(`duplicates.skippedWhy.${file.why}`)}</em>
              </li>
            ))}
          </ul>
          {plan.skipped.length > MAX_SHOWN && (
            <p>{t('duplicates.andMore', { count: plan.skipped.length - MAX_SHOWN })}</p>
          )}
        </details>
      )}
    </div>
  );
}
