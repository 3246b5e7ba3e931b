// Labels, and what people and rules say of their photos.
import type { LabelAssignment, LabelId, LabelName, LabelState, PhotoId, Verdict } from '@semblance/contract';
import {
  HAS_LABEL,
  IS_ASKED,
  type LabelPhotoRow,
  type LabelRow,
  labelledRow,
  labelRecord,
} from './label-rows.ts';
import type { LabelAnswer, LabelCounts, LabelsReader, LabelsWriter } from './label-types.ts';
import type { Sql, SqlValue } from './sql.ts';

type LabelsPart = Omit<LabelsReader, 'labelRun' | 'labelRuns' | 'labelDue'> &
  Pick<
    LabelsWriter,
    | 'createLabel'
    | 'changeLabel'
    | 'removeLabel'
    | 'restoreLabel'
    | 'setLabelRows'
    | 'clearLabelRows'
    | 'answerLabels'
  >;

/** Usually few: cheaper to leave out than to look up every photo that is in sight. */
const OUT_OF_SIGHT = 'SELECT id FROM photos WHERE present_files = 0 OR hidden = 1 OR leader IS NOT NULL';
const BY_NAME = 'ORDER BY name COLLATE NOCASE, id';

const COUNTS = `SELECT label_id, count(*) FILTER (WHERE verdict = 'yes') AS yes, count(*) FILTER (WHERE verdict = 'no') AS no,
  count(*) FILTER (WHERE ${HAS_LABEL} AND photo_id NOT IN (${OUT_OF_SIGHT})) AS tagged,
  count(*) FILTER (WHERE ${IS_ASKED} AND photo_id NOT IN (${OUT_OF_SIGHT})) AS suggested
  FROM label_photos GROUP BY label_id`;

/** For labels with labels below them: photos of any of these, each counted once. */
const FAMILY_COUNTS = `WITH RECURSIVE family (top, id) AS (
    SELECT DISTINCT parent_id, parent_id FROM labels WHERE parent_id IS NOT NULL
    UNION SELECT family.top, l.id FROM labels l JOIN family ON l.parent_id = family.id)
  SELECT top AS label_id, count(DISTINCT photo_id) AS tagged FROM family JOIN label_photos ON label_id = family.id
  WHERE ${HAS_LABEL} AND photo_id NOT IN (${OUT_OF_SIGHT}) GROUP BY top`;

/** What a sidecar says of a photo names its label and those above it. */
const FAMILY_DUE = `INSERT OR IGNORE INTO sidecar_due (photo_id) SELECT photo_id FROM label_photos WHERE label_id IN (
  WITH RECURSIVE family (id) AS (SELECT ? UNION SELECT l.id FROM labels l JOIN family ON l.parent_id = family.id)
  SELECT id FROM family)`;

const PUT = `INSERT INTO label_photos (label_id, photo_id, verdict, decided_at, rule, score, run_id)
  SELECT ?1, id, ?3, ?4, ?5, ?6, ?7 FROM photos WHERE id = ?2
  ON CONFLICT DO UPDATE SET verdict = ?3, decided_at = ?4, rule = ?5, score = ?6, run_id = ?7`;

interface QueueRow extends LabelName {
  photo_id: PhotoId;
  score: number;
}

export function labelsPart(sql: Sql): LabelsPart {
  const list = (rest: string, ...values: SqlValue[]) =>
    sql.all<LabelRow>(`SELECT * FROM labels ${rest}`, ...values).map(labelRecord);

  function setLabelRows(...[id, rows]: Parameters<LabelsWriter['setLabelRows']>): void {
    sql.transaction(() => {
      for (const { photoId, verdict, decidedAt, finding } of rows) {
        const { rule = null, score = null, runId = null } = finding ?? {};
        sql.run(PUT, id, photoId, verdict, decidedAt, rule, score, runId);
      }
    });
  }

  return {
    labels: () => list(BY_NAME),
    label: (id) => list('WHERE id = ?', id)[0] ?? null,
    labelCounts: () => {
      const counts = new Map<LabelId, LabelCounts>();
      for (const { label_id, ...row } of sql.all<LabelCounts & { label_id: LabelId }>(COUNTS)) {
        counts.set(label_id, row);
      }
      for (const { label_id, tagged } of sql.all<{ label_id: LabelId; tagged: number }>(FAMILY_COUNTS)) {
        counts.set(label_id, { yes: 0, no: 0, suggested: 0, ...counts.get(label_id), tagged });
      }
      return counts;
    },
    labelRows: (id, photoIds) =>
      (photoIds === undefined
        ? sql.all<LabelPhotoRow>('SELECT * FROM label_photos WHERE label_id = ?', id)
        : sql.all<LabelPhotoRow>(
            'SELECT * FROM label_photos WHERE label_id = ? AND photo_id IN (SELECT value FROM json_each(?))',
            id,
            JSON.stringify(photoIds),
          )
      ).map(labelledRow),
    labelAnswers: (id) =>
      sql.all<{ photoId: PhotoId; verdict: Verdict }>(
        `SELECT photo_id AS photoId, verdict FROM label_photos WHERE label_id = ? AND verdict IS NOT NULL
         ORDER BY decided_at, photo_id`,
        id,
      ),
    labelFindings: (id) =>
      sql
        .all<{ photo_id: PhotoId }>(
          'SELECT photo_id FROM label_photos WHERE label_id = ? AND rule IS NOT NULL',
          id,
        )
        .map((row) => row.photo_id),
    labelsOf: (photoId) =>
      sql
        .all<LabelPhotoRow & LabelName>(
          `SELECT lp.*, l.id, l.name, l.color FROM label_photos lp JOIN labels l ON l.id = lp.label_id
           WHERE photo_id = ? ${BY_NAME}`,
          photoId,
        )
        .map(
          ({ id, name, color, ...row }): LabelAssignment => ({
            id,
            name,
            color,
            state: stateOf(row),
            score: row.score,
          }),
        ),
    labelQueue: (id, { offset, limit }) => {
      const asked = `FROM label_photos JOIN labels l ON l.id = label_id WHERE ${IS_ASKED}
        AND photo_id NOT IN (${OUT_OF_SIGHT}) AND label_id = coalesce(?, label_id)`;
      const rows = sql.all<QueueRow>(
        `SELECT l.id, l.name, l.color, photo_id, score ${asked}
         ORDER BY l.name COLLATE NOCASE, l.id, score DESC, photo_id LIMIT ? OFFSET ?`,
        id,
        limit,
        offset,
      );
      return {
        total: sql.get<{ n: number }>(`SELECT count(*) AS n ${asked}`, id)?.n ?? 0,
        items: rows.map(({ photo_id, score, ...label }) => ({ label, photoId: photo_id, score })),
      };
    },
    labelsAmong: (photoIds) =>
      sql.all<{ id: LabelId; name: string; photos: number }>(
        `SELECT l.id, l.name, count(*) AS photos FROM json_each(?) wanted
         CROSS JOIN label_photos lp ON lp.photo_id = wanted.value JOIN labels l ON l.id = lp.label_id
         WHERE ${HAS_LABEL} GROUP BY l.id ORDER BY photos DESC, l.id`,
        JSON.stringify(photoIds),
      ),

    createLabel: (label) =>
      sql.run(
        `INSERT INTO labels (name, descriptions, exclusions, parent_id, color, precision, automatic, sensitive, pack,
           created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        label.name,
        JSON.stringify(label.descriptions),
        JSON.stringify(label.exclusions),
        label.parentId,
        label.color,
        label.precision,
        label.automatic,
        label.sensitive,
        label.pack,
        Date.now(),
      ).lastId,
    changeLabel: (
      id,
      { name, descriptions, exclusions, parentId, color, precision, automatic, sensitive },
    ) => {
      sql.run(
        `UPDATE labels SET name = coalesce(?2, name), descriptions = coalesce(?3, descriptions),
           exclusions = coalesce(?4, exclusions), parent_id = CASE WHEN ?5 THEN ?6 ELSE parent_id END,
           color = coalesce(?7, color), precision = coalesce(?8, precision), automatic = coalesce(?9, automatic),
           sensitive = coalesce(?10, sensitive) WHERE id = ?1`,
        id,
        name ?? null,
        descriptions === undefined ? null : JSON.stringify(descriptions),
        exclusions === undefined ? null : JSON.stringify(exclusions),
        parentId !== undefined,
        parentId ?? null,
        color ?? null,
        precision ?? null,
        automatic ?? null,
        sensitive ?? null,
      );
      if (name !== undefined || parentId !== undefined) sql.run(FAMILY_DUE, id);
    },
    removeLabel: (id) =>
      sql.transaction(() => {
        const children = sql.all<{ id: LabelId }>('SELECT id FROM labels WHERE parent_id = ?', id);
        sql.run(
          'UPDATE labels SET parent_id = (SELECT parent_id FROM labels WHERE id = ?1) WHERE parent_id = ?1',
          id,
        );
        sql.run('DELETE FROM labels WHERE id = ?', id);
        return children.map((child) => child.id);
      }),
    restoreLabel: (label, rows, children) =>
      sql.transaction(() => {
        sql.run(
          `INSERT INTO labels (id, name, descriptions, exclusions, parent_id, color, precision, automatic, sensitive, pack,
             created_at) VALUES (?, ?, ?, ?, (SELECT id FROM labels WHERE id = ?), ?, ?, ?, ?, ?, ?)`,
          label.id,
          label.name,
          JSON.stringify(label.descriptions),
          JSON.stringify(label.exclusions),
          label.parentId,
          label.color,
          label.precision,
          label.automatic,
          label.sensitive,
          label.pack,
          label.createdAt,
        );
        const undone = sql.all<{ id: number }>(
          `SELECT id FROM label_runs WHERE state IN ('undone', 'failed')`,
        );
        const gone = new Set(undone.map((run) => run.id));
        const standing = rows.map((row) =>
          row.finding !== null && gone.has(row.finding.runId) ? { ...row, finding: null } : row,
        );
        setLabelRows(
          label.id,
          standing.filter((row) => row.verdict !== null || row.finding !== null),
        );
        // Only those that still lie where the removal has put them.
        sql.run(
          `UPDATE labels SET parent_id = ?1 WHERE id IN (SELECT value FROM json_each(?2)) AND parent_id IS
             (SELECT parent_id FROM labels WHERE id = ?1)`,
          label.id,
          JSON.stringify(children),
        );
      }),
    setLabelRows,
    clearLabelRows: (id, photoIds) => {
      sql.run(
        'DELETE FROM label_photos WHERE label_id = ? AND photo_id IN (SELECT value FROM json_each(?))',
        id,
        JSON.stringify(photoIds),
      );
    },
    answerLabels: (answers) => sql.transaction(() => answers.flatMap((answer) => answerOne(sql, answer))),
  };
}

function answerOne(sql: Sql, { labelId, photoId, verdict, decidedAt }: LabelAnswer): LabelAnswer[] {
  const known = sql.get(
    'SELECT 1 FROM labels, photos WHERE labels.id = ? AND photos.id = ?',
    labelId,
    photoId,
  );
  const before = sql.get<LabelPhotoRow>(
    'SELECT * FROM label_photos WHERE label_id = ? AND photo_id = ?',
    labelId,
    photoId,
  );
  if (known === undefined || (before?.verdict ?? null) === verdict) return [];
  if (verdict === null && (before?.rule ?? null) === null) {
    sql.run('DELETE FROM label_photos WHERE label_id = ? AND photo_id = ?', labelId, photoId);
  } else if (before === undefined) {
    sql.run(
      'INSERT INTO label_photos (label_id, photo_id, verdict, decided_at) VALUES (?, ?, ?, ?)',
      labelId,
      photoId,
      verdict,
      decidedAt,
    );
  } else {
    // Not an upsert: its row to insert would have to pass the checks by itself, without the finding that is there.
    sql.run(
      'UPDATE label_photos SET verdict = ?3, decided_at = ?4 WHERE label_id = ?1 AND photo_id = ?2',
      labelId,
      photoId,
      verdict,
      decidedAt,
    );
  }
  return [{ labelId, photoId, verdict: before?.verdict ?? null, decidedAt: before?.decided_at ?? null }];
}

function stateOf({ verdict, rule }: LabelPhotoRow): LabelState {
  if (verdict !== null) return verdict === 'yes' ? 'yours' : 'refused';
  return rule ?? 'suggested';
}
