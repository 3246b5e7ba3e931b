// An unplugged drive must never read as "the user deleted everything".
import { expect, test } from 'vitest';
import { judgeRoot } from '../src/index.ts';

test.each([
  ['first scan', { known: 0, seen: 500, problem: null }, 'online'],
  ['empty folder, nothing known', { known: 0, seen: 0, problem: null }, 'online'],
  ['nothing changed', { known: 100, seen: 100, problem: null }, 'online'],
  ['an evening of tidying', { known: 100, seen: 51, problem: null }, 'online'],
  ['half of few', { known: 30, seen: 11, problem: null }, 'online'],
  ['exactly half', { known: 100, seen: 50, problem: null }, 'online'],
  ['lists none', { known: 1, seen: 0, problem: null }, 'offline'],
  ['far fewer', { known: 100, seen: 49, problem: null }, 'offline'],
  ['twenty fewer of thirty', { known: 30, seen: 10, problem: null }, 'offline'],
  ['not there', { known: 10, seen: 0, problem: 'ENOENT' }, 'offline'],
  ['may not be read', { known: 0, seen: 0, problem: 'EACCES' }, 'offline'],
  ['input/output error', { known: 0, seen: 0, problem: 'EIO' }, 'offline'],
])('%s', (_name, facts, state) => {
  const health = judgeRoot(facts);
  expect(health.state).toBe(state);
  if (health.state === 'offline') expect(health.note).toMatch(/^[A-Z].*[.?]$/);
  else expect(health.note).toBeNull();
});

test('the note says how many photos are meant', () => {
  expect(judgeRoot({ known: 1, seen: 0, problem: null }).note).toContain('1 photo were');
  expect(judgeRoot({ known: 400, seen: 3, problem: null }).note).toContain('Only 3 photos');
});
