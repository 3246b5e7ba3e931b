// Decisions about the system around the window: what arrives, power, the taskbar, how it looks.
import { readFileSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';
import { describe, expect, it } from 'vitest';
import { arrivalsOf, type Kind, photoIdsOf, textsOf } from '../src/main/decisions/arrivals.ts';
import { looksOf, paperColor, rememberedLooks } from '../src/main/decisions/looks.ts';
import { mayOpenElsewhere } from '../src/main/decisions/open-elsewhere.ts';
import { afterPower, idleOf, POWER_EVENTS } from '../src/main/decisions/power.ts';
import { barOf, createReadyNotice } from '../src/main/decisions/work.ts';
import { createQuestions } from '../src/main/questions.ts';
import type { Conditions, Work } from '../src/shared/messages.ts';

describe('what arrives', () => {
  const home = resolve(sep, 'home', 'ada');
  const at = (...parts: string[]) => join(home, ...parts);
  const disk = new Map<string, Kind>([
    [at('Pictures'), 'folder'],
    [at('Pictures', '2019'), 'folder'],
    [at('Pictures2'), 'folder'],
    [at('Downloads', 'a.jpg'), 'file'],
    [at('Downloads', 'b.jpg'), 'file'],
    [at('Pictures', 'c.jpg'), 'file'],
    [resolve(sep, 'd.jpg'), 'file'],
  ]);
  const sort = (...paths: string[]) => arrivalsOf(paths, (path) => disk.get(path) ?? 'none');

  it('are folders, each once, and none inside another', () => {
    const { folders } = sort(at('Pictures', '2019'), at('Pictures'), at('Pictures'), at('Pictures2'));
    expect(folders).toEqual([at('Pictures'), at('Pictures2')]);
  });

  it('are the folders of files, kept apart, and left out where the folder itself is named', () => {
    expect(sort(at('Downloads', 'a.jpg'), at('Downloads', 'b.jpg'))).toEqual({
      folders: [],
      files: [at('Downloads', 'a.jpg'), at('Downloads', 'b.jpg')],
      around: [at('Downloads')],
      missing: [],
    });
    expect(sort(at('Pictures', 'c.jpg'), at('Pictures')).around).toEqual([]);
  });

  it('never mean a whole disk, a relative path, or thousands', () => {
    expect(sort(resolve(sep, 'd.jpg')).around).toEqual([]);
    expect(sort('Pictures')).toEqual({ folders: [], files: [], around: [], missing: [] });
    expect(sort(at('gone'))).toEqual({ folders: [], files: [], around: [], missing: [at('gone')] });
    const many = Array.from({ length: 5000 }, (_, index) => at(String(index)));
    expect(arrivalsOf(many, () => 'folder').folders).toHaveLength(200);
  });

  it.each([undefined, null, 'a', 7, {}, [1, null, {}, '']])(
    'are read as if a stranger sent them: %j',
    (sent) => {
      expect(textsOf(sent)).toEqual([]);
      expect(photoIdsOf(sent)).toEqual([]);
    },
  );

  it('are photos by their ids, and not by anything else', () => {
    const id = '0123456789abcdef0123';
    expect(photoIdsOf([id, '../../etc/passwd', `${id}/x`, id.toUpperCase()])).toEqual([id]);
    expect(photoIdsOf(Array.from({ length: 900 }, () => id))).toHaveLength(500);
  });
});

describe('a file is opened elsewhere', () => {
  it.each(['/a/b.jpg', '/a/B.JPEG', '/a/c.heic', 'C:\\p\\d.NEF'])('%s', (path) => {
    expect(mayOpenElsewhere(path)).toBe(true);
  });

  it.each([
    '/a/b.exe',
    '/a/b.jpg.desktop',
    '/a/b.lnk',
    '/a/jpg',
    '/a/.jpg',
    '/a/b.jpg.',
    '/a/b.command',
    '/a/b.svg',
  ])('never when it would be run: %s', (path) => {
    expect(mayOpenElsewhere(path)).toBe(false);
  });
});

describe('power', () => {
  const start: Conditions = { battery: false, idle: false, suspended: false };

  it.each([
    ['on-battery', { ...start, battery: true }],
    ['on-ac', start],
    ['suspend', { ...start, suspended: true }],
    ['lock-screen', { ...start, idle: true }],
  ] as const)('%s', (event, after) => {
    expect(afterPower(start, event)).toEqual(after);
  });

  it('comes back with waking, also where only the screen is unlocked', () => {
    const asleep = afterPower(afterPower(start, 'lock-screen'), 'suspend');
    expect(asleep).toEqual({ battery: false, idle: true, suspended: true });
    expect(afterPower(asleep, 'resume')).toEqual({ battery: false, idle: true, suspended: false });
    expect(afterPower(asleep, 'unlock-screen')).toEqual(start);
  });

  it('leaves nothing suspended for good', () => {
    const woken = POWER_EVENTS.filter((event) => !afterPower({ ...start, suspended: true }, event).suspended);
    expect(woken).toEqual(['resume', 'unlock-screen']);
  });

  it('is idle when locked, and unknown when the system does not say', () => {
    expect((['active', 'idle', 'locked', 'unknown'] as const).map(idleOf)).toEqual([false, true, true, null]);
  });
});

describe('the bar on the taskbar', () => {
  const work = (part: Partial<Work>): Work => ({
    state: 'indexing',
    found: 200,
    done: 50,
    pending: 150,
    unsearchable: 150,
    ...part,
  });

  it('shows how far it is, and is gone at the end', () => {
    expect(barOf(work({}))).toEqual({ value: 0.25, mode: 'normal' });
    expect(barOf(work({ done: 900 }))).toEqual({ value: 1, mode: 'normal' });
    expect(barOf(work({ found: 0, done: 0 }))).toEqual({ value: 0, mode: 'normal' });
    expect(barOf(work({ state: 'idle' })).value).toBeLessThan(0);
  });

  it('knows no end while folders are walked, and does not flash when nothing is new', () => {
    expect(barOf(work({ state: 'scanning' })).value).toBeGreaterThan(1);
    expect(barOf(work({ state: 'scanning', pending: 0 })).value).toBeLessThan(0);
  });

  it('says that it is held, or that it cannot go on', () => {
    expect(barOf(work({ state: 'paused' })).mode).toBe('paused');
    expect(barOf(work({ state: 'stopped' })).mode).toBe('error');
  });

  it('is followed by a word after long work, to somebody who is elsewhere', () => {
    const told = (seconds: number, isFocused: boolean, unsearchable = 0) => {
      const notice = createReadyNotice();
      expect(notice(work({ state: 'scanning', pending: 0 }), 0, false)).toBeNull();
      expect(notice(work({ pending: 150 }), 1000, false)).toBeNull();
      expect(notice(work({ pending: 20 }), 2000, false)).toBeNull();
      return notice(work({ state: 'idle', pending: 0, unsearchable }), 1000 + seconds * 1000, isFocused);
    };
    expect(told(30, false)).toBe(150);
    expect(told(29, false)).toBeNull();
    expect(told(300, true)).toBeNull();
    expect(told(300, false, 5)).toBeNull();
  });

  it('says each thing once, and nothing of a look that found nothing new', () => {
    const notice = createReadyNotice();
    notice(work({}), 0, false);
    expect(notice(work({ state: 'idle', unsearchable: 0 }), 60_000, false)).toBe(150);
    expect(notice(work({ state: 'idle', unsearchable: 0 }), 61_000, false)).toBeNull();
    notice(work({ state: 'scanning', pending: 0 }), 70_000, false);
    expect(notice(work({ state: 'idle', unsearchable: 0 }), 900_000, false)).toBeNull();
  });
});

describe('looks', () => {
  it('are taken from the page when they make sense', () => {
    const system = { theme: 'system', language: 'tr', tray: false };
    expect(looksOf({ theme: 'auto', language: 'tr' })).toEqual(system);
    expect(looksOf({ theme: 'auto', language: 'tr', tray: 'yes' })).toEqual(system);
    const dark = { theme: 'dark', language: 'en', tray: true };
    expect(looksOf({ ...dark, more: 1 })).toEqual(dark);
  });

  it.each([
    undefined,
    null,
    'dark',
    {},
    { theme: 'dark' },
    { theme: 'pink', language: 'en' },
    { theme: 'dark', language: 'de' },
  ])('are not taken from %j', (sent) => {
    expect(looksOf(sent)).toBeNull();
  });

  it('are remembered, and begin with those of the system', () => {
    const kept = { theme: 'light', language: 'en', tray: true };
    expect(rememberedLooks(JSON.stringify(kept), ['tr'])).toEqual(kept);
    for (const file of [null, '', '{', '{"theme":1}', 'null'])
      expect(rememberedLooks(file, ['tr-TR'])).toEqual({ theme: 'system', language: 'tr', tray: false });
  });

  it('are the colours of the page, so that nothing flashes', () => {
    const css = readFileSync(join(import.meta.dirname, '../../ui/src/app/app.css'), 'utf8');
    expect([...css.matchAll(/--sem-bg: (#\w+);/g)].map(([, color]) => color)).toEqual([
      paperColor(false),
      paperColor(true),
    ]);
  });
});

describe('a question to a process', () => {
  it('is answered by number, and by nothing when the process is gone', async () => {
    const questions = createQuestions<string[]>([]);
    const numbers: number[] = [];
    const first = questions.ask(true, (id) => numbers.push(id));
    const second = questions.ask(true, (id) => numbers.push(id));
    questions.answer(numbers[1] ?? 0, ['b']);
    questions.answer(99, ['nobody asked']);
    questions.abandon();
    expect(await Promise.all([first, second])).toEqual([[], ['b']]);
    expect(await questions.ask(false, () => numbers.push(0))).toEqual([]);
    expect(numbers).not.toContain(0);
  });
});
