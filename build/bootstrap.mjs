// Makes `npm start` and `npm test` work on a bare clone: any Node >= 20, npm, and nothing else.
// Plain JavaScript without dependencies, because it runs before anything is installed.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const modules = join(root, 'node_modules');
const stamp = join(modules, '.semblance-installed');

const PROGRAMS = {
  start: 'build/start.ts',
  test: 'build/test.ts',
  package: 'build/packaging/package.ts',
  'package:check': 'build/packaging/check.ts',
};

main();

function main() {
  const [program, ...rest] = process.argv.slice(2);
  const script = PROGRAMS[program];
  if (script === undefined) fail(`Unknown program. Use one of: ${Object.keys(PROGRAMS).join(', ')}.`);
  checkNode();
  install();
  handOver(pinnedNode(), [join(root, script), ...rest]);
}

/** Becomes the program: what is sent to this process is meant for it, and it ends first. */
function handOver(command, args) {
  const child = spawn(command, args, { cwd: root, stdio: 'inherit', env: environment() });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => fail(error.message));
  child.on('exit', (code) => process.exit(code ?? 1));
}

function checkNode() {
  const major = Number(process.versions.node.split('.')[0]);
  if (major < 20)
    fail(`Semblance needs Node 20 or newer; this is ${process.version}. Get one from https://nodejs.org.`);
}

/** Runs `npm ci` when the lock file is not the one that was installed last. */
function install() {
  const wanted = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted && existsSync(pinnedNode())) return;
  console.error('semblance: installing the packages it is built from (first run: one to three minutes) ...');
  const npm = process.env.npm_execpath;
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
  // npm sets npm_execpath to its own program; by hand, `npm` on the PATH does.
  const { status, error } =
    npm === undefined
      ? run('npm', args, { shell: process.platform === 'win32' })
      : run(process.execPath, [npm, ...args]);
  if (error || status !== 0) {
    fail(
      'The packages could not be installed. Check the network or proxy (npm config get registry), free disk space ' +
        '(1.5 GB are needed), and that nothing holds files in node_modules; then run the same command again.',
    );
  }
  mkdirSync(modules, { recursive: true });
  writeFileSync(stamp, wanted);
}

/** The Node that comes with the packages, whatever the machine has. */
function pinnedNode() {
  return join(modules, 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
}

function run(command, args, options = {}) {
  return spawnSync(command, args, { cwd: root, stdio: 'inherit', env: environment(), ...options });
}

function environment() {
  const path = [join(modules, '.bin'), dirname(pinnedNode()), process.env.PATH].join(delimiter);
  return {
    ...process.env,
    PATH: path,
    // onnxruntime's own install step would fetch GPU libraries that Semblance does not use.
    ONNXRUNTIME_NODE_INSTALL: 'skip',
    // What the engine is done with goes back to the system (glibc; DECISIONS 84).
    MALLOC_MMAP_THRESHOLD_: '131072',
    SEMBLANCE_CWD: process.env.INIT_CWD ?? process.cwd(),
  };
}

function fail(sentence) {
  console.error(`semblance: ${sentence}`);
  process.exit(1);
}
