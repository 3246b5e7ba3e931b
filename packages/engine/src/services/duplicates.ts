// Duplicates as the interface and the command line see them: status, groups, decisions, rules, plan.
import type { Catalog } from '@semblance/catalog';
import {
  type ActResult,
  type DuplicateChoice,
  type DuplicateDecision,
  type DuplicateGroup,
  type DuplicateGroupId,
  type DuplicateKind,
  type DuplicatePhoto,
  type DuplicatePlan,
  type DuplicateRules,
  type DuplicateStatus,
  duplicateKind,
  duplicateRules,
  type GroupDetail,
  type GroupFilter,
  type GroupsRequest,
  groupFilter,
  groupsRequest,
  type PlanRequest,
  type PresetOrder,
  planRequest,
  type RulePreset,
  rulePreset,
  SemblanceError,
  type TrashReport,
} from '@semblance/contract';
import { BURST_ORDER, keepReasons, PRESETS } from '@semblance/core';
import type { ActsService } from './acts.ts';
import { pairsOfGroup } from './duplicates-decisions.ts';
import { factsOf, type Judgement } from './duplicates-facts.ts';
import type { Finder } from './duplicates-find.ts';
import { type Built, type BuiltGroup, buildGroups, JUDGEMENT_VERSION } from './duplicates-groups.ts';
import { type PlannedGroup, planGroups } from './duplicates-plan.ts';

export interface DuplicatesService {
  status(): DuplicateStatus;
  /** Compares what is new. Resolves when done; whoever only wants it started need not wait. */
  find(): Promise<void>;
  groups(request?: GroupsRequest): { total: number; groups: DuplicateGroup[] };
  /** @throws SemblanceError GROUP_NOT_FOUND */
  group(id: DuplicateGroupId): GroupDetail;
  /** @throws SemblanceError GROUP_NOT_FOUND */
  choose(id: DuplicateGroupId, choice: DuplicateChoice): ActResult;
  rules(): DuplicateRules;
  setRules(rules: DuplicateRules): DuplicateRules;
  /** Keeps copies in the order of a preset until the library is closed; what the person has chosen stays on record. */
  preferFor(preset: RulePreset): void;
  presets(): PresetOrder[];
  plan(request?: PlanRequest): Promise<DuplicatePlan>;
  apply(request?: PlanRequest): Promise<TrashReport>;
}

export interface DuplicatesDeps {
  catalog: Catalog;
  acts: ActsService;
  finder: Finder;
  /** Counts up with every change of the library. */
  revision: () => number;
  onChange: () => void;
  /** Moves files to the trash; what they leave to the ones kept is its business. */
  trash: (groups: readonly PlannedGroup[]) => Promise<TrashReport>;
}

const RULES = 'duplicate-rules';
const DEFAULT_RULES: DuplicateRules = { order: [...PRESETS['best-quality']], preferred: [], references: [] };
const LAST_AT = 'duplicates-last-at';

interface DecideUndo {
  group: DuplicateGroupId;
  photos: number;
  /** As they were. */
  decisions: { a: string; b: string; decision: DuplicateDecision | null; copies: number }[];
  choice: number[] | null;
}

export function createDuplicates(deps: DuplicatesDeps): DuplicatesService {
  const { catalog, acts, finder } = deps;
  let cached: { revision: string; built: Built } | null = null;
  let version = 0;
  let preferred: RulePreset | null = null;

  const rules = (): DuplicateRules => {
    const stored = duplicateRules.safeParse(JSON.parse(catalog.setting(RULES) ?? 'null'));
    const chosen = stored.success ? stored.data : DEFAULT_RULES;
    return preferred === null ? chosen : { ...chosen, order: [...PRESETS[preferred]] };
  };
  const built = (): Built => {
    const revision = `${deps.revision()} ${version}`;
    if (cached?.revision !== revision) cached = { revision, built: buildGroups(catalog, rules()) };
    return cached.built;
  };
  const changed = (): void => {
    version += 1;
    deps.onChange();
  };
  const required = (id: DuplicateGroupId): BuiltGroup => {
    const group = built().groups.get(id);
    if (group === undefined)
      throw new SemblanceError('GROUP_NOT_FOUND', 'This group does not exist any more.');
    return group;
  };
  const filtered = (filter: GroupFilter): BuiltGroup[] => {
    const { kinds, folderId, minBytes, decided } = groupFilter.parse(filter);
    return [...built().groups.values()].filter(
      (group) =>
        kinds.includes(group.kind) &&
        (group.decision !== null) === decided &&
        group.freed >= minBytes &&
        (folderId === undefined || [...group.files.values()].some((file) => file.folderId === folderId)),
    );
  };
  const planned = async (request: PlanRequest) => {
    const { groups: ids, filter, bestOfBursts } = planRequest.parse(request);
    const open = (ids === undefined ? filtered(filter) : ids.map(required)).filter(
      (g) => g.decision === null,
    );
    return planGroups(open, { bestOfBursts });
  };

  acts.register<DecideUndo>('duplicates-choose', ({ group, photos, decisions, choice }) => {
    catalog.transaction(() => {
      catalog.decide(decisions);
      catalog.setChoice(group, choice);
    });
    version += 1;
    return photos;
  });

  return {
    status() {
      const { state, done, total, problem } = finder.state();
      const open = [...built().groups.values()].filter((group) => group.decision === null);
      const lastAt = catalog.setting(LAST_AT);
      return {
        state,
        done,
        total,
        problem,
        lastAt: lastAt === null ? null : Number(lastAt),
        kinds: duplicateKind.options.map((kind) => summary(kind, open)),
        decided: built().groups.size - open.length,
      };
    },
    async find() {
      await finder.run(() => {
        version += 1;
        return built();
      });
      catalog.setSetting(LAST_AT, String(Date.now()));
      changed();
    },
    groups(request = {}) {
      const { offset, limit, sort, ...filter } = groupsRequest.parse(request);
      const all = filtered(filter).sort(ORDERS[sort]);
      return { total: all.length, groups: shown(catalog, all.slice(offset, offset + limit), rules()) };
    },
    group(id) {
      const group = required(id);
      const [view] = shown(catalog, [group], rules());
      if (view === undefined) throw new SemblanceError('GROUP_NOT_FOUND', 'Its photos are out of sight now.');
      const files = group.ranked.flatMap((candidate) => group.files.get(candidate.id) ?? []);
      const contents = files.map((file) => file.content);
      const judged = catalog.judgements(contents, JUDGEMENT_VERSION) as Map<string, Judgement>;
      return {
        group: view,
        facts: files.map((file) => ({
          photoId: file.photoId,
          fileId: file.fileId,
          facts: factsOf(file, judged.get(file.content)),
        })),
      };
    },
    choose(id, choice) {
      const group = required(id);
      const files = [...group.files.values()];
      const result = acts.perform<DecideUndo>('duplicates-choose', () => {
        const copies = new Map<string, number>();
        for (const file of files) copies.set(file.content, (copies.get(file.content) ?? 0) + 1);
        const pairs = choice.kind === 'keep' ? [] : pairsOfGroup(copies);
        const before = new Map(catalog.decisions().map((d) => [`${d.a} ${d.b}`, d]));
        const choiceBefore = catalog.choices().get(id) ?? null;
        const decision = choice.kind === 'decide' ? choice.decision : null;
        catalog.decide(pairs.map((pair) => ({ ...pair, decision })));
        catalog.setChoice(id, choice.kind === 'keep' ? choice.files.filter((f) => group.files.has(f)) : null);
        const photos = new Set(files.map((file) => file.photoId)).size;
        return {
          payload: {
            group: id,
            photos,
            decisions: pairs.map((p) => before.get(`${p.a} ${p.b}`) ?? { ...p, decision: null }),
            choice: choiceBefore,
          },
          photos,
        };
      });
      changed();
      return result;
    },
    rules,
    setRules(wanted) {
      catalog.setSetting(RULES, JSON.stringify(wanted));
      changed();
      return rules();
    },
    preferFor(preset) {
      preferred = preset;
      version += 1;
    },
    presets: () => rulePreset.options.map((preset) => ({ preset, order: [...PRESETS[preset]] })),
    plan: async (request = {}) => (await planned(request)).plan,
    async apply(request = {}) {
      const { groups } = await planned(request);
      if (groups.length === 0) return { actId: null, trashed: 0, bytes: 0, failed: [] };
      const report = await deps.trash(groups);
      changed();
      return report;
    },
  };
}

const KIND_ORDER: readonly DuplicateKind[] = duplicateKind.options;

const ORDERS: Readonly<Record<'freed' | 'newest' | 'kind', (a: BuiltGroup, b: BuiltGroup) => number>> = {
  freed: (a, b) => b.freed - a.freed || byId(a, b),
  newest: (a, b) => newest(b) - newest(a) || byId(a, b),
  kind: (a, b) => KIND_ORDER.indexOf(a.kind) - KIND_ORDER.indexOf(b.kind) || b.freed - a.freed || byId(a, b),
};

function byId(a: BuiltGroup, b: BuiltGroup): number {
  return a.id < b.id ? -1 : Number(a.id > b.id);
}

function newest(group: BuiltGroup): number {
  return Math.max(...[...group.files.values()].map((file) => file.takenAt));
}

function summary(kind: DuplicateKind, open: readonly BuiltGroup[]): DuplicateStatus['kinds'][number] {
  const groups = open.filter((group) => group.kind === kind);
  return {
    kind,
    groups: groups.length,
    files: groups.reduce((sum, group) => sum + group.files.size - group.keep.size, 0),
    bytes: groups.reduce((sum, group) => sum + group.freed, 0),
  };
}

/** With tiles; a photo that went out of sight since the groups were made is left out. */
function shown(catalog: Catalog, groups: readonly BuiltGroup[], rules: DuplicateRules): DuplicateGroup[] {
  const ids = new Set(groups.flatMap((group) => [...group.files.values()].map((file) => file.photoId)));
  // Raw files as well that a picture stands for elsewhere: what a plan would move must be there to be seen.
  const tiles = catalog.tiles([...ids], false, true);
  return groups.flatMap((group): DuplicateGroup[] => {
    const order = group.kind === 'burst' ? BURST_ORDER : rules.order;
    const photos = group.ranked.flatMap((candidate, at): DuplicatePhoto[] => {
      const file = group.files.get(candidate.id);
      const photo = file === undefined ? undefined : tiles.get(file.photoId);
      if (file === undefined || photo === undefined) return [];
      const { fileId, path, folderId, bytes, width, height, format, favourite, rating, albums, labels } =
        file;
      return [
        {
          ...{ photo, fileId, path, folderId, bytes, width, height, format, favourite, rating, albums },
          reference: candidate.reference,
          labels,
          keep: group.keep.has(fileId),
          suggested: at === 0,
          reasons: keepReasons(candidate, group.ranked, order),
          changes: group.changes.get(fileId) ?? [],
          difference: group.difference.get(fileId) ?? null,
        },
      ];
    });
    const { id, kind, freed, decision, chosen } = group;
    return photos.length < 2 ? [] : [{ id, kind, photos, freed, decision, chosen }];
  });
}
