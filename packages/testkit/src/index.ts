// Test-only: makers of photos, hostile files, models and temporary directories.
export { type HostileFile, type HostileOutcome, writeHostileFiles } from './hostile.ts';
export { type ConnectProxy, startConnectProxy } from './hub/connect-proxy.ts';
export { type FakeHub, type HubRequest, startFakeHub } from './hub/fake-hub.ts';
export type { HubFault } from './hub/faults.ts';
export { type SelfSigned, selfSigned } from './hub/self-signed.ts';
export type { ClipShape } from './onnx/clip-graphs.ts';
export { FAMILY_NAMES, type FamilyName, type FamilyOptions, writeModelFamily } from './onnx/families.ts';
export {
  type ClipModelOptions,
  countParameters,
  TINY,
  VIT_B_16,
  VIT_B_32,
  VIT_H_14,
  VIT_L_14,
  writeClipModel,
} from './onnx/write-clip-model.ts';
export { SCENE_NAMES, SCENES, type SceneName } from './pictures/scenes.ts';
export { type LibraryOptions, type LibraryPhoto, writeLibrary } from './pictures/write-library.ts';
export { type PhotoExif, type PhotoOptions, writePhoto } from './pictures/write-photo.ts';
export { seededRandom, seedFrom } from './random.ts';
export { tempDir } from './temp-dir.ts';
