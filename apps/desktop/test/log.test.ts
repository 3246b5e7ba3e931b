// The log and what of it may be handed on.
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { diagnosticsText } from '../src/main/decisions/diagnostics.ts';
import { type LogEntry, logLine, plainFacts, shareableLine } from '../src/main/decisions/log-entry.ts';
import { openLog } from '../src/main/log-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'semblance-log-'));
afterAll(() => rmSync(folder, { recursive: true }));

const AT = new Date('2026-03-01T10:00:00Z');
const SECRET = "EACCES: permission denied, open '/home/ada/Pictures/Grandma Anna.jpg'";
const entry: LogEntry = { from: 'engine', what: 'exited', facts: { code: 7, asked: false }, names: SECRET };

describe('an entry of the log', () => {
  it('is one line, whatever is in it', () => {
    expect(logLine({ ...entry, names: 'a\nb' }, AT)).not.toContain('\n');
    expect(logLine({ ...entry, names: 'x'.repeat(9000) }, AT).length).toBeLessThan(2200);
  });

  it('is handed on without what may name something', () => {
    const line = logLine(entry, AT);
    expect(line).toContain('Grandma');
    expect(shareableLine(line, false)).toBe(
      '{"at":"2026-03-01T10:00:00.000Z","from":"engine","what":"exited","facts":{"code":7,"asked":false}}',
    );
    expect(shareableLine(line, true)).toContain('Grandma');
  });

  it.each([
    '/home/ada',
    'C:\\Users\\ada',
    'Grandma Anna',
    'a'.repeat(41),
    'ağaç',
    ['x'],
    { a: 1 },
    undefined,
  ])('has no fact like %j', (fact) => {
    expect(plainFacts({ fact })).toEqual({ fact: '…' });
  });

  it('may be damaged, or written by somebody else', () => {
    for (const line of ['', '{', 'null', '7', '"text"']) expect(shareableLine(line, true)).toBeNull();
    expect(shareableLine(JSON.stringify({ at: SECRET, from: 'app', what: 'a' }), false)).toBeNull();
    const forged = JSON.stringify({
      at: AT,
      from: SECRET,
      what: SECRET,
      facts: { a: SECRET },
      more: SECRET,
    });
    expect(shareableLine(forged, false)).not.toContain('Grandma');
  });
});

describe('the log', () => {
  it('is put aside before it grows too large, and the oldest goes', () => {
    const directory = join(folder, 'full');
    const log = openLog(directory, { maxBytes: 1000, keep: 2 });
    for (let index = 0; index < 60; index++) log.write({ from: 'app', what: `n${index}` });
    expect(readdirSync(directory).sort()).toEqual(['semblance.1.log', 'semblance.2.log', 'semblance.log']);
    for (const name of readdirSync(directory))
      expect(statSync(join(directory, name)).size).toBeLessThanOrEqual(1000);
    const lines = log.lines();
    expect(lines.at(-1)).toContain('"n59"');
    const numbers = lines.map((line) => Number(/"n(\d+)"/.exec(line)?.[1]));
    expect(numbers).toEqual(numbers.map((_, index) => (numbers[0] ?? 0) + index));
    expect(lines.length).toBeGreaterThan(14);
  });

  it.skipIf(process.platform === 'win32')('is for its owner to read', () => {
    const directory = join(folder, 'private');
    openLog(directory).write(entry);
    expect(statSync(join(directory, 'semblance.log')).mode & 0o077).toBe(0);
  });

  it('goes on from an earlier run, and never stops the app', () => {
    const directory = join(folder, 'again');
    openLog(directory).write({ from: 'app', what: 'first' });
    const log = openLog(directory);
    log.write({ from: 'app', what: 'second' });
    expect(log.lines()).toHaveLength(2);
    writeFileSync(join(folder, 'file'), '');
    const nowhere = openLog(join(folder, 'file', 'below'));
    expect(() => nowhere.write(entry)).not.toThrow();
    expect(nowhere.lines()).toEqual([]);
  });
});

describe('diagnostics', () => {
  const facts = {
    app: { version: '1.0.0', commit: '0123456789ab' },
    library: { photos: 1234, model: 'starter', pace: 'gentle', catalogMB: 1.5, problem: '/home/ada/x' },
  };
  const log = [logLine({ from: 'app', what: 'started' }, AT), 'damaged', logLine(entry, AT)];

  it('hold facts and the log, and no names unless asked for', () => {
    const text = diagnosticsText({ facts, log, withNames: false });
    expect(text).toContain('[library]\nphotos: 1234\nmodel: starter');
    expect(text).toContain('"what":"started"');
    for (const secret of ['Grandma', 'ada', 'damaged']) expect(text).not.toContain(secret);
    expect(diagnosticsText({ facts, log, withNames: true })).toContain('Grandma');
  });

  it('hold the newest lines only', () => {
    const long = Array.from({ length: 500 }, (_, index) => logLine({ from: 'app', what: `n${index}` }, AT));
    const text = diagnosticsText({ facts: {}, log: long, withNames: false });
    expect(text).toContain('"n499"');
    expect(text).not.toContain('"n299"');
    expect(text).toContain('"n300"');
  });
});
