// Which groups the review shows: kinds, size, folder, and those already decided.
import { Button, Checkbox, NativeSelect, Popover, Switch } from '@mantine/core';
import { IconFilter } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from './Review.module.css';
import { ALL_KINDS, NO_FILTER, type ReviewFilter } from './review-slice.ts';
import { useDuplicates } from './store.ts';
import { useBytes } from './words.ts';

const SIZES = [0, 1_000_000, 10_000_000, 100_000_000];

export function ReviewFilters() {
  const { t } = useTranslation();
  const bytes = useBytes();
  const { filter, folders, setFilter } = useDuplicates((state) => state);
  const set = activeFilters(filter);
  const toggle = (kind: (typeof ALL_KINDS)[number], on: boolean) => {
    const kinds = ALL_KINDS.filter((one) => (one === kind ? on : filter.kinds.includes(one)));
    if (kinds.length > 0) setFilter({ kinds });
  };
  return (
    <Popover position="bottom-start" width={300} shadow="md" trapFocus withinPortal>
      <Popover.Target>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconFilter size={16} aria-hidden />}
          data-testid="filters"
        >
          {set === 0 ? t('duplicates.filter.title') : t('duplicates.filter.active', { count: set })}
        </Button>
      </Popover.Target>
      <Popover.Dropdown className={classes.filters} aria-label={t('duplicates.filter.title')}>
        <fieldset>
          <legend>{t('duplicates.filter.kinds')}</legend>
          {ALL_KINDS.map((kind) => (
            <Checkbox
              key={kind}
              size="sm"
              label={t(`duplicates.kind.${kind}.name`)}
              checked={filter.kinds.includes(kind)}
              onChange={(event) => toggle(kind, event.currentTarget.checked)}
            />
          ))}
        </fieldset>
        <NativeSelect
          size="sm"
          label={t('duplicates.filter.size')}
          value={String(filter.minBytes)}
          data={SIZES.map((size) => ({
            value: String(size),
            label:
              size === 0
                ? t('duplicates.filter.anySize')
                : t('duplicates.filter.atLeast', { size: bytes(size) }),
          }))}
          onChange={(event) => setFilter({ minBytes: Number(event.currentTarget.value) })}
        />
        <NativeSelect
          size="sm"
          label={t('duplicates.filter.folder')}
          value={filter.folderId === null ? '' : String(filter.folderId)}
          data={[
            { value: '', label: t('duplicates.filter.anyFolder') },
            ...folders.map((folder) => ({ value: String(folder.id), label: folder.name })),
          ]}
          onChange={(event) => {
            const { value } = event.currentTarget;
            setFilter({ folderId: value === '' ? null : Number(value) });
          }}
        />
        <Switch
          size="sm"
          label={t('duplicates.filter.decided')}
          checked={filter.decided}
          onChange={(event) => setFilter({ decided: event.currentTarget.checked })}
        />
        <Button
          size="xs"
          variant="subtle"
          color="gray"
          c="var(--sem-text)"
          disabled={set === 0}
          onClick={() => setFilter(NO_FILTER)}
        >
          {t('duplicates.filter.clear')}
        </Button>
      </Popover.Dropdown>
    </Popover>
  );
}

function activeFilters(filter: ReviewFilter): number {
  return (
    Number(filter.kinds.join() !== NO_FILTER.kinds.join()) +
    Number(filter.minBytes > 0) +
    Number(filter.folderId !== null) +
    Number(filter.decided)
  );
}
