// Labels on record: answers and findings side by side, runs taken back in any order, and nothing lost on the way.
import { beforeEach, expect, test } from 'vitest';
import type { Catalog } from '../src/index.ts';
import { openCatalog } from '../src/index.ts';
import { freshCatalog, index, photoAt, temporaryFolder } from './fixtures.ts';

let folder: string;
let catalog: Catalog;
let a: string;
let b: string;
let c: string;

const DRAFT = {
  name: 'boat',
  descriptions: ['a boat'],
  exclusions: [],
  parentId: null,
  color: 'blue' as const,
  precision: 0.8,
  automatic: false,
  sensitive: false,
  pack: null,
};

beforeEach(() => {
  folder = temporaryFolder();
  catalog = freshCatalog(folder);
  const root = catalog.addRoot('/photos');
  index(catalog, root.id, { 'a.jpg': 'a', 'b.jpg': 'b', 'c.jpg': 'c' });
  [a, b, c] = ['a', 'b', 'c'].map((name) => photoAt(catalog, `/photos/${name}.jpg`)) as [
    string,
    string,
    string,
  ];
});

const states = (id: number): string[] =>
  [a, b, c].map((photo) => catalog.labelsOf(photo).find((label) => label.id === id)?.state ?? '-');

function run(id: number, findings: Record<string, 'tagged' | 'suggested' | null>): number {
  const runId = catalog.beginLabelRun([{ id, name: 'boat' }], 3);
  catalog.applyLabelRun(
    runId,
    id,
    Object.entries(findings).map(([photoId, rule]) => ({ photoId, rule, score: 0.7 })),
  );
  catalog.endLabelRun(runId, { state: 'done', actId: catalog.recordAct('label-run', { runId }) });
  return runId;
}

test('answers win over findings, and taken back leave them as they were', () => {
  const id = catalog.createLabel(DRAFT);
  run(id, { [a]: 'tagged', [b]: 'suggested' });
  const before = catalog.answerLabels([
    { labelId: id, photoId: a, verdict: 'no', decidedAt: 1 },
    { labelId: id, photoId: c, verdict: 'yes', decidedAt: 1 },
    { labelId: id, photoId: 'f'.repeat(20), verdict: 'yes', decidedAt: 1 },
    { labelId: 99, photoId: a, verdict: 'yes', decidedAt: 1 },
  ]);
  expect(states(id)).toEqual(['refused', 'suggested', 'yours']);
  expect(catalog.labelCounts().get(id)).toEqual({ yes: 1, no: 1, tagged: 1, suggested: 1 });
  expect(catalog.timeline({ offset: 0, limit: 9 }, { kind: 'label', id }).photos.map((p) => p.id)).toEqual([
    c,
  ]);
  expect(before).toHaveLength(2);
  catalog.answerLabels(before);
  expect(states(id)).toEqual(['tagged', 'suggested', '-']);
});

test('a run replaces findings only, and is taken back to exactly what was there', () => {
  const id = catalog.createLabel(DRAFT);
  run(id, { [a]: 'tagged', [b]: 'tagged' });
  catalog.answerLabels([{ labelId: id, photoId: b, verdict: 'yes', decidedAt: 5 }]);
  const before = catalog.labelRows(id);
  const second = run(id, { [a]: 'suggested', [b]: null, [c]: 'suggested' });
  expect(states(id)).toEqual(['suggested', 'yours', 'suggested']);
  expect(catalog.labelRun(second)).toMatchObject({ tagged: 0, suggested: 2, withdrawn: 1 });
  expect(catalog.revertLabelRun(second, 'undone')).toBe(2);
  expect(catalog.labelRows(id)).toEqual(before);
  expect(catalog.labelRun(second)?.state).toBe('undone');
});

test('runs are taken back in any order', () => {
  const id = catalog.createLabel(DRAFT);
  const first = run(id, { [a]: 'tagged', [b]: 'suggested' });
  const second = run(id, { [a]: 'suggested', [b]: 'tagged', [c]: 'tagged' });
  catalog.revertLabelRun(first, 'undone');
  expect(states(id)).toEqual(['suggested', 'tagged', 'tagged']);
  catalog.revertLabelRun(second, 'undone');
  expect(states(id)).toEqual(['-', '-', '-']);
  expect(catalog.labelRows(id)).toEqual([]);
});

test('a run that its process left unfinished is taken back when the library is opened', () => {
  const id = catalog.createLabel(DRAFT);
  run(id, { [a]: 'tagged' });
  const before = catalog.labelRows(id);
  const runId = catalog.beginLabelRun([{ id, name: 'boat' }], 3);
  catalog.applyLabelRun(runId, id, [
    { photoId: a, rule: null, score: 0.1 },
    { photoId: b, rule: 'tagged', score: 0.9 },
  ]);
  catalog.close();
  const again = openCatalog(folder);
  try {
    expect(again.failInterruptedLabelRuns('closed')).toEqual([runId]);
    expect(again.labelRows(id)).toEqual(before);
    expect(again.labelRun(runId)).toMatchObject({ state: 'failed', problem: 'closed', actId: null });
    expect(again.failInterruptedLabelRuns('closed')).toEqual([]);
  } finally {
    again.close();
  }
});

test('removing a label moves those below it up; bringing it back restores rows, and not those of runs undone since', () => {
  const top = catalog.createLabel({ ...DRAFT, name: 'top' });
  const id = catalog.createLabel({ ...DRAFT, parentId: top });
  const below = catalog.createLabel({ ...DRAFT, name: 'sail', parentId: id });
  const undone = run(id, { [a]: 'tagged' });
  catalog.answerLabels([{ labelId: id, photoId: b, verdict: 'no', decidedAt: 3 }]);
  const record = catalog.label(id);
  const rows = catalog.labelRows(id);
  if (record === null) throw new Error('the label is gone');
  const children = catalog.removeLabel(id);
  expect(children).toEqual([below]);
  expect(catalog.label(below)?.parentId).toBe(top);
  catalog.revertLabelRun(undone, 'undone');
  catalog.restoreLabel(record, rows, children);
  expect(catalog.label(id)).toEqual(record);
  expect(catalog.label(below)?.parentId).toBe(id);
  expect(states(id)).toEqual(['-', 'refused', '-']);
});

test('a label counts and shows the photos of those below it, once each, and only those in sight', () => {
  const top = catalog.createLabel({ ...DRAFT, name: 'top' });
  const id = catalog.createLabel({ ...DRAFT, parentId: top });
  run(id, { [a]: 'tagged', [b]: 'tagged', [c]: 'suggested' });
  catalog.answerLabels([{ labelId: top, photoId: a, verdict: 'yes', decidedAt: 3 }]);
  expect(catalog.labelCounts().get(top)?.tagged).toBe(2);
  expect(catalog.timeline({ offset: 0, limit: 9 }, { kind: 'label', id: top }).total).toBe(2);
  catalog.mark([a, c], { hidden: true });
  expect(catalog.labelCounts().get(top)?.tagged).toBe(1);
  expect(catalog.labelCounts().get(id)).toMatchObject({ tagged: 1, suggested: 0 });
  expect(
    catalog.timeline({ offset: 0, limit: 9 }, { kind: 'label', id: top }).photos.map((p) => p.id),
  ).toEqual([b]);
  expect(catalog.labelQueue(null, { offset: 0, limit: 9 })).toEqual({ total: 0, items: [] });
  catalog.mark([c], { hidden: false });
  expect(catalog.labelQueue(id, { offset: 0, limit: 9 }).items).toMatchObject([{ photoId: c, score: 0.7 }]);
  expect(catalog.labelQueue(top, { offset: 0, limit: 9 }).total).toBe(0);
  expect(catalog.labelsAmong([b, c])).toEqual([{ id, name: 'boat', photos: 1 }]);
});

test('photos that get an embedding are due where a label is automatic, and only there', () => {
  catalog.markEmbedded([{ photoId: a, vectorHash: 'x' }], 'm');
  expect(catalog.labelDue(9)).toEqual([]);
  catalog.createLabel({ ...DRAFT, automatic: true });
  catalog.markEmbedded([{ photoId: b, vectorHash: 'x' }], 'm');
  expect(catalog.labelDue(9)).toEqual([b]);
  catalog.clearLabelDue([b]);
  expect(catalog.labelDue(9)).toEqual([]);
});

test('old runs can no longer be taken back; what they found stays', () => {
  const id = catalog.createLabel(DRAFT);
  const first = run(id, { [a]: 'tagged' });
  const second = run(id, { [b]: 'tagged' });
  catalog.forgetOldLabelRuns(1);
  expect(catalog.labelRun(first)?.actId).toBeNull();
  expect(catalog.labelRun(second)?.actId).not.toBeNull();
  expect(states(id)).toEqual(['tagged', 'tagged', '-']);
});
