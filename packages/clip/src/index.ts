// The CLIP system: model folders, tokenizer, preprocessing, image and text encoders, zero-shot scoring.
export { Tensor } from 'onnxruntime-node';
export { type Checksums, readChecksums, verifyChecksums, writeChecksums } from './checksums.ts';
export { type ChooseOptions, chooseRuntime, imagesPerSecond, type RuntimeChoice } from './choose-runtime.ts';
export { type ImageEncoder, loadImageEncoder } from './image-encoder.ts';
export { inspectModel, keepPrecision, type ModelFacts } from './inspect.ts';
export { type ListedModel, listModels } from './list-models.ts';
export type { ModelFamily } from './model-config.ts';
export type { ModelLayout, ModelPaths, Precision, WeightPrecision } from './model-files.ts';
export { type ModelFolder, type ReadModelOptions, readModelFolder } from './model-folder.ts';
export { preprocess } from './preprocess.ts';
export type { PreprocessConfig } from './preprocess-config.ts';
export { release } from './release.ts';
export { type RgbPicture, resize } from './resample.ts';
export type { Graph, OpenOptions, Provider, Runtime, TensorInfo } from './runtime.ts';
export { onnxRuntime, RUNTIME_VERSION } from './runtime.ts';
export type { SessionOptions } from './session.ts';
export { type ModelTest, queryMilliseconds, type TestOptions, testModel } from './test-model.ts';
export {
  loadTextEncoder,
  type QueryEmbedding,
  type TextEmbedding,
  type TextEncoder,
} from './text-encoder.ts';
export { type ClipTokenizer, createTokenizer, type TokenizedText } from './tokenizer.ts';
export { dot, unitVector } from './unit-vector.ts';
export { sigmoidScores, zeroShot } from './zero-shot.ts';
