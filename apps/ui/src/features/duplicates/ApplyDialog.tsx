// Many groups at once: which kinds and rules, what it would do, doing it, and what became of it.
import { Button, Checkbox, Collapse, Loader, Modal, Progress } from '@mantine/core';
import type { DuplicateKind } from '@semblance/contract';
import { IconChevronDown } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFaultText } from '../../shared/faults.ts';
import classes from './Apply.module.css';
import { ApplyResult } from './ApplyResult.tsx';
import { PlanSummary } from './PlanSummary.tsx';
import { RulesEditor } from './RulesEditor.tsx';
import { presetOf } from './rules.ts';
import { useDuplicates } from './store.ts';

/** Similar photos are different photos: they cannot be chosen here. */
const KINDS: readonly DuplicateKind[] = ['exact', 'resaved', 'edited', 'burst'];

export function ApplyDialog() {
  const { t } = useTranslation();
  const phase = useDuplicates((state) => state.applyPhase);
  const scope = useDuplicates((state) => state.scope);
  const close = useDuplicates((state) => state.closeApply);
  const busy = phase === 'applying';
  return (
    <Modal
      opened={phase !== 'closed'}
      onClose={close}
      closeOnEscape={!busy}
      closeOnClickOutside={!busy}
      withCloseButton={!busy}
      title={
        scope.groups === null
          ? t('duplicates.applyTitle')
          : t('duplicates.applyGroupsTitle', { count: scope.groups.length })
      }
      size={560}
      centered
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      {phase === 'done' ? <ApplyResult /> : busy ? <Applying /> : <Choosing />}
    </Modal>
  );
}

function Choosing() {
  const { t } = useTranslation();
  const say = useFaultText();
  const { applyPhase, scope, plan, applyFault, rules, presets, status, setScope, apply, closeApply } =
    useDuplicates((state) => state);
  const [rulesShown, setRulesShown] = useState(false);
  const preset = rules === null ? null : (presetOf(rules.order, presets) ?? 'own');
  const planning = applyPhase === 'planning';
  const files = plan?.files ?? 0;
  const counts = new Map(status?.kinds.map((one) => [one.kind, one.groups]));
  return (
    <>
      {scope.groups === null && (
        <>
          <fieldset className={classes.kinds}>
            <legend className={classes.label}>{t('duplicates.applyKinds')}</legend>
            {KINDS.map((kind) => (
              <Checkbox
                key={kind}
                label={
                  <>
                    {t(`duplicates.kind.${kind}.name`)}{' '}
                    <span>{t('duplicates.groups', { count: counts.get(kind) ?? 0 })}</span>
                  </>
                }
                description={kind === 'burst' ? t('duplicates.bestOfBursts') : undefined}
                checked={scope.kinds.includes(kind)}
                onChange={(event) => {
                  const on = event.currentTarget.checked;
                  const kinds = KINDS.filter((one) => (one === kind ? on : scope.kinds.includes(one)));
                  setScope({ kinds, bestOfBursts: kinds.includes('burst') });
                }}
              />
            ))}
          </fieldset>
          <button
            type="button"
            className={classes.disclosure}
            aria-expanded={rulesShown}
            onClick={() => setRulesShown(!rulesShown)}
          >
            <span>
              {t('duplicates.keepBy')}{' '}
              <strong>{preset === null ? '' : t(`duplicates.preset.${preset}`)}</strong>
            </span>
            <IconChevronDown size={17} aria-hidden />
          </button>
          <Collapse expanded={rulesShown}>
            <RulesEditor />
          </Collapse>
        </>
      )}
      <div className={classes.foot}>
        <PlanSummary plan={plan} planning={planning} />
        {applyFault !== null && (
          <p className={classes.fault} role="alert">
            {say(applyFault)}
          </p>
        )}
        <div className={classes.buttons}>
          <Button variant="default" onClick={closeApply}>
            {t('duplicates.cancel')}
          </Button>
          <Button disabled={planning || files === 0} onClick={() => void apply()} data-testid="apply">
            {files === 0 ? t('duplicates.applyNothing') : t('duplicates.applyNow', { count: files })}
          </Button>
        </div>
      </div>
    </>
  );
}

function Applying() {
  const { t } = useTranslation();
  const plan = useDuplicates((state) => state.plan);
  return (
    <div className={classes.busy} role="status">
      <Loader size={22} />
      <p>{t('duplicates.applying', { count: plan?.files ?? 0 })}</p>
      <Progress
        size={4}
        value={100}
        animated
        striped
        aria-label={t('duplicates.applying', { count: plan?.files ?? 0 })}
      />
      <small>{t('duplicates.applyingText')}</small>
    </div>
  );
}
