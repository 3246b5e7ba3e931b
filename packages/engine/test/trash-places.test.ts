// The trash folders of the freedesktop.org specification 1.0, and which of them a file goes to.
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { tempDir } from '@semblance/testkit';
import { expect, test } from 'vitest';
import { createFolderTrash, noteText } from '../src/trash/folder-trash.ts';
import { chooseTrash, freedesktopFolders, homeTrash, topTrashes } from '../src/trash/places.ts';
import type { TrashReceipt } from '../src/trash/port.ts';

const AT = new Date(2026, 0, 2, 3, 4, 5);
const SHM = '/dev/shm';
const linux = process.platform === 'linux';
const otherDisk = linux && (lstatSync(SHM, { throwIfNoEntry: false })?.dev ?? 0) !== statSync('/tmp').dev;

const pathOf = (receipt: TrashReceipt | undefined) => (receipt?.kind === 'folder' ? receipt.path : '');

test('a note says where and when, percent-encoded, in local time', () => {
  expect(noteText('/home/ada/Bodrum 100%/ağaç.jpg', null, AT)).toBe(
    '[Trash Info]\nPath=/home/ada/Bodrum%20100%25/a%C4%9Fa%C3%A7.jpg\nDeletionDate=2026-01-02T03:04:05\n',
  );
  expect(noteText('/media/usb/a/b.jpg', '/media/usb', AT)).toContain('\nPath=a/b.jpg\n');
});

test('the home trash is where XDG_DATA_HOME says, unless that is relative', () => {
  expect(homeTrash({ XDG_DATA_HOME: '/data' })).toBe('/data/Trash');
  expect(homeTrash({ XDG_DATA_HOME: 'data' })).toMatch(/\.local\/share\/Trash$/);
  expect(homeTrash({})).toMatch(/\.local\/share\/Trash$/);
});

test.runIf(linux)(
  'a file on the disk of the home trash goes there, and the note is written first',
  async () => {
    const folder = await tempDir();
    const file = join(folder, 'a.jpg');
    writeFileSync(file, 'bytes');
    const port = chooseTrash({
      host: { kind: 'desktop', version: '0', trashItem: () => Promise.reject(new Error('not asked')) },
      libraryDirectory: join(folder, 'library'),
      platform: 'linux',
      environment: { XDG_DATA_HOME: join(folder, 'data') },
    });
    const [receipt] = await port.plan(file, new Set());
    if (receipt?.kind !== 'folder') throw new Error('no folder');
    await port.put(file, receipt);
    expect(receipt.path).toBe(join(folder, 'data/Trash/files/a.jpg'));
    expect(readFileSync(join(folder, 'data/Trash/info/a.jpg.trashinfo'), 'utf8')).toContain(
      `Path=${folder}/a.jpg`,
    );
    expect(statSync(join(folder, 'data/Trash/files')).mode & 0o777).toBe(0o700);
    expect(statSync(receipt.note).mode & 0o777).toBe(0o600);
    await port.restore(receipt, file);
    expect(readFileSync(file, 'utf8')).toBe('bytes');
  },
);

test.runIf(otherDisk)('a file on another disk goes to the trash at its top', async () => {
  const home = join(await tempDir(), 'Trash');
  const [folder] = await freedesktopFolders(`${SHM}/photos/a.jpg`, home);
  expect(folder).toEqual({ directory: `${SHM}/.Trash-${process.getuid?.()}`, top: SHM });
});

test('elsewhere, without a system bin to ask: a folder in the library, else beside the file', async () => {
  const folder = await tempDir();
  const libraryDirectory = join(folder, 'library');
  mkdirSync(libraryDirectory);
  const port = chooseTrash({ host: { kind: 'cli', version: '0' }, libraryDirectory, platform: 'darwin' });
  const places = await port.plan(join(folder, 'a.jpg'), new Set());
  expect(places.map(pathOf)).toEqual([
    join(libraryDirectory, 'trash/files/a.jpg'),
    join(folder, '.semblance-trash/files/a.jpg'),
  ]);
  const asked: string[] = [];
  const host = {
    kind: 'desktop' as const,
    version: '0',
    trashItem: async (path: string) => void asked.push(path),
  };
  const system = chooseTrash({ host, libraryDirectory, platform: 'win32' });
  const [receipt] = await system.plan('C:\\a.jpg', new Set());
  await system.put('C:\\a.jpg', receipt ?? { kind: 'system' });
  expect(asked).toEqual(['C:\\a.jpg']);
});

test('names: numbered when taken, short when too long, promised ones count', async () => {
  const directory = join(await tempDir(), 'Trash');
  const port = createFolderTrash(async () => [{ directory, top: null }]);
  const plan = async (path: string, taken: string[] = []) =>
    pathOf((await port.plan(path, new Set(taken)))[0]);
  const first = await plan('/x/a.jpg');
  expect(await plan('/y/a.jpg', [first])).toBe(join(directory, 'files/a.2.jpg'));
  const long = await plan(`/x/${'ğ'.repeat(120)}.jpg`);
  expect(long).toMatch(/\/[0-9a-f]{32}\.jpg$/);
});

test.runIf(linux)(
  'at the top of a disk: the shared trash only with the sticky bit, and no links',
  async () => {
    const top = await tempDir();
    const user = process.getuid?.() ?? 0;
    const directories = async () => (await topTrashes(top, user)).map((folder) => folder.directory);
    const [shared, own] = [join(top, '.Trash'), join(top, `.Trash-${user}`)];
    expect(await directories()).toEqual([own]);
    mkdirSync(shared);
    expect(await directories()).toEqual([own]);
    chmodSync(shared, 0o1777);
    expect(await directories()).toEqual([join(shared, String(user)), own]);
    rmSync(shared, { recursive: true });
    for (const trap of [shared, own]) symlinkSync('/etc', trap);
    expect(await directories()).toEqual([]);
  },
);
