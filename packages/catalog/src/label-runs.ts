// Runs of label rules: what each found, in whose place, and how to take a whole run back.
import type { LabelRun, LabelRunId } from '@semblance/contract';
import type { LabelPhotoRow } from './label-rows.ts';
import type { LabelsReader, LabelsWriter, RunDecision } from './label-types.ts';
import type { Sql } from './sql.ts';

type LabelRunsPart = Pick<LabelsReader, 'labelRun' | 'labelRuns' | 'labelDue'> &
  Pick<
    LabelsWriter,
    | 'beginLabelRun'
    | 'applyLabelRun'
    | 'countLabelRun'
    | 'endLabelRun'
    | 'revertLabelRun'
    | 'failInterruptedLabelRuns'
    | 'forgetOldLabelRuns'
    | 'clearLabelDue'
  >;

interface RunRow extends Omit<LabelRun, 'labels' | 'actId'> {
  labels: string;
  act_id: number | null;
}

interface ChangeRow {
  label_id: number;
  photo_id: string;
  rule: string | null;
  score: number | null;
  by_run: number | null;
}

export function labelRunsPart(sql: Sql): LabelRunsPart {
  function revert(runId: LabelRunId, state: 'undone' | 'failed', problem: string | null): number {
    return sql.transaction(() => {
      const changes = sql.all<ChangeRow>('SELECT * FROM label_run_changes WHERE run_id = ?', runId);
      for (const change of changes) takeBack(sql, runId, change);
      // What came to another label by a merge has no change of its own there.
      sql.run('DELETE FROM label_photos WHERE run_id = ? AND verdict IS NULL', runId);
      sql.run('UPDATE label_photos SET rule = NULL, score = NULL, run_id = NULL WHERE run_id = ?', runId);
      sql.run('DELETE FROM label_run_changes WHERE run_id = ?', runId);
      sql.run('UPDATE label_runs SET state = ?, problem = ? WHERE id = ?', state, problem, runId);
      return new Set(changes.map((change) => change.photo_id)).size;
    });
  }

  return {
    labelRun: (id) => sql.all<RunRow>('SELECT * FROM label_runs WHERE id = ?', id).map(run)[0] ?? null,
    labelRuns: (limit) =>
      sql.all<RunRow>('SELECT * FROM label_runs ORDER BY id DESC LIMIT ?', limit).map(run),
    labelDue: (limit) =>
      sql
        .all<{ photo_id: string }>('SELECT photo_id FROM label_due ORDER BY photo_id LIMIT ?', limit)
        .map((row) => row.photo_id),
    beginLabelRun: (labels, total) =>
      sql.run(
        `INSERT INTO label_runs (at, state, labels, total) VALUES (?, 'running', ?, ?)`,
        Date.now(),
        JSON.stringify(labels),
        total,
      ).lastId,
    applyLabelRun: (runId, labelId, decisions) =>
      sql.transaction(() => {
        const counts = { tagged: 0, suggested: 0, withdrawn: 0 };
        for (const decision of decisions) {
          const { had, has } = applyOne(sql, runId, labelId, decision);
          if (has !== null) counts[has] += 1;
          if (had === 'tagged' && has !== 'tagged') counts.withdrawn += 1;
        }
        sql.run(
          `UPDATE label_runs SET tagged = tagged + ?, suggested = suggested + ?, withdrawn = withdrawn + ? WHERE id = ?`,
          counts.tagged,
          counts.suggested,
          counts.withdrawn,
          runId,
        );
      }),
    countLabelRun: (runId, done, total) =>
      void sql.run('UPDATE label_runs SET done = ?, total = ? WHERE id = ?', done, total, runId),
    endLabelRun: (runId, end) =>
      void sql.run(
        'UPDATE label_runs SET state = ?, act_id = ?, problem = ? WHERE id = ?',
        end.state,
        end.state === 'done' ? end.actId : null,
        end.state === 'failed' ? end.problem : null,
        runId,
      ),
    revertLabelRun: (runId, state, problem) => revert(runId, state, problem ?? null),
    failInterruptedLabelRuns: (problem) => {
      // The newest first: each is then the last one to have touched its photos.
      const open = sql.all<{ id: LabelRunId }>(
        `SELECT id FROM label_runs WHERE state = 'running' ORDER BY id DESC`,
      );
      for (const { id } of open) revert(id, 'failed', problem);
      return open.map(({ id }) => id);
    },
    forgetOldLabelRuns: (keep) => {
      const old = `SELECT id FROM label_runs ORDER BY id DESC LIMIT -1 OFFSET ${Math.trunc(keep)}`;
      sql.transaction(() => {
        sql.run(`DELETE FROM label_run_changes WHERE run_id IN (${old})`);
        sql.run(`UPDATE label_runs SET act_id = NULL WHERE id IN (${old})`);
      });
    },
    clearLabelDue: (photoIds) =>
      void sql.run(
        'DELETE FROM label_due WHERE photo_id IN (SELECT value FROM json_each(?))',
        JSON.stringify(photoIds),
      ),
  };
}

interface Applied {
  had: RunDecision['rule'];
  has: RunDecision['rule'];
}

const NOTHING: Applied = { had: null, has: null };

/** Returns what a rule said before and what it says now. */
function applyOne(
  sql: Sql,
  runId: LabelRunId,
  labelId: number,
  { photoId, rule, score }: RunDecision,
): Applied {
  const before = sql.get<LabelPhotoRow>(
    'SELECT * FROM label_photos WHERE label_id = ? AND photo_id = ?',
    labelId,
    photoId,
  );
  // A person's answer needs no rule beside it.
  if ((before?.verdict ?? null) !== null) return NOTHING;
  const had = before?.rule ?? null;
  if (had === null && rule === null) return NOTHING;
  // A photo that comes twice in one run keeps what was there before the run.
  const remembered = sql.run(
    `INSERT OR IGNORE INTO label_run_changes (run_id, label_id, photo_id, rule, score, by_run)
     SELECT ?1, l.id, p.id, ?4, ?5, ?6 FROM labels l, photos p WHERE l.id = ?2 AND p.id = ?3`,
    runId,
    labelId,
    photoId,
    had,
    before?.score ?? null,
    before?.run_id ?? null,
  );
  if (remembered.changes === 0 && before?.run_id !== runId) return NOTHING;
  put(
    sql,
    labelId,
    photoId,
    rule === null ? { rule, score: null, by_run: null } : { rule, score, by_run: runId },
  );
  return { had, has: rule };
}

/**
 * As if the run had never been: where a later run has found something in its place, that run shall find what was there
 * before this one when it is taken back itself.
 */
function takeBack(sql: Sql, runId: LabelRunId, change: ChangeRow): void {
  const { label_id, photo_id, rule, score, by_run } = change;
  const later = sql.get<{ run_id: number }>(
    `SELECT run_id FROM label_run_changes WHERE label_id = ? AND photo_id = ? AND run_id > ? ORDER BY run_id LIMIT 1`,
    label_id,
    photo_id,
    runId,
  );
  if (later === undefined) put(sql, label_id, photo_id, change);
  else {
    sql.run(
      `UPDATE label_run_changes SET rule = ?, score = ?, by_run = ?
       WHERE label_id = ? AND photo_id = ? AND run_id = ?`,
      rule,
      score,
      by_run,
      label_id,
      photo_id,
      later.run_id,
    );
  }
}

/** Sets the rule's part of a row; a row of which nothing is left goes. Labels and photos that are gone are left out. */
function put(
  sql: Sql,
  labelId: number,
  photoId: string,
  { rule, score, by_run }: Pick<ChangeRow, 'rule' | 'score' | 'by_run'>,
): void {
  if (rule === null) {
    const values = [labelId, photoId] as const;
    sql.run('DELETE FROM label_photos WHERE label_id = ? AND photo_id = ? AND verdict IS NULL', ...values);
    sql.run(
      'UPDATE label_photos SET rule = NULL, score = NULL, run_id = NULL WHERE label_id = ? AND photo_id = ?',
      ...values,
    );
    return;
  }
  sql.run(
    `INSERT INTO label_photos (label_id, photo_id, rule, score, run_id)
     SELECT l.id, p.id, ?3, ?4, ?5 FROM labels l, photos p WHERE l.id = ?1 AND p.id = ?2
     ON CONFLICT DO UPDATE SET rule = ?3, score = ?4, run_id = ?5`,
    labelId,
    photoId,
    rule,
    score,
    by_run,
  );
}

function run({ labels, act_id, ...rest }: RunRow): LabelRun {
  return { ...rest, labels: JSON.parse(labels), actId: act_id };
}
