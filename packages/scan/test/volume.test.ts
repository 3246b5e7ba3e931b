// Disks are told apart by names that last, and found again wherever they are mounted.
import { mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { renamedFrom, serialNumber, serialOfFolder, volumes } from '../src/index.ts';
import { insideOf, mountOf, parseMounts, shownAt, volumeName } from '../src/volume-linux.ts';
import { temporaryFolder } from './fixtures.ts';

const MOUNTINFO = String.raw`27 1 254:0 / / rw,relatime - ext4 /dev/vda rw,discard
40 27 8:1 / /media/ada/Photo\040disk rw,nosuid shared:1 - exfat /dev/sdb1 rw
41 27 0:40 /@home /home rw,relatime shared:2 master:3 - btrfs /dev/mapper/luks-1 rw,subvol=/@home
42 27 0:50 / /mnt/nas rw - cifs //nas.local/photos rw,vers=3.1.1
43 27 0:51 / /mnt/nfs rw - nfs4 nas.local:/export/photos rw
44 27 0:52 / /tmp rw - tmpfs tmpfs rw
45 27 8:1 /DCIM /srv/cards rw shared:1 - exfat /dev/sdb1 rw
46 27 8:17 / /mnt/again rw - ext4 /dev/sdc1 rw
47 46 8:33 / /mnt/again rw - ext4 /dev/sdd1 rw
a line without sense
`;
const MOUNTS = parseMounts(MOUNTINFO);
const UUIDS = new Map([
  ['sdb1', '64A5-F009'],
  ['dm-0', '2b4e9c1c-0000'],
]);
const at = (path: string) => mountOf(MOUNTS, path) ?? { root: '', mountPoint: '', type: '', source: '' };

describe('/proc/self/mountinfo', () => {
  test('every line that is a mount, with blanks in its path', () => {
    expect(MOUNTS).toHaveLength(9);
    expect(MOUNTS[1]).toEqual({
      root: '/',
      mountPoint: '/media/ada/Photo disk',
      type: 'exfat',
      source: '/dev/sdb1',
    });
  });

  test.each([
    ['/etc/passwd', '/'],
    ['/media/ada/Photo disk/2024', '/media/ada/Photo disk'],
    ['/media/ada/Photo disk', '/media/ada/Photo disk'],
    ['/media/ada/Photo disk2/2024', '/'],
    ['/home/ada/Photos', '/home'],
  ])('%s lies on %s', (path, mountPoint) => {
    expect(at(path).mountPoint).toBe(mountPoint);
  });

  test('of two mounts in one place the last one counts', () => {
    expect(at('/mnt/again/x').source).toBe('/dev/sdd1');
  });

  test.each([
    ['/media/ada/Photo disk', 'sdb1', 'uuid:64A5-F009'],
    ['/home', 'dm-0', 'uuid:2b4e9c1c-0000'],
    ['/mnt/nas', null, 'share://nas.local/photos'],
    ['/mnt/nfs', null, 'share:nas.local:/export/photos'],
    ['/tmp', null, null],
    ['/', 'vda', null],
  ])('what is mounted at %s is called by its own name', (path, device, name) => {
    expect(volumeName(at(path), UUIDS, device)).toBe(name);
  });

  test.each([
    ['/media/ada/Photo disk/2024/x', '2024/x'],
    ['/media/ada/Photo disk', ''],
    ['/srv/cards/100CANON', 'DCIM/100CANON'],
    ['/home/ada', '@home/ada'],
    ['/etc', 'etc'],
  ])('%s lies at "%s" inside', (path, inside) => {
    expect(insideOf(at(path), path)).toBe(inside);
  });

  test.each([
    ['/media/ada/Photo disk', '2024/x', '/media/ada/Photo disk/2024/x'],
    ['/srv/cards', 'DCIM/100CANON', '/srv/cards/100CANON'],
    ['/srv/cards', 'DCIM', '/srv/cards'],
    ['/srv/cards', '2024/x', null],
    ['/srv/cards', 'DCIM2', null],
    ['/', 'etc', '/etc'],
    ['/home', 'ada', null],
  ])('%s shows "%s" at %s', (mount, inside, path) => {
    expect(shownAt(at(mount), inside)).toBe(path);
  });
});

describe('this machine', () => {
  test('a folder is found again where it is', async () => {
    const folder = join(temporaryFolder(), 'a b', 'ağaç');
    mkdirSync(folder, { recursive: true });
    const place = await volumes.placeOf(folder);
    // Where the system tells nothing that lasts (some overlays), there is nothing to be found.
    if (place === null) return;
    expect(place.inside.endsWith('a b/ağaç')).toBe(true);
    expect(await volumes.placeOf(join(folder, '..'))).toMatchObject({ volume: place.volume });
    if (process.platform !== 'darwin') expect(await volumes.find(place)).toContain(folder);
    expect(await volumes.find({ ...place, volume: 'uuid:none' })).toEqual([]);
  });

  test('a folder that is not there has no place', async () => {
    expect(await volumes.placeOf(join(temporaryFolder(), 'nowhere'))).toBeNull();
  });

  test('a renamed folder is found beside its old place, another one is not', async () => {
    const folder = temporaryFolder();
    const [before, after] = [join(folder, 'before'), join(folder, 'after')];
    for (const name of ['before', 'other']) mkdirSync(join(folder, name));
    const serial = await serialOfFolder(before);
    if (serial === null) return;
    renameSync(before, after);
    expect(await renamedFrom(before, serial)).toEqual([after]);
    rmSync(after, { recursive: true });
    mkdirSync(after);
    expect(await renamedFrom(before, serial)).toEqual([]);
  });

  test('where there are no birth dates, nothing is told apart', () => {
    expect(serialNumber({ ino: 5n, birthtimeNs: 0n })).toBeNull();
    expect(serialNumber({ ino: 0n, birthtimeNs: 5n })).toBeNull();
    const { ino, birthtimeNs } = statSync(temporaryFolder(), { bigint: true });
    if (birthtimeNs > 0n) expect(serialNumber({ ino, birthtimeNs })).toContain(`${ino}-`);
  });
});
