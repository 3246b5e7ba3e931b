// The groups of the library as they are now: from verdicts on pairs, files, rules and decisions. Kept nowhere, so that
// nothing of it can be out of date.
import { createHash } from 'node:crypto';
import type { Catalog, ContentKey, DuplicateFile, StoredPair } from '@semblance/catalog';
import type { DuplicateDecision, DuplicateGroupId, DuplicateKind, DuplicateRules } from '@semblance/contract';
import {
  BURST_ORDER,
  type Change,
  countFlaws,
  DELETABLE,
  type KeepCandidate,
  type Likeness,
  type LikenessEdge,
  type LikenessKind,
  rankForKeeping,
  starGroups,
  weakestKind,
} from '@semblance/core';
import { type Decisions, decisionsOf } from './duplicates-decisions.ts';
import { candidateOf, isRawFormat, type Judgement, stemOf } from './duplicates-facts.ts';

/** Verdicts of other versions are made again. */
export const PAIR_VERSION = 1;
export const JUDGEMENT_VERSION = 3;

export interface BuiltGroup {
  id: DuplicateGroupId;
  kind: DuplicateKind;
  /** Best first. */
  ranked: KeepCandidate[];
  files: ReadonlyMap<number, DuplicateFile>;
  keep: ReadonlySet<number>;
  changes: ReadonlyMap<number, Change[]>;
  difference: ReadonlyMap<number, number | null>;
  freed: number;
  decision: DuplicateDecision | null;
  chosen: boolean;
}

export interface Built {
  groups: ReadonlyMap<DuplicateGroupId, BuiltGroup>;
  /** Pairs to verify before their photos can be in a group. */
  open: LikenessEdge[];
  /** Contents that are told apart by what their files are worth. */
  judge: ContentKey[];
}

type Edge = Omit<StoredPair, 'likeness'> & { kind: LikenessKind; likeness: Likeness };

export function buildGroups(catalog: Catalog, rules: DuplicateRules): Built {
  const decisions = decisionsOf(catalog.decisions());
  const alike = catalog.pairs(PAIR_VERSION, [...DELETABLE, 'burst', 'similar']) as Edge[];
  const copied = catalog.copiedContents();
  const contents = [...new Set([...alike.flatMap(({ a, b }) => [a, b]), ...copied])];
  const byContent = Map.groupBy(catalog.duplicateFiles(contents), (file) => file.content);
  const edges = alike.filter(({ a, b }) => byContent.has(a) && byContent.has(b) && !isUnit(byContent, a, b));
  const context: Context = {
    byContent,
    edgeOf: new Map(edges.map((edge) => [pairName(edge.a, edge.b), edge])),
    flaws: flawsOf(edges),
    judgements: catalog.judgements(contents, JUDGEMENT_VERSION) as Map<ContentKey, Judgement>,
    rules,
    raws: rawStems(byContent),
    decisions,
    choices: catalog.choices(),
  };

  const denied = (edge: LikenessEdge): boolean => decisions.of(edge.a, edge.b) === 'not-duplicates';
  const deletable = edges.filter((edge) => DELETABLE.includes(edge.kind));
  const { groups: stars, open } = starsOf(
    context,
    deletable.filter((edge) => !denied(edge)),
  );
  const taken = new Set(stars.flatMap((star) => star.members));
  const groups: BuiltGroup[] = stars.map(({ keeper, members }) =>
    assemble(context, copyKind(context, keeper, members), members),
  );
  for (const content of copied) {
    if (!taken.has(content) && (byContent.get(content)?.length ?? 0) > 1) {
      groups.push(assemble(context, 'exact', [content]));
    }
  }
  for (const { keeper, members } of starsOf(context, deletable.filter(denied)).groups) {
    groups.push(assemble(context, copyKind(context, keeper, members), members));
  }
  // What is a copy of something is judged there; of its group only the one that stays can be in a burst.
  const keepers = new Set(stars.map((star) => star.keeper));
  const free = (edge: LikenessEdge): boolean =>
    [edge.a, edge.b].every((content) => !taken.has(content) || keepers.has(content));
  for (const members of bursts(edges.filter((edge) => edge.kind === 'burst' && free(edge)))) {
    groups.push(assemble(context, 'burst', members));
  }
  const similar = edges.filter((edge) => edge.kind === 'similar' && free(edge));
  for (const { members } of starsOf(context, similar).groups)
    groups.push(assemble(context, 'similar', members));

  const asked = [...new Set(open.map((pair) => pair.a))];
  const verified = new Set(catalog.pairs(PAIR_VERSION, null, asked).map(({ a, b }) => pairName(a, b)));
  return {
    groups: new Map(groups.map((group) => [group.id, group])),
    open: open.filter(({ a, b }) => !verified.has(pairName(a, b)) && !isUnit(byContent, a, b)),
    judge: edges.filter((edge) => edge.kind !== 'similar').flatMap(({ a, b }) => [a, b]),
  };
}

interface Context {
  byContent: ReadonlyMap<ContentKey, DuplicateFile[]>;
  edgeOf: ReadonlyMap<string, Edge>;
  flaws: ReadonlyMap<ContentKey, number>;
  judgements: ReadonlyMap<ContentKey, Judgement>;
  rules: DuplicateRules;
  raws: ReadonlySet<string>;
  decisions: Decisions;
  choices: ReadonlyMap<DuplicateGroupId, number[]>;
}

function starsOf(context: Context, edges: readonly LikenessEdge[]): ReturnType<typeof starGroups> {
  return starGroups(edges, (contents) => {
    const best = contents.flatMap((content) => rank(context, [content], 'exact').slice(0, 1));
    const ranked = rankForKeeping(best, context.rules.order);
    const contentOf = new Map(best.map((candidate, at) => [candidate.id, contents[at] ?? '']));
    return ranked.map((candidate) => contentOf.get(candidate.id) ?? '');
  });
}

/** All files of these contents, best first. */
function rank(context: Context, contents: readonly ContentKey[], kind: DuplicateKind): KeepCandidate[] {
  const candidates = contents.flatMap((content) =>
    (context.byContent.get(content) ?? []).map((file) => candidateOf(file, context)),
  );
  return rankForKeeping(candidates, kind === 'burst' ? BURST_ORDER : context.rules.order);
}

function copyKind({ edgeOf }: Context, keeper: ContentKey, members: readonly ContentKey[]): DuplicateKind {
  return weakestKind(members.map((member) => edgeOf.get(pairName(keeper, member))?.kind ?? 'exact'));
}

function assemble(context: Context, kind: DuplicateKind, contents: readonly ContentKey[]): BuiltGroup {
  const id = groupId(kind, contents);
  const ranked = rank(context, contents, kind);
  const files = new Map<number, DuplicateFile>();
  for (const content of contents)
    for (const f of context.byContent.get(content) ?? []) files.set(f.fileId, f);
  const choice = (context.choices.get(id) ?? []).filter((file) => files.has(file));
  const decision = context.decisions.ofGroup(
    contents,
    (content) => context.byContent.get(content)?.length ?? 0,
  );
  const keep = new Set(choice.length > 0 ? choice : suggestion(context, kind, contents, ranked, files));
  for (const candidate of ranked) if (candidate.reference) keep.add(candidate.id);
  const first = files.get(ranked[0]?.id ?? 0)?.content ?? '';
  const likeness = (content: ContentKey) => context.edgeOf.get(pairName(first, content));
  const all = [...files.values()];
  return {
    id,
    kind,
    ranked,
    files,
    keep,
    changes: new Map(all.map((file) => [file.fileId, changesOf(likeness(file.content), file.content)])),
    difference: new Map(
      all.map((file) => [
        file.fileId,
        file.content === first ? 0 : (likeness(file.content)?.likeness.difference ?? null),
      ]),
    ),
    freed: all.reduce((sum, file) => sum + (keep.has(file.fileId) ? 0 : file.bytes), 0),
    decision,
    chosen: choice.length > 0,
  };
}

/** Of copies the best one; of bursts and likenesses, which are different photos, all; and whatever was decided to be kept. */
function suggestion(
  { decisions, byContent }: Context,
  kind: DuplicateKind,
  contents: readonly ContentKey[],
  ranked: readonly KeepCandidate[],
  files: ReadonlyMap<number, DuplicateFile>,
): number[] {
  if (kind === 'burst' || kind === 'similar') return [...files.keys()];
  const kept = ranked.slice(0, 1).map((candidate) => candidate.id);
  for (const content of contents) {
    const copies = (byContent.get(content) ?? []).map((file) => file.fileId).sort((a, b) => a - b);
    const others = contents.filter((other) => other !== content);
    const count = decisions.copiesKept(content) || (others.some((o) => decisions.keeps(content, o)) ? 1 : 0);
    kept.push(...copies.slice(0, count));
  }
  return kept;
}

/** Photos of one burst need not all be alike: the first and the last may be a second apart from the same one. */
function bursts(edges: readonly LikenessEdge[]): ContentKey[][] {
  const leader = new Map<ContentKey, ContentKey>();
  const find = (content: ContentKey): ContentKey => {
    let at = content;
    for (let up = leader.get(at); up !== undefined && up !== at; up = leader.get(at)) at = up;
    return at;
  };
  for (const { a, b } of edges) {
    for (const content of [a, b]) if (!leader.has(content)) leader.set(content, content);
    leader.set(find(a), find(b));
  }
  return [...Map.groupBy(leader.keys(), find).values()].map((members) => members.sort());
}

function changesOf(edge: Edge | undefined, content: ContentKey): Change[] {
  if (edge === undefined) return [];
  return edge.a === content ? edge.likeness.ofA : edge.likeness.ofB;
}

function flawsOf(edges: readonly Edge[]): Map<ContentKey, number> {
  const flaws = new Map<ContentKey, number>();
  const note = (content: ContentKey, changes: readonly Change[]): void => {
    flaws.set(content, Math.max(flaws.get(content) ?? 0, countFlaws(changes)));
  };
  for (const { a, b, kind, likeness } of edges) {
    if (!DELETABLE.includes(kind)) continue;
    note(a, likeness.ofA);
    note(b, likeness.ofB);
  }
  return flaws;
}

/** A raw file and the picture that the camera wrote beside it are one photo in two files: neither is a copy. */
function isUnit(byContent: ReadonlyMap<ContentKey, DuplicateFile[]>, a: ContentKey, b: ContentKey): boolean {
  const [left, right] = [byContent.get(a) ?? [], byContent.get(b) ?? []];
  if (isRawFormat(left[0]?.format) === isRawFormat(right[0]?.format)) return false;
  const stems = new Set(left.map(stemOf));
  return right.some((file) => stems.has(stemOf(file)));
}

function rawStems(byContent: ReadonlyMap<ContentKey, DuplicateFile[]>): Set<string> {
  const files = [...byContent.values()].flat();
  return new Set(files.filter((file) => isRawFormat(file.format)).map(stemOf));
}

export function pairName(a: ContentKey, b: ContentKey): string {
  return a <= b ? `${a} ${b}` : `${b} ${a}`;
}

function groupId(kind: DuplicateKind, contents: readonly ContentKey[]): DuplicateGroupId {
  return createHash('sha256')
    .update(`${kind} ${[...contents].sort().join(' ')}`)
    .digest('hex')
    .slice(0, 20);
}
