// The disk as it is: what is there, what it is, whether it changes. node:fs only.
export { atomicWrite } from './atomic-write.ts';
export { freeSpace } from './free-space.ts';
export { type FileHash, hashFile } from './hash.ts';
export { isInside } from './inside.ts';
export { SNIFF_BYTES, type SniffedFormat, sniffFormat } from './sniff.ts';
export { type WalkOptions, type WalkProblem, walk } from './walk.ts';
export { type RootWatch, type WatchOptions, watchRoot } from './watch.ts';
