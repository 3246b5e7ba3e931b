// kill -9 of engine and compute processes at random moments while photos are indexed and marked: 200 times on one
// library, with real compute processes and the starter model.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readModelFolder } from '@semblance/clip';
import { SCENE_NAMES, seededRandom, writePhoto } from '@semblance/testkit';
import { type KillReport, killRounds } from '../../../packages/engine/test/kills/rounds.ts';
import type { BenchResult } from '../main.ts';

const STARTER = join(import.meta.dirname, '../../../assets/models/starter');

export async function bench(args: string[]): Promise<BenchResult> {
  const { values } = parseArgs({
    args,
    options: { kills: { type: 'string', default: '200' }, seed: { type: 'string', default: '1' } },
  });
  const seed = Number(values.seed);
  const folder = await mkdtemp(join(tmpdir(), 'semblance-bench-'));
  const begun = performance.now();
  try {
    const pictures = await paint(folder);
    const { key, dimensions } = await readModelFolder(STARTER);
    const report = await killRounds({
      folder: join(folder, 'world'),
      kills: Number(values.kills),
      seed,
      random: seededRandom(seed),
      // What stands behind the end of a JPEG makes it another file with the same picture.
      photo: (n) =>
        Buffer.concat([pictures[n % pictures.length] ?? Buffer.alloc(0), Buffer.from(`#${seed}-${n}`)]),
      modelDirectory: STARTER,
      modelKey: key,
      dimensions,
      longestMs: 1500,
      onKill: (done) => process.stderr.write(`\r${done} kills`),
    });
    const seconds = (performance.now() - begun) / 1000;
    return { json: { ...report, seconds }, report: table(report, seconds, seed) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A dozen small pictures, one of each scene. */
async function paint(folder: string): Promise<Buffer[]> {
  const pictures: Buffer[] = [];
  for (const scene of SCENE_NAMES.slice(0, 12)) {
    const path = join(folder, `${scene}.jpg`);
    await writePhoto(path, { scene, width: 480, height: 320 });
    pictures.push(await readFile(path));
  }
  return pictures;
}

function table(report: KillReport, seconds: number, seed: number): string {
  const { engineKills, computeKills, violations } = report;
  const rows: [string, string | number][] = [
    ['kill -9 of the engine', engineKills],
    ['… of those before it had opened the library', report.duringOpen],
    ['kill -9 of a compute process', computeKills],
    ['acts of a person that were acknowledged', report.acknowledged],
    ['photos in the library at the end, all searchable', report.photos],
    ['looks in which catalog and vectors were a batch apart (settled at the next start)', report.apart],
    ['files called failed because two kills hit them (well when tried again)', report.quarantined],
    [
      '**acknowledged acts lost, vectors doubled or wrong, originals touched, starts that needed somebody**',
      `**${violations.length}**`,
    ],
  ];
  return [
    '| what | count |',
    '|---|---:|',
    ...rows.map(([what, count]) => `| ${what} | ${count} |`),
    '',
    `${engineKills + computeKills} kills in ${Math.round(seconds)} s, seed ${seed}, ${availableParallelism()} cores, ` +
      `load average ${(loadavg()[0] ?? 0).toFixed(1)}.`,
    ...violations.slice(0, 20).map((sentence) => `- ${sentence}`),
  ].join('\n');
}
