// The line above the review: back, which groups, in which order and look, and on to applying.
import { ActionIcon, Button, SegmentedControl, Select } from '@mantine/core';
import { IconArrowLeft, IconHelp, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { GroupSort } from './client.ts';
import { trashedPhotos } from './marks.ts';
import classes from './Review.module.css';
import { ReviewFilters } from './ReviewFilters.tsx';
import { useDuplicates } from './store.ts';

const SORTS: readonly GroupSort[] = ['freed', 'newest', 'kind'];

export function ReviewBar({ onHelp }: { onHelp(): void }) {
  const { t } = useTranslation();
  const { list, look, sort, filter, setLook, setSort, leaveReview, openApply } = useDuplicates(
    (state) => state,
  );
  const ready = list.groups.filter((group) => group?.chosen && trashedPhotos(group).length > 0);
  const files = ready.reduce(
    (sum, group) => sum + (group === undefined ? 0 : trashedPhotos(group).length),
    0,
  );
  return (
    <div className={classes.bar}>
      <Button
        variant="subtle"
        color="gray"
        c="var(--sem-text)"
        size="sm"
        px={8}
        leftSection={<IconArrowLeft size={18} aria-hidden />}
        onClick={leaveReview}
      >
        {t('duplicates.title')}
      </Button>
      <span className={classes.count}>
        {list.total === null ? '' : t('duplicates.groups', { count: list.total })}
      </span>
      <ReviewFilters />
      <Select
        size="xs"
        w={150}
        allowDeselect={false}
        comboboxProps={{ width: 190, position: 'bottom-start' }}
        aria-label={t('duplicates.sortLabel')}
        value={sort}
        data={SORTS.map((value) => ({ value, label: t(`duplicates.sort.${value}`) }))}
        onChange={(value) => value !== null && setSort(value)}
      />
      <span className={classes.space} />
      <SegmentedControl
        size="xs"
        aria-label={t('duplicates.lookLabel')}
        value={look}
        onChange={setLook}
        data={(['one', 'table'] as const).map((value) => ({ value, label: t(`duplicates.look.${value}`) }))}
      />
      <ActionIcon
        variant="subtle"
        color="gray"
        c="var(--sem-muted)"
        size={32}
        aria-label={t('duplicates.keys.title')}
        title={t('duplicates.keys.title')}
        onClick={onHelp}
      >
        <IconHelp size={19} aria-hidden />
      </ActionIcon>
      {!filter.decided && (
        <Button
          size="xs"
          variant="default"
          c={ready.length > 0 ? 'var(--sem-accent)' : 'var(--sem-text)'}
          leftSection={<IconTrash size={16} aria-hidden />}
          onClick={() =>
            ready.length > 0
              ? openApply({
                  groups: ready.flatMap((group) => (group === undefined ? [] : [group.id])),
                  kinds: filter.kinds,
                })
              : openApply({ kinds: ['exact'], folderId: filter.folderId, minBytes: filter.minBytes })
          }
        >
          {ready.length > 0 ? t('duplicates.applyReady', { count: files }) : t('duplicates.applyMany')}
        </Button>
      )}
    </div>
  );
}
