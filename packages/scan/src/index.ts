// The disk as it is: what is there, what it is, whether it changes. node:fs only.
export { atomicWrite, syncFolder } from './atomic-write.ts';
export { isLivePhoto } from './beside.ts';
export { type CompanionFinder, createCompanionFinder } from './companions.ts';
export { freeSpace } from './free-space.ts';
export { type FileHash, hashFile } from './hash.ts';
export { isInside } from './inside.ts';
export { type FileIdentity, identify, moveToFreeName, renameToFreeName } from './move.ts';
export { codeOf } from './regular-file.ts';
export { SNIFF_BYTES, type SniffedFormat, sniffFormat } from './sniff.ts';
export {
  renamedFrom,
  serialNumber,
  serialOfFolder,
  type VolumePlace,
  type Volumes,
  volumes,
} from './volume.ts';
export { type WalkOptions, type WalkProblem, walk } from './walk.ts';
export { type RootWatch, type WatchOptions, watchRoot } from './watch.ts';
