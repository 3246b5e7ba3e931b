// What a label means, in words: descriptions, what is not meant, its place among the others, and how it behaves.
import { Button, Select, Switch } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFaultText } from '../../shared/faults.ts';
import { type Desk, isDirty } from './desk.ts';
import { useLabels } from './list-store.ts';
import { Sentences } from './Sentences.tsx';
import classes from './StudioForm.module.css';
import { useStudio } from './studio-store.ts';
import { possibleParents } from './tree.ts';

interface StudioFormProps {
  desk: Desk;
  saving: boolean;
  canSave: boolean;
  onReset(): void;
  /** Takes the last save back; null when there is none, or it was another label's. */
  onUndoSave: (() => void) | null;
}

export function StudioForm({ desk, saving, canSave, onReset, onUndoSave }: StudioFormProps) {
  const { t } = useTranslation();
  const say = useFaultText();
  const labels = useLabels((state) => state.labels);
  const { edit, saveFault } = useStudio((state) => state);
  const { draft } = desk;
  const dirty = isDirty(desk);
  const parents = possibleParents(labels, desk.id).map((label) => ({
    value: String(label.id),
    label: label.name,
  }));
  return (
    <div className={classes.form}>
      <div className={classes.fields}>
        <Sentences
          legend={t('labels.descriptions')}
          hint={t('labels.descriptionsHint')}
          lines={draft.descriptions}
          placeholder={draft.name.trim() || t('labels.descriptionPlaceholder')}
          add={t('labels.addDescription')}
          remove={t('labels.removeDescription')}
          least={1}
          onChange={(descriptions) => edit({ descriptions })}
        />
        <Sentences
          legend={t('labels.exclusions')}
          hint={t('labels.exclusionsHint')}
          lines={draft.exclusions}
          placeholder={t('labels.exclusionPlaceholder')}
          add={t('labels.addExclusion')}
          remove={t('labels.removeExclusion')}
          least={0}
          onChange={(exclusions) => edit({ exclusions })}
        />
        <Select
          label={t('labels.parent')}
          placeholder={t('labels.noParent')}
          data={parents}
          value={draft.parentId === null ? null : String(draft.parentId)}
          clearable
          searchable
          nothingFoundMessage={t('labels.noSuchLabel')}
          disabled={parents.length === 0}
          clearButtonProps={{ 'aria-label': t('labels.noParent') }}
          onChange={(value) => edit({ parentId: value === null ? null : Number(value) })}
        />
        <div className={classes.switches}>
          <Switch
            label={t('labels.automatic')}
            description={t('labels.automaticHint')}
            checked={draft.automatic}
            onChange={(event) => edit({ automatic: event.currentTarget.checked })}
          />
          <Switch
            label={t('labels.sensitive')}
            description={t('labels.sensitiveHint')}
            checked={draft.sensitive}
            onChange={(event) => edit({ sensitive: event.currentTarget.checked })}
          />
        </div>
      </div>
      <footer className={classes.foot}>
        {saveFault !== null && (
          <p role="alert" className={classes.fault}>
            {say(saveFault)}
          </p>
        )}
        <p className={classes.state} role="status">
          {dirty ? stateOf() : desk.id === null ? t('labels.nothingYet') : t('labels.allSaved')}
          {!dirty && onUndoSave !== null && (
            <button type="button" onClick={onUndoSave}>
              {t('labels.undo')}
            </button>
          )}
        </p>
        <Button variant="default" disabled={!dirty && desk.id !== null} onClick={onReset}>
          {t('labels.cancel')}
        </Button>
        <Button type="submit" disabled={!canSave} loading={saving}>
          {t('labels.save')}
        </Button>
      </footer>
    </div>
  );

  function stateOf(): string {
    if (draft.name.trim() === '') return t('labels.nameMissing');
    const given = new Set(desk.answers.map((answer) => answer.photoId)).size;
    return given > 0 ? t('labels.unsavedAnswers', { count: given }) : t('labels.unsaved');
  }
}
