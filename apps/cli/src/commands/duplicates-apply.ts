// `semblance duplicates apply` and `undo`: copies to the trash by rule, and back.
import { createInterface } from 'node:readline/promises';
import {
  type DuplicateGroup,
  type DuplicateKind,
  type DuplicatePlan,
  type RestoreReport,
  type RulePreset,
  SemblanceError,
  type TrashReport,
} from '@semblance/contract';
import type { Engine } from '@semblance/engine';
import { humanBytes, type Output, UsageError } from '../output.ts';
import { type LibraryOptions, withLibrary } from '../session.ts';
import { allGroups } from './duplicates.ts';

export interface ApplyOptions extends LibraryOptions {
  kind?: DuplicateKind[];
  rule?: RulePreset;
  dryRun?: boolean;
  yes?: boolean;
}

interface Move {
  path: string;
  kind: DuplicateKind;
  /** What stays in its place. */
  kept: string;
}

/** Copies in the strict sense: what was edited is moved only when asked for by name. */
const COPIES: DuplicateKind[] = ['exact', 'resaved'];

/** So many lines of a plan are shown to people; `--json` has all. */
const SHOWN = 20;

export async function applyDuplicates(options: ApplyOptions, output: Output): Promise<void> {
  const mayAsk = !output.json && process.stdin.isTTY === true && process.stderr.isTTY === true;
  if (!options.dryRun && !options.yes && !mayAsk) {
    throw new UsageError('Say --yes to move files to the trash, or --dry-run to see what would move.');
  }
  const { kind: wanted = COPIES } = options;
  await withLibrary(options, async (engine) => {
    const { duplicates } = engine.services;
    if (options.rule !== undefined) duplicates.preferFor(options.rule);
    await duplicates.find();
    // The best of a burst is kept, and the rest goes, only when bursts are asked for by name.
    const request = { filter: { kinds: wanted }, bestOfBursts: wanted.includes('burst') };
    const plan = await duplicates.plan(request);
    const moves = movesOf(allGroups(engine, wanted), plan);
    if (options.dryRun) {
      output.answer({ dryRun: true, ...plan, moves }, () => humanPlan(plan, moves, SHOWN));
      return;
    }
    if (!options.yes && plan.files > 0) {
      output.say(humanPlan(plan, moves, SHOWN));
      if (!(await confirmed())) {
        output.answer({ actId: null, trashed: 0, bytes: 0, failed: [] }, () => 'Nothing was moved.');
        return;
      }
    }
    const report = await duplicates.apply(request);
    output.answer({ ...report, skipped: plan.skipped }, () => humanReport(report, plan));
  });
}

export async function undoDuplicates(
  actId: number | undefined,
  options: LibraryOptions,
  output: Output,
): Promise<void> {
  await withLibrary(options, async ({ services }) => {
    const id = actId ?? newestApply(services);
    if (id === null) throw new SemblanceError('NOTHING_TO_UNDO', 'No duplicates are in the trash.');
    const report = await services.trash.restore(id);
    output.answer({ actId: id, ...report }, () => humanRestored(report));
  });
}

function newestApply({ acts }: Engine['services']): number | null {
  const all = acts.list(Number.MAX_SAFE_INTEGER);
  return all.find(({ kind, undone }) => kind === 'duplicates-apply' && !undone)?.id ?? null;
}

function movesOf(groups: readonly DuplicateGroup[], plan: DuplicatePlan): Move[] {
  const skipped = new Set(plan.skipped.map(({ path }) => path));
  return groups.flatMap((group) => {
    if (group.decision !== null) return [];
    const best = group.kind === 'burst' && !group.chosen;
    const stays = (photo: DuplicateGroup['photos'][number]): boolean =>
      best ? photo.suggested || photo.reference : photo.keep;
    const kept = group.photos.find(stays)?.path ?? '';
    const going = group.photos.filter((photo) => !stays(photo) && !skipped.has(photo.path));
    return going.map(({ path }) => ({ path, kind: group.kind, kept }));
  });
}

async function confirmed(): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(es)?$/i.test((await terminal.question('Move them to the trash? [y/N] ')).trim());
  } finally {
    terminal.close();
  }
}

function humanPlan(plan: DuplicatePlan, moves: readonly Move[], shown: number): string {
  const { files, bytes, groups, keptFavourites, keptCaredFor, skipped } = plan;
  if (files === 0) return ['No copies to move.', ...skipped.map(humanSkipped)].join('\n');
  return [
    `${files} files in ${groups} groups would go to the trash (${humanBytes(bytes)}).`,
    ...(keptFavourites > 0 ? [`${keptFavourites} favourites are kept.`] : []),
    ...(keptCaredFor > 0 ? [`${keptCaredFor} photos that you rated or put in albums are kept.`] : []),
    ...moves.slice(0, shown).map((move) => `  ${move.kind.padEnd(8)} ${move.path}  (stays: ${move.kept})`),
    ...(moves.length > shown ? [`  and ${moves.length - shown} more; --json lists all`] : []),
    ...skipped.map(humanSkipped),
  ].join('\n');
}

function humanSkipped({ path, why }: DuplicatePlan['skipped'][number]): string {
  return `  left alone (${why}): ${path}`;
}

function humanReport({ actId, trashed, bytes, failed }: TrashReport, plan: DuplicatePlan): string {
  return [
    `${trashed} files are in the trash (${humanBytes(bytes)}).`,
    ...failed.map(({ path, message }) => `  not moved: ${path}: ${message}`),
    ...plan.skipped.map(humanSkipped),
    ...(actId === null ? [] : [`To take it back: semblance duplicates undo ${actId}`]),
  ].join('\n');
}

function humanRestored({ restored, renamed, failed }: RestoreReport): string {
  return [
    `${restored} files are back.`,
    ...renamed.map(({ path, to }) => `  its name was taken: ${path} is now ${to}`),
    ...failed.map(({ path, message }) => `  not back: ${path}: ${message}`),
  ].join('\n');
}
