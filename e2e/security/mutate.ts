// `npm run guards [-- <part of a name>]`: takes each guard away in a copy of the project, runs the test that must
// notice, and writes e2e/security/results.md. Ends with 1 when a guard could go without a test failing.
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { provideChromium } from '../chromium.ts';
import { PHOTOS_VARIABLE } from '../host.ts';
import { GUARDS, type Guard } from './guards.ts';

const ROOT = join(import.meta.dirname, '../..');
const RESULTS = join(import.meta.dirname, 'results.md');
const TOP = ['package.json', 'tsconfig.base.json', 'apps', 'packages', 'build', 'e2e'];

interface Outcome extends Guard {
  /** What happened without the guard. */
  noticed: boolean;
  said: string;
}

/** A project like this one, with links to what is large and never changed. */
function copyProject(): string {
  const copy = mkdtempSync(join(tmpdir(), 'semblance-guards-'));
  const filter = (path: string): boolean => !path.includes('node_modules');
  for (const name of TOP) cpSync(join(ROOT, name), join(copy, name), { recursive: true, filter });
  symlinkSync(join(ROOT, 'assets'), join(copy, 'assets'));
  const modules = join(ROOT, 'node_modules');
  mkdirSync(join(copy, 'node_modules'));
  for (const name of readdirSync(modules))
    if (name !== '@semblance' && name !== '.cache')
      symlinkSync(join(modules, name), join(copy, 'node_modules', name));
  mkdirSync(join(copy, 'node_modules/@semblance'));
  for (const group of ['packages', 'apps'])
    for (const name of readdirSync(join(copy, group)))
      symlinkSync(join(copy, group, name), join(copy, 'node_modules/@semblance', name));
  // A workspace may have versions of its own.
  for (const path of globSync('{apps,packages}/*/node_modules', { cwd: ROOT }))
    symlinkSync(join(ROOT, path), join(copy, path));
  return copy;
}

function run(
  copy: string,
  command: string,
  args: readonly string[],
  folder = '.',
  mainOnly = false,
): { status: number; text: string } {
  const program = join(copy, 'node_modules/.bin', command);
  const { status, stdout, stderr } = spawnSync(program, args, {
    cwd: join(copy, folder),
    encoding: 'utf8',
    // The engine and compute are not rebuilt: their guard is the contract, which only `schema` changes.
    env: { ...process.env, ...(mainOnly && { SEMBLANCE_MAIN_ONLY: '1' }) },
    maxBuffer: 64 * 1024 * 1024,
  });
  return { status: status ?? 1, text: `${stdout}${stderr}` };
}

function build(copy: string, mainOnly: boolean): void {
  const { status, text } = run(
    copy,
    'electron-vite',
    ['build', '--logLevel', 'error'],
    'apps/desktop',
    mainOnly,
  );
  if (status !== 0) throw new Error(`The desktop app could not be built:\n${text}`);
}

function test(copy: string, { spec, test: title }: Guard): { status: number; text: string } {
  const project = spec === 'security' ? 'browser' : 'double';
  const file = `/${spec}\\.spec`;
  return run(copy, 'playwright', [
    ...['test', file, '--config', 'e2e/playwright.config.ts', `--project=${project}`, '-g', title],
    ...['--reporter=line', '--max-failures=1'],
  ]);
}

/** The first thing that a failed test says. */
function reasonOf(text: string): string {
  const plain = text.replace(new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*[A-Za-z]`, 'g'), '');
  const line = plain.split('\n').find((candidate) => /^\s+(Error|Test timeout)/.test(candidate)) ?? '';
  return line.trim().slice(0, 90).replaceAll('|', '\\|');
}

const isMain = ({ file }: Guard): boolean => file.startsWith('apps/desktop');

function without(copy: string, guard: Guard): Outcome {
  const file = join(copy, guard.file);
  const before = readFileSync(file, 'utf8');
  if (before.split(guard.find).length !== 2)
    throw new Error(`${guard.name}: its text is not found exactly once in ${guard.file}`);
  writeFileSync(
    file,
    before.replace(guard.find, () => guard.replace),
  );
  try {
    if (guard.spec === 'desktop-security') build(copy, isMain(guard));
    const { status, text } = test(copy, guard);
    if (/No tests found/.test(text))
      throw new Error(`${guard.name}: no test has "${guard.test}" in its title`);
    return { ...guard, noticed: status !== 0, said: reasonOf(text) };
  } finally {
    writeFileSync(file, before);
    // What the next guards do not build again must be whole.
    if (guard.spec === 'desktop-security' && !isMain(guard)) build(copy, false);
  }
}

/** A test that fails with every guard in place would notice nothing. @throws Error naming it */
function passesWhole(copy: string, guards: readonly Guard[]): void {
  if (guards.some(({ spec }) => spec === 'desktop-security')) build(copy, false);
  const tests = new Map(guards.map((guard) => [`${guard.spec} ${guard.test}`, guard]));
  for (const [name, guard] of tests) {
    const { status, text } = test(copy, guard);
    if (status !== 0) throw new Error(`With every guard in place "${name}" fails: ${reasonOf(text)}`);
  }
}

/** The rows of guards that this run leaves out stay as they are. */
function table(outcomes: readonly Outcome[]): string {
  const before = existsSync(RESULTS) ? readFileSync(RESULTS, 'utf8').split('\n') : [];
  const rows = GUARDS.flatMap(({ name }) => {
    const outcome = outcomes.find((candidate) => candidate.name === name);
    const kept = before.find((row) => row.startsWith(`| ${name} |`));
    return outcome === undefined ? (kept ?? []) : rowOf(outcome);
  });
  const missed = rows.filter((row) => row.includes('**PASSES**')).length;
  return [
    '# Guards, each taken away',
    '',
    'Written by `npm run guards`. For each guard: the change that takes it away is made in a copy of the project, and the',
    'test that stands for it is run there. With every guard in place all of these tests pass. The desktop app was run under',
    'the double of Electron (packages/testkit/src/electron), not in Electron; `serve:` is the real server.',
    '',
    `${rows.length - missed} of ${rows.length} noticed.`,
    '',
    '| guard | file | test | without it | what the test says |',
    '|---|---|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}

function rowOf({ name, file, spec, test: title, noticed, said }: Outcome): string {
  const where = file.split('/').slice(-2).join('/');
  return `| ${name} | ${where} | ${spec}: ${title} | ${noticed ? 'fails' : '**PASSES**'} | ${said} |`;
}

const wanted = process.argv.slice(2);
const isWanted = ({ name }: Guard): boolean =>
  wanted.length === 0 || wanted.some((part) => name.includes(part));
const takeAway = await provideChromium();
const copy = copyProject();
const photos = mkdtempSync(join(tmpdir(), 'semblance-e2e-photos-'));
process.env[PHOTOS_VARIABLE] = photos;
const outcomes: Outcome[] = [];
try {
  passesWhole(copy, GUARDS.filter(isWanted));
  for (const guard of GUARDS.filter(isWanted)) {
    const started = performance.now();
    const outcome = without(copy, guard);
    outcomes.push(outcome);
    writeFileSync(RESULTS, table(outcomes));
    const seconds = ((performance.now() - started) / 1000).toFixed(0);
    console.log(
      `${outcome.noticed ? 'noticed' : 'NOT NOTICED'}  ${guard.name} (${seconds} s) ${outcome.said}`,
    );
  }
} finally {
  rmSync(copy, { recursive: true, force: true });
  rmSync(photos, { recursive: true, force: true });
  takeAway();
}
const missed = outcomes.filter(({ noticed }) => !noticed).length;
console.log(`${outcomes.length} guards, ${missed} not noticed (${dirname(RESULTS)})`);
process.exitCode = missed > 0 ? 1 : 0;
