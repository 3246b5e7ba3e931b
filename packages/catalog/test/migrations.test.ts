// Each schema step, and the rule for applying them.
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { APPLICATION_ID, MIGRATIONS, type Migration, migrate } from '../src/migrations/index.ts';
import { openSql, type Sql } from '../src/sql.ts';
import { temporaryFolder } from './fixtures.ts';

function database(): Sql {
  const sql = openSql(join(temporaryFolder(), 'test.sqlite'));
  onTestFinished(() => sql.close());
  return sql;
}

const version = (sql: Sql) => sql.get<{ user_version: number }>('PRAGMA user_version')?.user_version;
const tables = (sql: Sql) =>
  sql
    .all<{ name: string }>(
      `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name`,
    )
    .map((row) => row.name);

test('the steps are numbered 1, 2, 3, ...', () => {
  expect(MIGRATIONS.map((step) => step.version)).toEqual(MIGRATIONS.map((_, at) => at + 1));
});

test('0001 makes the first tables, and a second run changes nothing', () => {
  const sql = database();
  migrate(sql, MIGRATIONS.slice(0, 1));
  expect(tables(sql)).toEqual(['embeddings', 'files', 'in_flight', 'journal', 'photos', 'roots', 'settings']);
  expect(version(sql)).toBe(1);
  expect(sql.get('PRAGMA application_id')).toEqual({ application_id: APPLICATION_ID });
  migrate(sql, MIGRATIONS.slice(0, 1));
  expect(version(sql)).toBe(1);
});

test('0002 keeps what 0001 holds, and refuses marks that make no sense', () => {
  const sql = database();
  migrate(sql, MIGRATIONS.slice(0, 1));
  sql.exec(`INSERT INTO photos (id, content_hash, format, bytes, width, height, animated, taken_at, date_source, added_at)
    VALUES ('p', 'h', 'jpeg', 1, 1, 1, 0, 0, 'exif', 0)`);
  migrate(sql, MIGRATIONS.slice(0, 2));
  expect(tables(sql)).toEqual(expect.arrayContaining(['acts', 'album_photos', 'albums']));
  expect(sql.get('SELECT id, favourite, rating, hidden FROM photos')).toEqual({
    id: 'p',
    favourite: 0,
    rating: null,
    hidden: 0,
  });
  expect(() => sql.run('UPDATE photos SET rating = 6')).toThrow('CHECK');
  expect(() => sql.run('UPDATE photos SET favourite = 2')).toThrow('CHECK');
});

test('0003 adds captions and keywords, which go with their photo', () => {
  const sql = database();
  migrate(sql, MIGRATIONS.slice(0, 3));
  sql.exec(`PRAGMA foreign_keys = ON;
    INSERT INTO photos (id, content_hash, format, bytes, width, height, animated, taken_at, date_source, added_at, caption)
    VALUES ('p', 'h', 'jpeg', 1, 1, 1, 0, 0, 'exif', 0, 'sea');
    INSERT INTO photo_keywords VALUES ('p', 'boat'); DELETE FROM photos`);
  expect(sql.all('SELECT * FROM photo_keywords')).toEqual([]);
});

test('0005 notes which sidecars are behind, whichever way a label comes and goes', () => {
  const sql = database();
  migrate(sql, MIGRATIONS.slice(0, 5));
  sql.exec(`PRAGMA foreign_keys = ON;
    INSERT INTO photos (id, content_hash, format, bytes, width, height, animated, taken_at, date_source, added_at)
    VALUES ('p', 'h', 'jpeg', 1, 1, 1, 0, 0, 'exif', 0);
    INSERT INTO labels (id, name, descriptions, exclusions, color, precision, automatic, sensitive, created_at)
    VALUES (1, 'l', '[]', '[]', 'red', 0.8, 0, 0, 0)`);
  const due = () => {
    const { n } = sql.get<{ n: number }>('SELECT count(*) AS n FROM sidecar_due') ?? { n: -1 };
    sql.exec('DELETE FROM sidecar_due');
    return n;
  };
  sql.exec(`INSERT INTO label_photos (label_id, photo_id, verdict, decided_at) VALUES (1, 'p', 'yes', 0)`);
  expect(due()).toBe(1);
  const upsert = (verdict: string) =>
    sql.exec(`INSERT INTO label_photos (label_id, photo_id, verdict, decided_at) VALUES (1, 'p', '${verdict}', 0)
      ON CONFLICT DO UPDATE SET verdict = excluded.verdict`);
  upsert('yes');
  expect(due()).toBe(0);
  upsert('no');
  upsert('yes');
  expect(due()).toBe(1);
  sql.exec('DELETE FROM labels');
  expect(due()).toBe(1);
  sql.exec('DELETE FROM photos');
  expect(due()).toBe(0);
});

test('0006 lets places be named, and knows who was not asked yet', () => {
  const sql = database();
  migrate(sql, MIGRATIONS.slice(0, 5));
  sql.exec(`INSERT INTO photos (id, content_hash, format, bytes, width, height, animated, taken_at, date_source, added_at)
    VALUES ('p', 'h', 'jpeg', 1, 1, 1, 0, 0, 'exif', 0)`);
  migrate(sql, MIGRATIONS.slice(0, 6));
  expect(sql.get('SELECT id, city, region, country, placed FROM photos')).toEqual({
    id: 'p',
    city: null,
    region: null,
    country: null,
    placed: 0,
  });
});

test('0011 counts a photo as new with its first embedding only', () => {
  const sql = database();
  migrate(sql, MIGRATIONS.slice(0, 11));
  sql.exec(`INSERT INTO photos (id, content_hash, format, bytes, width, height, animated, taken_at, date_source, added_at)
    VALUES ('p', 'h', 'jpeg', 1, 1, 1, 0, 0, 'exif', 0);
    INSERT INTO labels (name, descriptions, exclusions, color, precision, automatic, sensitive, created_at)
    VALUES ('sea', '[]', '[]', 'blue', 0.9, 1, 0, 0)`);
  const due = () => sql.all('SELECT photo_id FROM label_due').length;
  const embed = (model: string) => sql.run(`INSERT INTO embeddings VALUES (?, 'p', 'hash')`, model);
  embed('old');
  expect(due()).toBe(1);
  sql.run('DELETE FROM label_due');
  embed('new');
  expect(due()).toBe(0);
  // Edited: every vector goes, and the photo is new again.
  sql.run('DELETE FROM embeddings');
  embed('new');
  expect(due()).toBe(1);
});

test('0008 keeps a journal that outlives the files it is about', () => {
  const sql = database();
  migrate(sql, MIGRATIONS.slice(0, 7));
  sql.exec('PRAGMA foreign_keys = ON');
  sql.run(`INSERT INTO acts (id, at, kind, payload) VALUES (7, 0, 'trash', '{}')`);
  migrate(sql, MIGRATIONS.slice(0, 8));
  const operation = (act: number, state: string) => () =>
    sql.run(
      `INSERT INTO file_operations (act_id, unit, at, file_id, photo_id, path, bytes, modified_at, receipt, state)
       VALUES (?, 0, 0, 99, 'nobody', '/a', 1, 1, '{}', ?)`,
      act,
      state,
    );
  expect(operation(7, 'planned')).not.toThrow();
  expect(operation(7, 'lost')).toThrow('CHECK');
  expect(operation(8, 'planned')).toThrow('FOREIGN KEY');
  expect(sql.get('SELECT payload FROM acts')).toEqual({ payload: '{}' });
});

test('0004 adds labels, and refuses what makes no sense of them', () => {
  const sql = database();
  migrate(sql, MIGRATIONS.slice(0, 4));
  expect(tables(sql)).toEqual(
    expect.arrayContaining(['label_due', 'label_photos', 'label_run_changes', 'label_runs', 'labels']),
  );
  sql.exec(`INSERT INTO photos (id, content_hash, format, bytes, width, height, animated, taken_at, date_source, added_at)
    VALUES ('p', 'h', 'jpeg', 1, 1, 1, 0, 0, 'exif', 0)`);
  const label = (precision: number) => () =>
    sql.run(
      `INSERT INTO labels (name, descriptions, exclusions, color, precision, automatic, sensitive, created_at)
       VALUES ('l', '[]', '[]', 'gray', ?, 0, 0, 0)`,
      precision,
    );
  expect(label(0.8)).not.toThrow();
  expect(label(0.4)).toThrow('CHECK');
  const row = (columns: string, values: string) => () =>
    sql.run(`INSERT INTO label_photos (label_id, photo_id${columns}) VALUES (1, 'p'${values})`);
  expect(row('', '')).toThrow('CHECK');
  expect(row(', verdict', `, 'yes'`)).toThrow('CHECK');
  expect(row(', rule, score', `, 'tagged', 0.5`)).toThrow('CHECK');
  expect(row(', rule, score, run_id', `, 'tagged', 1.5, 1`)).toThrow('CHECK');
  expect(row(', verdict, decided_at', `, 'yes', 1`)).not.toThrow();
});

test('0007 adds likeness, keyed by content, and keeps what is there', () => {
  const sql = database();
  migrate(sql, MIGRATIONS.slice(0, 6));
  sql.exec(`INSERT INTO photos (id, content_hash, format, bytes, width, height, animated, taken_at, date_source, added_at)
    VALUES ('p', printf('%064d', 7), 'jpeg', 1, 1, 1, 0, 0, 'exif', 0)`);
  migrate(sql, MIGRATIONS.slice(0, 7));
  expect(tables(sql)).toEqual(
    expect.arrayContaining([
      'duplicate_choices',
      'duplicate_decisions',
      'duplicate_pairs',
      'photo_signatures',
    ]),
  );
  const plan = sql.all<{ detail: string }>(
    `EXPLAIN QUERY PLAN SELECT id FROM photos WHERE substr(content_hash, 1, 20) = ?`,
    '0',
  );
  expect(plan[0]?.detail).toContain('photos_content');
  expect(sql.get('SELECT id FROM photos')).toEqual({ id: 'p' });
});

test('0009 keeps files as they are, and forgets the troubles of a folder with it', () => {
  const sql = database();
  migrate(sql, MIGRATIONS.slice(0, 8));
  sql.exec(`PRAGMA foreign_keys = ON; INSERT INTO roots (path, added_at) VALUES ('/p', 0);
    INSERT INTO files (root_id, rel_path, size, mtime_ms) VALUES (1, 'a', 7, 1)`);
  migrate(sql, MIGRATIONS.slice(0, 9));
  expect(sql.get('SELECT rel_path, sidecars_seen, film_seen, live FROM files')).toEqual({
    rel_path: 'a',
    sidecars_seen: null,
    film_seen: null,
    live: 0,
  });
  const plan = sql.all<{ detail: string }>(
    `EXPLAIN QUERY PLAN SELECT id FROM files WHERE size = 7 AND status = 'pending' AND presence = 'present'`,
  );
  expect(plan[0]?.detail).toContain('files_pending_size');
  sql.exec(`INSERT INTO scan_problems VALUES (1, 'b', 'unreadable', 'No.'); DELETE FROM roots`);
  expect(sql.all('SELECT * FROM scan_problems')).toEqual([]);
});

test('0010: whoever followed a photo that goes stands for itself again', () => {
  const sql = database();
  migrate(sql, MIGRATIONS.slice(0, 9));
  for (const id of ['jpeg', 'raw']) {
    sql.run(
      `INSERT INTO photos (id, content_hash, format, bytes, width, height, animated, taken_at, date_source, added_at, present_files)
       VALUES (?, ?, 'jpeg', 1, 1, 1, 0, 0, 'exif', 0, 1)`,
      ...[id, id],
    );
  }
  migrate(sql, MIGRATIONS.slice(0, 10));
  sql.run(`UPDATE photos SET leader = 'jpeg' WHERE id = 'raw'`);
  sql.run(`UPDATE photos SET present_files = 2 WHERE id = 'jpeg'`);
  expect(sql.get(`SELECT leader FROM photos WHERE id = 'raw'`)).toEqual({ leader: 'jpeg' });
  sql.run(`UPDATE photos SET present_files = 0 WHERE id = 'jpeg'`);
  expect(sql.get(`SELECT leader FROM photos WHERE id = 'raw'`)).toEqual({ leader: null });
});

test('0012 leaves folders and files as they are, and nobody waits', () => {
  const sql = database();
  migrate(sql, MIGRATIONS.slice(0, 11));
  sql.run(`INSERT INTO roots (path, added_at) VALUES ('/p', 0)`);
  sql.run(`INSERT INTO files (root_id, rel_path, size, mtime_ms, inode) VALUES (1, 'a', 1, 2, '3')`);
  migrate(sql, MIGRATIONS.slice(0, 12));
  expect(sql.get('SELECT path, state, volume, inside, serial, stranger, found_at FROM roots')).toEqual({
    path: '/p',
    state: 'online',
    volume: null,
    inside: null,
    serial: null,
    stranger: 0,
    found_at: null,
  });
  expect(sql.get('SELECT size, inode, serial, changed_ms, not_before, waiting_since FROM files')).toEqual({
    size: 1,
    inode: '3',
    serial: null,
    changed_ms: null,
    not_before: 0,
    waiting_since: null,
  });
  expect(() => sql.run('UPDATE roots SET stranger = 2')).toThrow('CHECK');
});

test('0013 leaves what was thrown away on the list, and folders’ notes as they are', () => {
  const sql = database();
  migrate(sql, MIGRATIONS.slice(0, 12));
  sql.run(`INSERT INTO roots (path, added_at, state, note) VALUES ('/p', 0, 'offline', 'Gone.')`);
  sql.run(`INSERT INTO acts (at, kind, payload) VALUES (0, 'trash', '{}')`);
  sql.run(
    `INSERT INTO file_operations (act_id, unit, at, path, bytes, modified_at, receipt, state)
     VALUES (1, 0, 0, '/p/a', 1, 0, '{}', 'done')`,
  );
  migrate(sql, MIGRATIONS.slice(0, 13));
  expect(sql.get('SELECT dismissed, state FROM file_operations')).toEqual({ dismissed: 0, state: 'done' });
  expect(sql.get('SELECT note, why FROM roots')).toEqual({ note: 'Gone.', why: null });
  expect(() => sql.run('UPDATE file_operations SET dismissed = 2')).toThrow('CHECK');
});

test('0001 refuses rows that make no sense', () => {
  const sql = database();
  migrate(sql, MIGRATIONS.slice(0, 1));
  sql.exec('PRAGMA foreign_keys = ON');
  sql.run(`INSERT INTO roots (path, added_at) VALUES ('/p', 0)`);
  const file = (columns: string, values: string) => () =>
    sql.run(`INSERT INTO files (root_id, rel_path, size, mtime_ms${columns}) VALUES (1, 'a', 1, 1${values})`);
  expect(file(', status', `, 'ready'`)).toThrow('CHECK');
  expect(file(', status', `, 'failed'`)).toThrow('CHECK');
  expect(file(', presence', `, 'somewhere'`)).toThrow('CHECK');
  expect(file(', photo_id', `, 'nobody'`)).toThrow('FOREIGN KEY');
  expect(file('', '')).not.toThrow();
  expect(file('', '')).toThrow('UNIQUE');
});

test('a step that fails leaves the version before it', () => {
  const sql = database();
  const good: Migration = { version: 1, sql: 'CREATE TABLE one (id)' };
  const bad: Migration = { version: 2, sql: 'CREATE TABLE two (id); INSERT INTO nowhere VALUES (1)' };
  expect(() => migrate(sql, [good, bad])).toThrow('nowhere');
  expect(version(sql)).toBe(1);
  expect(tables(sql)).toEqual(['one']);
  migrate(sql, [good, { version: 2, sql: 'CREATE TABLE two (id)' }]);
  expect(version(sql)).toBe(2);
});
