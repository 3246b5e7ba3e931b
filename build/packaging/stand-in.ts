// A stand-in for Electron's runtime, so that packing can be tried where the real one cannot be had: a folder as
// electron-builder's `electronDist` wants it. It has fuses to set, and starts nothing.
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FuseState } from '@electron/fuses';
import { FUSES } from './fuses.ts';

/** Where Electron keeps its switches: a sentinel, version 1 of the wire, its length, a byte for each switch. */
const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';

/** @returns the bytes of an executable with every fuse in the wrong position */
export function fuseWire(): Buffer {
  const wire = FUSES.map(({ on }) => (on ? FuseState.DISABLE : FuseState.ENABLE));
  const head = '#!/bin/sh\necho "This package was made without Electron." >&2\nexit 1\n';
  return Buffer.concat([
    Buffer.from(head + SENTINEL),
    Buffer.from([1, wire.length, ...wire]),
    Buffer.alloc(99),
  ]);
}

/** For Linux: elsewhere electron-builder edits the runtime's own files, which must be real. */
export function writeStandIn(folder: string): void {
  mkdirSync(join(folder, 'resources'), { recursive: true });
  for (const name of ['electron', 'chrome-sandbox']) {
    writeFileSync(join(folder, name), fuseWire());
    chmodSync(join(folder, name), 0o755);
  }
}
