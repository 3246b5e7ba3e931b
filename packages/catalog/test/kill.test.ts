// kill -9 at any moment: whatever was acknowledged is there, the books agree, and the next start needs nobody.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { lockLibrary } from '../src/index.ts';
import { freshCatalog, temporaryFolder } from './fixtures.ts';

const ROUNDS = 8;

/** Adds and finishes photos for ever; names each one on stdout once it was acknowledged. */
const WORKER = `
const [, , index, directory, round] = process.argv;
const { lockLibrary, openCatalog } = await import(index);
lockLibrary(directory, 'cli');
const catalog = openCatalog(directory);
catalog.inFlightLeftovers();
const root = catalog.addRoot('/p').id;
const none = { make: null, model: null, lens: null, aperture: null, exposureSeconds: null, iso: null, focalLengthMm: null };
for (let n = 0; ; n++) {
  const relPath = round + '-' + n + '.jpg';
  const added = [{ relPath, size: n, mtimeMs: n, inode: null }];
  catalog.applyScan(root, { added, changed: [], returned: [], respelled: [], unchanged: 0, missing: [] }, round);
  const files = catalog.nextPending({ limit: 4 });
  catalog.markInFlight(files.map((file) => file.fileId));
  for (const { fileId, path } of files) {
    const contentHash = Buffer.from(path).toString('hex').padEnd(64, '0').slice(-64);
    const facts = { contentHash, bytes: n, modifiedAt: n, format: 'jpeg', width: 4, height: 3, animated: false, takenAt: n, dateSource: 'exif', camera: none, place: null, caption: null, keywords: ['k'], rating: null, favourite: false, placeholder: null };
    const { photoId } = catalog.finishFile(fileId, facts, 'm');
    catalog.markEmbedded([{ photoId, vectorHash: photoId }], 'm');
    process.stdout.write(photoId + '\\n');
  }
}`;

test(`${ROUNDS} kills in the middle of work`, { timeout: 60_000 }, async () => {
  const directory = temporaryFolder();
  const index = join(import.meta.dirname, '../src/index.ts');
  const acknowledged = new Set<string>();
  for (let round = 0; round < ROUNDS; round++) {
    const worker = spawn(
      process.execPath,
      ['--input-type=module', '--eval', WORKER, '--', 'worker', index, directory, String(round)],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    let said = '';
    worker.stdout.on('data', (text: Buffer) => {
      said += text.toString();
    });
    await once(worker.stdout, 'data');
    await wait(10 + round * 23);
    const ended = once(worker, 'close');
    worker.kill('SIGKILL');
    await ended;
    for (const id of said.split('\n').slice(0, -1)) acknowledged.add(id);

    lockLibrary(directory).release();
    const catalog = freshCatalog(directory);
    expect(catalog.verifyIntegrity()).toEqual([]);
    const hashes = catalog.vectorHashes('m');
    const tiles = catalog.tiles([...acknowledged]);
    expect([...acknowledged].filter((id) => !tiles.has(id) || hashes.get(id) !== id)).toEqual([]);
    const { photos, pending } = catalog.counts('m');
    expect([...catalog.knownFiles(1)]).toHaveLength(photos + pending);
    // At most the one photo per round that was finished and not yet acknowledged.
    expect(catalog.missingEmbeddings('m', 100).length).toBeLessThanOrEqual(round + 1);
    catalog.close();
  }
  expect(acknowledged.size).toBeGreaterThan(ROUNDS);
});
