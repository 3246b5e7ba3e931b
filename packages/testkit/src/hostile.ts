// Files that want to break an indexer, each with what must become of it instead.
import { execFile } from 'node:child_process';
import { chmod, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { crc32, deflateSync } from 'node:zlib';
import type { FailureReason } from '@semblance/contract';
import { writePhoto } from './pictures/write-photo.ts';
import { seededRandom } from './random.ts';

/** `ignored`: a folder, or not one of the folder's own; never on record. */
export type HostileOutcome = 'indexed' | 'ignored' | FailureReason;

export interface HostileFile {
  path: string;
  /** What is wrong with it, for test titles. */
  about: string;
  outcome: HostileOutcome;
}

interface Recipe {
  name: string;
  about: string;
  outcome: HostileOutcome;
  /** @returns false when this machine cannot make such a file */
  make: (path: string) => Promise<unknown>;
}

const run = promisify(execFile);
const small = { scene: 'sunset', width: 300, height: 200 } as const;

const RECIPES: readonly Recipe[] = [
  { name: 'empty.jpg', about: 'no bytes', outcome: 'corrupt', make: (path) => writeFile(path, '') },
  {
    name: 'truncated.jpg',
    about: 'half a JPEG',
    outcome: 'corrupt',
    make: (path) => truncated(path, 'jpeg'),
  },
  { name: 'truncated.png', about: 'half a PNG', outcome: 'corrupt', make: (path) => truncated(path, 'png') },
  {
    name: 'header-only.jpg',
    about: 'the first 20 bytes of a JPEG',
    outcome: 'corrupt',
    make: (path) => truncated(path, 'jpeg', 20),
  },
  {
    name: 'text.jpg',
    about: 'a text',
    outcome: 'corrupt',
    make: (path) => writeFile(path, 'Dear diary,\n'.repeat(50)),
  },
  {
    name: 'random.jpg',
    about: 'random bytes',
    outcome: 'corrupt',
    make: (path) => writeFile(path, noise(20_000)),
  },
  {
    name: 'random.png',
    about: 'random bytes behind a PNG signature',
    outcome: 'corrupt',
    make: (path) => writeFile(path, Buffer.concat([PNG_SIGNATURE, noise(5000)])),
  },
  {
    name: 'bomb.png',
    about: 'a header of 50,000 x 50,000 pixels',
    outcome: 'too-large',
    make: (path) => writeFile(path, bombPng(50_000)),
  },
  {
    name: 'really-a-png.jpg',
    about: 'a PNG under a JPEG name',
    outcome: 'indexed',
    make: (path) => writePhoto(path, { ...small, format: 'png' }),
  },
  {
    name: 'really-a-webp.png',
    about: 'a WebP under a PNG name',
    outcome: 'indexed',
    make: (path) => writePhoto(path, { ...small, scene: 'forest', format: 'webp' }),
  },
  {
    name: 'SHOUTING.JPG',
    about: 'upper-case extension',
    outcome: 'indexed',
    make: (path) => writePhoto(path, { ...small, scene: 'flower' }),
  },
  {
    name: 'çok güzel 🌅 (1)?#%.jpg'.replace(process.platform === 'win32' ? '?' : '', ''),
    about: 'a name full of signs',
    outcome: 'indexed',
    make: (path) => writePhoto(path, { ...small, seed: 2 }),
  },
  {
    name: `${'long-'.repeat(45)}name.jpg`,
    about: 'a name of 233 characters',
    outcome: 'indexed',
    make: (path) => writePhoto(path, { ...small, seed: 3 }),
  },
  {
    name: 'one-pixel.png',
    about: 'a single pixel',
    outcome: 'indexed',
    make: (path) => writePhoto(path, { ...small, width: 1, height: 1, format: 'png' }),
  },
  {
    name: 'ribbon.png',
    about: '3000 x 2 pixels',
    outcome: 'indexed',
    make: (path) => writePhoto(path, { ...small, width: 3000, height: 2, format: 'png' }),
  },
  { name: 'folder.jpg', about: 'a folder', outcome: 'ignored', make: (path) => mkdir(path) },
  {
    name: 'dangling.jpg',
    about: 'a link to nothing',
    outcome: 'unreadable',
    make: (path) => link('nowhere.jpg', path),
  },
  {
    name: 'circle.jpg',
    about: 'a link to itself',
    outcome: 'unreadable',
    make: (path) => link('circle.jpg', path),
  },
  { name: 'again', about: 'a link to its own folder', outcome: 'ignored', make: (path) => link('.', path) },
  { name: 'pipe.jpg', about: 'a FIFO that nobody writes to', outcome: 'unsupported', make: fifo },
  { name: 'locked.jpg', about: 'no permission', outcome: 'unreadable', make: locked },
];

/**
 * Writes them all into `directory` (made when absent).
 *
 * @returns those that could be made here: no links without the right to make them, no permission test as root
 */
export async function writeHostileFiles(directory: string): Promise<HostileFile[]> {
  await mkdir(directory, { recursive: true });
  const files: HostileFile[] = [];
  for (const { name, about, outcome, make } of RECIPES) {
    const path = join(directory, name);
    if ((await make(path)) !== false) files.push({ path, about, outcome });
  }
  return files;
}

async function truncated(path: string, format: 'jpeg' | 'png', length?: number): Promise<void> {
  await writePhoto(path, { ...small, format });
  const whole = await readFile(path);
  await writeFile(path, whole.subarray(0, length ?? whole.length >> 1));
}

async function link(target: string, path: string): Promise<boolean> {
  return symlink(target, path, target === '.' ? 'dir' : 'file').then(
    () => true,
    () => false,
  );
}

async function fifo(path: string): Promise<boolean> {
  if (process.platform === 'win32') return false;
  return run('mkfifo', [path]).then(
    () => true,
    () => false,
  );
}

async function locked(path: string): Promise<boolean> {
  // Root reads everything, and Windows has no such mode.
  if (process.platform === 'win32' || process.getuid?.() === 0) return false;
  await writePhoto(path, { ...small, seed: 4 });
  await chmod(path, 0);
  return true;
}

function noise(length: number): Buffer {
  const random = seededRandom(length);
  return Buffer.from(Array.from({ length }, () => random(0, 256)));
}

const PNG_SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** A valid header and a scrap of pixel data: a decoder that trusts the header asks for gigabytes. */
function bombPng(side: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  // 8 bits per channel, RGB.
  header.set([8, 2, 0, 0, 0], 8);
  const scrap = deflateSync(Buffer.alloc(1000));
  return Buffer.concat([
    PNG_SIGNATURE,
    chunk('IHDR', header),
    chunk('IDAT', scrap),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** PNG specification, section 5.3: length, type, data, CRC of type and data. */
function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length, 0);
  body.copy(out, 4);
  out.writeUInt32BE(crc32(body), body.length + 4);
  return out;
}
