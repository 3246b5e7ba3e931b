// What speaks for keeping a photo, in the order of the person: a preset, or one's own; preferred and reference folders.
import { ActionIcon, Button, Menu, Select } from '@mantine/core';
import type { DuplicateRules, KeepRule } from '@semblance/contract';
import { IconArrowDown, IconArrowUp, IconFolderPlus, IconPlus, IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './Apply.module.css';
import { ALL_RULES, type FolderPlace, moved, placesOf, presetOf, samePlace } from './rules.ts';
import { useDuplicates } from './store.ts';

export function RulesEditor() {
  const { t } = useTranslation();
  const rules = useDuplicates((state) => state.rules);
  const presets = useDuplicates((state) => state.presets);
  const changeRules = useDuplicates((state) => state.changeRules);
  if (rules === null) return null;
  const change = (part: Partial<DuplicateRules>) => void changeRules({ ...rules, ...part });
  const absent = ALL_RULES.filter((rule) => !rules.order.includes(rule));
  const preset = presetOf(rules.order, presets);
  const own = preset === null ? [{ value: 'own', label: t('duplicates.preset.own') }] : [];
  return (
    <div className={classes.rules}>
      <Select
        label={t('duplicates.presetLabel')}
        allowDeselect={false}
        value={preset ?? 'own'}
        data={[
          ...presets.map(({ preset: value }) => ({ value, label: t(`duplicates.preset.${value}`) })),
          ...own,
        ]}
        onChange={(value) => {
          const chosen = presets.find((one) => one.preset === value);
          if (chosen !== undefined) change({ order: [...chosen.order] });
        }}
      />
      <div>
        <h3 className={classes.label}>{t('duplicates.orderLabel')}</h3>
        <ol className={classes.order}>
          {rules.order.map((rule, i) => (
            <Rule
              key={rule}
              rule={rule}
              index={i}
              last={i === rules.order.length - 1}
              onMove={(by) => change({ order: moved(rules.order, rule, by) })}
              onRemove={() => change({ order: rules.order.filter((one) => one !== rule) })}
            />
          ))}
        </ol>
        {absent.length > 0 && (
          <Menu position="bottom-start" width={280}>
            <Menu.Target>
              <Button
                size="xs"
                variant="subtle"
                color="gray"
                c="var(--sem-text)"
                leftSection={<IconPlus size={15} aria-hidden />}
              >
                {t('duplicates.addRule')}
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              {absent.map((rule) => (
                <Menu.Item key={rule} onClick={() => change({ order: [...rules.order, rule] })}>
                  {t(`duplicates.rule.${rule}`)}
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
        )}
      </div>
      <Places
        name="preferred"
        places={rules.preferred}
        onChange={(preferred) =>
          // Naming a folder is of no use as long as no rule asks for it.
          change({
            preferred,
            order: preferred.length > 0 ? withRule(rules.order, 'preferred-folder') : rules.order,
          })
        }
      />
      <Places name="references" places={rules.references} onChange={(references) => change({ references })} />
    </div>
  );
}

function withRule(order: readonly KeepRule[], rule: KeepRule): KeepRule[] {
  if (order.includes(rule)) return [...order];
  const after = order[0] === 'reference-folder' ? 1 : 0;
  return [...order.slice(0, after), rule, ...order.slice(after)];
}

interface RuleProps {
  rule: KeepRule;
  index: number;
  last: boolean;
  onMove(by: -1 | 1): void;
  onRemove(): void;
}

function Rule({ rule, index, last, onMove, onRemove }: RuleProps) {
  const { t } = useTranslation();
  const name = t(`duplicates.rule.${rule}`);
  return (
    <li>
      <span className={classes.rank}>{index + 1}</span>
      <span className={classes.ruleName}>{name}</span>
      <Small label={t('duplicates.moveUp', { name })} disabled={index === 0} onClick={() => onMove(-1)}>
        <IconArrowUp size={15} aria-hidden />
      </Small>
      <Small label={t('duplicates.moveDown', { name })} disabled={last} onClick={() => onMove(1)}>
        <IconArrowDown size={15} aria-hidden />
      </Small>
      <Small label={t('duplicates.removeRule', { name })} onClick={onRemove}>
        <IconX size={15} aria-hidden />
      </Small>
    </li>
  );
}

interface SmallProps {
  label: string;
  disabled?: boolean;
  onClick(): void;
  children: ReactNode;
}

function Small({ label, disabled = false, onClick, children }: SmallProps) {
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      c="var(--sem-muted)"
      size={28}
      aria-label={label}
      title={label}
      // Stays focusable at the ends, so that the focus is not lost with the last step.
      data-at-end={disabled}
      aria-disabled={disabled}
      onClick={disabled ? undefined : onClick}
    >
      {children}
    </ActionIcon>
  );
}

interface PlacesProps {
  name: 'preferred' | 'references';
  places: readonly FolderPlace[];
  onChange(places: FolderPlace[]): void;
}

function Places({ name, places, onChange }: PlacesProps) {
  const { t } = useTranslation();
  const folders = useDuplicates((state) => state.folders);
  const groups = useDuplicates((state) => state.list.groups);
  const known = placesOf(
    folders,
    groups.flatMap((group) => group?.photos ?? []),
  );
  const open = known.filter((place) => !places.some((other) => samePlace(other, place)));
  const label = ({ folderId, path }: FolderPlace) => {
    const root = folders.find((folder) => folder.id === folderId)?.name ?? '';
    return path === '' ? root : `${root} / ${path.replaceAll('/', ' / ')}`;
  };
  return (
    <div>
      <h3 className={classes.label}>{t(`duplicates.places.${name}.title`)}</h3>
      <p className={classes.hint}>{t(`duplicates.places.${name}.text`)}</p>
      {places.length > 0 && (
        <ol className={classes.order}>
          {places.map((place, i) => (
            <li key={`${place.folderId}/${place.path}`}>
              {name === 'preferred' && <span className={classes.rank}>{i + 1}</span>}
              <span className={classes.ruleName}>{label(place)}</span>
              <Small
                label={t('duplicates.removePlace', { name: label(place) })}
                onClick={() => onChange(places.filter((other) => !samePlace(other, place)))}
              >
                <IconX size={15} aria-hidden />
              </Small>
            </li>
          ))}
        </ol>
      )}
      <Menu position="bottom-start" width={320} disabled={open.length === 0}>
        <Menu.Target>
          <Button
            size="xs"
            variant="subtle"
            color="gray"
            c={open.length === 0 ? 'var(--sem-muted)' : 'var(--sem-text)'}
            disabled={open.length === 0}
            leftSection={<IconFolderPlus size={15} aria-hidden />}
          >
            {t('duplicates.addPlace')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown mah={260} style={{ overflowY: 'auto' }}>
          {open.map((place) => (
            <Menu.Item
              key={`${place.folderId}/${place.path}`}
              className={classes.placeItem}
              onClick={() => onChange([...places, place])}
            >
              {label(place)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </div>
  );
}
