// `npm run package:check [-- --quick]`: packs with a stand-in for Electron's runtime and proves the result: what is
// inside, what it weighs, and that the packed engine and compute index and search. `--quick` leaves out the archive.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';
import { parseArgs } from 'node:util';
import { writeLibrary } from '@semblance/testkit';
import { placesOf } from '../../apps/desktop/src/main/decisions/places.ts';
import type { OpenOptions } from '../../apps/desktop/src/shared/messages.ts';
import { runSteps } from '../steps.ts';
import { extractAsar, listAsar } from './asar.ts';
import { type Part, partsOf, wrongContents } from './contents.ts';
import { packSteps } from './package.ts';
import { type PackageReport, reportOf, tooLarge } from './report.ts';
import type { PackedRun } from './run-packed.ts';
import { type Stamp, stamp } from './stamp.ts';
import { writeStandIn } from './stand-in.ts';

const PHOTOS = 8;

const { values } = parseArgs({ options: { quick: { type: 'boolean', default: false } } });

if (process.platform === 'linux') process.exitCode = await check(values.quick);
else
  console.log(
    'package:check: skipped. A stand-in for Electron can be packed on Linux only: on macOS and Windows electron-builder ' +
      "edits the runtime's own files. There `npm run package -- --dir` packs with the real one.",
  );

/** Outside the project, so that nothing is found in its node_modules by accident. */
async function check(quick: boolean): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'semblance-package-'));
  try {
    const madeFrom = stamp();
    writeStandIn(join(folder, 'electron'));
    const output = join(folder, 'packed');
    const status = runSteps(
      packSteps(
        ['--dir', `-c.electronDist=${join(folder, 'electron')}`, `-c.directories.output=${output}`],
        madeFrom,
      ),
    );
    if (status !== 0) return status;
    const report = await examine(folder, join(output, 'linux-unpacked'), quick, madeFrom);
    console.log(`\n${reportOf(report)}`);
    for (const problem of report.problems) console.error(`package:check: ${problem}`);
    return report.problems.length > 0 ? 1 : 0;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function examine(
  folder: string,
  packed: string,
  quick: boolean,
  madeFrom: Stamp,
): Promise<PackageReport> {
  const resources = join(packed, 'resources');
  const archive = join(resources, 'app.asar');
  const files = listAsar(archive);
  const program = join(folder, 'program');
  extractAsar(archive, program);
  const node = statSync(join(resources, 'node', 'node')).size;
  const parts: Part[] = [...partsOf(files), { name: 'plain Node, for compute', size: node }];
  const run = await runPacked(folder, resources, program);
  const problems = [
    ...wrongContents(files, process),
    ...wrongBeside(resources, new Set(files.filter((file) => file.unpacked).map(({ path }) => path))),
    ...wrongStamp(join(program, 'package.json'), madeFrom),
    ...wrongRun(run),
  ];
  const sizes = { unpacked: sizeOf(resources), archived: quick ? null : archivedSize(packed) };
  return {
    ...sizes,
    parts: parts.sort((a, b) => b.size - a.size),
    files: files.length,
    run,
    problems: [...problems, ...tooLarge(sizes)],
  };
}

/** Everything in `app.asar.unpacked` must be listed in the archive: what is not has no integrity check. */
function wrongBeside(resources: string, listed: ReadonlySet<string>): string[] {
  const beside = join(resources, 'app.asar.unpacked');
  return filesBelow(beside)
    .map((path) => relative(beside, path).split(sep).join('/'))
    .filter((path) => !listed.has(path))
    .map((path) => `${path} lies beside app.asar and is not listed in it.`);
}

function wrongStamp(file: string, wanted: Stamp): string[] {
  const packed = JSON.parse(readFileSync(file, 'utf8')) as { madeFrom?: unknown };
  return JSON.stringify(packed.madeFrom) === JSON.stringify(wanted)
    ? []
    : [`The stamp is ${JSON.stringify(packed.madeFrom)} and not ${JSON.stringify(wanted)}.`];
}

/** Indexes and searches made-up photos with the packed programs, in the packed Node. */
async function runPacked(folder: string, resources: string, program: string): Promise<PackedRun> {
  const photos = join(folder, 'photos');
  mkdirSync(photos, { recursive: true });
  const [first] = await writeLibrary(photos, { count: PHOTOS - 1, side: 600 });
  // Decoded in a worker of its own, with libheif loaded.
  writeFileSync(join(photos, 'scan.bmp'), bitmap(64));
  const archive = join(resources, 'app.asar');
  const places = placesOf({ platform: process.platform, isPackaged: true, appPath: archive, resources });
  // Electron reads what is inside app.asar; plain Node reads it where it was laid out.
  const inside = (path: string): string =>
    path.replace(`app.asar${sep}`, `..${sep}..${sep}..${sep}program${sep}`);
  const options: OpenOptions = {
    libraryDirectory: join(folder, 'library'),
    modelDirectory: join(places.models, 'starter'),
    bundledModelsDirectory: places.models,
    modelsDirectory: join(folder, 'models'),
    labelPacksDirectory: inside(places.labelPacks),
    samplesDirectory: places.samples,
    citiesFile: inside(places.cities),
    version: 'check',
    compute: places.computeStart,
  };
  const { status, stdout } = spawnSync(
    join(resources, 'node', 'node'),
    [
      join(import.meta.dirname, 'run-packed.ts'),
      `--program=${inside(places.engineProgram)}`,
      `--root=${program}`,
      `--photos=${photos}`,
      `--query=${first?.query ?? ''}`,
      `--options=${JSON.stringify(options)}`,
    ],
    {
      cwd: folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
      timeout: 300_000,
      env: bareEnvironment(folder),
    },
  );
  const line = stdout.trimEnd().split('\n').at(-1) ?? '';
  if (status !== 0 || !line.startsWith('{'))
    throw new Error(`The packed engine did not finish (exit ${status}).`);
  return JSON.parse(line) as PackedRun;
}

/** A BMP of 24 bits a pixel, every pixel another colour. */
function bitmap(side: number): Buffer {
  const header = Buffer.alloc(54);
  const pixels = Buffer.alloc(side * side * 3, 0).map((_, index) => (index * 7) % 256);
  header.write('BM');
  header.writeUInt32LE(header.length + pixels.length, 2);
  header.writeUInt32LE(header.length, 10);
  header.writeUInt32LE(40, 14);
  header.writeInt32LE(side, 18);
  header.writeInt32LE(side, 22);
  header.writeUInt16LE(1, 26);
  header.writeUInt16LE(24, 28);
  return Buffer.concat([header, pixels]);
}

/** As little as the app needs: nothing of the project's own environment helps it. */
function bareEnvironment(home: string): Record<string, string> {
  return { HOME: home, PATH: process.env.PATH ?? '', LANG: 'C.UTF-8' };
}

function wrongRun(run: PackedRun): string[] {
  const found = { photos: run.photos, indexed: run.indexed, failed: run.failed, sidecars: run.sidecars };
  const wanted = { photos: PHOTOS, indexed: PHOTOS, failed: 0, sidecars: 1 };
  return [
    ...(JSON.stringify(found) === JSON.stringify(wanted)
      ? []
      : [`It made ${JSON.stringify(found)} of ${PHOTOS} photos.`]),
    ...(run.thumbnail === '200 image/webp RIFF' ? [] : [`A thumbnail came as "${run.thumbnail}".`]),
    ...run.strays.map((name) => `${name} was loaded from outside the package.`),
  ];
}

/** As a package for Linux is compressed: bytes, with the stand-in, which weighs nothing. */
function archivedSize(folder: string): number | null {
  console.log('\n--- archive');
  const { status, stdout } = spawnSync('sh', ['-c', 'tar c . | xz -6 -T0 | wc -c'], {
    cwd: folder,
    encoding: 'utf8',
  });
  return status === 0 ? Number(stdout) : null;
}

function sizeOf(folder: string): number {
  return filesBelow(folder).reduce((sum, path) => sum + statSync(path).size, 0);
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}
