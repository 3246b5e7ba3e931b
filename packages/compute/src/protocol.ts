// What the engine asks of a compute process, and what it gets back. Types only: the engine imports nothing else
// from this package. Travels by birpc over structured clone, so typed arrays arrive as typed arrays.
import type {
  Camera,
  DateSource,
  ErrorKind,
  FailureReason,
  ModelInfo,
  Place,
  Region,
} from '@semblance/contract';
import type { AdapterEpoch, AdapterResult, AdapterTask, Likeness } from '@semblance/core';

import type { PhotoMetadata } from './metadata/facts.ts';

/** `interactive` answers people (query text, previews); `background` indexes. Each is a process of its own. */
export type ComputeRole = 'interactive' | 'background';

export interface ComputeSetup {
  /** Model folder; null for a process that decodes only. */
  modelDirectory: string | null;
  /** The encoder to load at once; the other one is loaded when first asked for. */
  warm: 'image' | 'text';
  /** onnxruntime intra-op threads per encoder. */
  intraOpThreads: number;
  /**
   * Where it is kept how this machine runs each model best (hardware, threads, batch). A process with `warm: 'image'`
   * measures it once, after some hundred photos, with all cores to choose from. Left out: the CPU, as many threads as
   * above, a usual batch.
   */
  runtimeFile?: string;
  /** Where thumbnails go: `<directory>/<first two hex digits>/<content hash>.webp`. */
  thumbnailDirectory: string;
}

/** Facts of the loaded model that the engine needs. */
export interface LoadedModel {
  key: string;
  /** Equal for models that give pictures the same vectors; left out: no other one does. */
  imageKey?: string;
  dimensions: number;
  /** Tokens the text encoder reads, start and end token included. */
  contextLength: number;
  /** How long the image encoder takes for one picture, ms; absent where it is not loaded. */
  encodeMs?: number;
}

/** A model that cannot be used: `MODEL_MISSING` or `MODEL_DAMAGED`, and a sentence that names what is wrong. */
export interface ModelFailure {
  ok: false;
  kind: ErrorKind;
  message: string;
}

/** How the files of a model lie: Hugging Face's, Immich's, one graph for both towers, or found one by one. */
export type ModelLayout = 'transformers' | 'immich' | 'combined' | 'loose';

export type ModelKind =
  | 'clip'
  | 'openclip'
  | 'siglip'
  | 'siglip2'
  | 'mobileclip'
  | 'multilingual-clip'
  | 'jina-clip';

export type WeightPrecision = 'fp32' | 'fp16' | 'int8' | 'q4';

/** What a folder holds, judged by its files and the heads of its graphs; no graph has been opened. */
export interface InspectedModel {
  ok: true;
  /** Folder name. */
  id: string;
  name: string;
  /** Names the exact weights and how they are fed: vectors of different keys are never compared. */
  key: string;
  /** The image side of the key: models that differ in their text encoder only have the same, and need no new vectors. */
  imageKey: string;
  family: ModelKind;
  layout: ModelLayout;
  dimensions: number;
  /** Input side in pixels. */
  imageSize: number;
  /** Tokens read per text. */
  contextLength: number;
  /** BCP 47 codes, as far as the files say; `mul` for a tokenizer of many languages. */
  languages: string[];
  /** Of the whole folder, on disk. */
  bytes: number;
  /** What there is for both towers, the most exact first. */
  precisions: { precision: WeightPrecision; bytes: number }[];
  /** What would be loaded. */
  precision: WeightPrecision;
}

/** One way to run a model, tried. */
export interface TriedRuntime {
  precision: WeightPrecision;
  /** Execution provider of onnxruntime: `cpu`, `cuda`, `coreml`, `dml`, `webgpu`. */
  provider: string;
  /** Largest 1 - cosine to the most exact weights on the CPU; null when it gave nothing. */
  difference: number | null;
  /** Null when it was not used long enough to say. */
  imagesPerSecond: number | null;
  /** Why it is not used, one sentence; null when it can be. */
  problem: string | null;
}

/** A model that was loaded and tried on this machine. */
export interface TestedModel {
  ok: true;
  /** Of the weights in this precision. */
  key: string;
  /** The best way to run it here, of `tried`. */
  precision: WeightPrecision;
  provider: string;
  threads: number;
  batch: number;
  imagesPerSecond: number;
  /** Of one short query. */
  textMilliseconds: number;
  /** Both towers. */
  loadMilliseconds: number;
  /** By how much the process grew, bytes: with the text encoder alone, as for searches, and with both. */
  textMemoryBytes: number;
  memoryBytes: number;
  tried: TriedRuntime[];
}

export interface IngestRequest {
  path: string;
  /** False when the photo already has its embedding and only the picture facts are wanted. */
  embed: boolean;
}

/** Everything one decode of a file yields. */
export interface IngestedPhoto {
  ok: true;
  /** SHA-256 of the file's bytes, 64 lower-case hex digits. */
  contentHash: string;
  /** File size and modification time (ms) as read, so that a file changed meanwhile is noticed. */
  bytes: number;
  modifiedAt: number;
  /** From the bytes: `jpeg`, `png`, `heic`, `bmp`, `nef`, ... */
  format: string;
  /** Pixels, upright. Of a camera's raw file: those of its preview. */
  width: number;
  height: number;
  animated: boolean;
  /** Wall-clock milliseconds (as if UTC); null when neither tags nor sidecars nor the name say it. */
  takenAt: number | null;
  dateSource: Exclude<DateSource, 'mtime'> | null;
  camera: Camera;
  place: Place | null;
  /** What people wrote with other programs (EXIF, IPTC, XMP, sidecars, Google Takeout). */
  caption: string | null;
  keywords: string[];
  /** 1 to 5. */
  rating: number | null;
  favourite: boolean;
  /** ThumbHash, base64. */
  placeholder: string;
  /** `signatureOf` the picture: to find its copies. */
  signature: Uint8Array;
  /** Unit vector of the model's dimensions; null when not asked for. */
  embedding: Float32Array | null;
  /** Embeddings of both ends of a wide or tall picture (`edgeCrops`); none of any other, or when not asked for. */
  crops: Float32Array[];
}

export interface EmbeddedPhoto {
  ok: true;
  embedding: Float32Array;
  /** As of an ingested photo. */
  crops: Float32Array[];
}

export interface IngestFailure {
  ok: false;
  reason: FailureReason;
  /** One English sentence without the path. */
  message: string;
}

/** The library's trouble, not the photo's: the run must stop and the photo must not be marked. */
export interface IngestHalt {
  ok: false;
  halt: 'disk-full';
}

export type IngestResult = IngestedPhoto | IngestFailure | IngestHalt;

export interface EncodedText {
  /** Unit vector. */
  embedding: Float32Array;
  /** Words of the text that the model was not taught; empty when the model does not say what it knows. */
  unknownWords: string[];
  /** True when the text had more tokens than the model reads. */
  truncated: boolean;
  /** Tokens read, start and end token included. */
  tokens: number;
}

/** A photo of the library, to be laid over another one. */
export interface PhotoToCompare {
  contentHash: string;
  /** One of its files. */
  path: string;
  /** Full size in pixels, upright. */
  width: number;
  height: number;
  format: string;
}

/** Null: cannot be measured. */
export interface JudgedFile {
  /** Share of the pixels that hold detail, 0 to 1. */
  detail: number | null;
  sharpness: number | null;
  /** 0 to 1; comparable among shots of one scene. */
  exposure: number | null;
  /** JPEG quality, 1 to 100; 100 for formats without loss, 0 for 256 colours. */
  compression: number | null;
}

export type RenditionFormat = 'jpeg' | 'png';

/** A picture ready to be sent to a window. */
export interface Rendition {
  bytes: Uint8Array;
  contentType: string;
}

/** The functions a compute process offers. Rejections carry a message; bad pictures are results, not rejections. */
export interface ComputeFunctions {
  /** Must be called first, once. `model` is null for a process without one. */
  setup(setup: ComputeSetup): Promise<{ ok: true; model: LoadedModel | null } | ModelFailure>;
  /** Reads the model folders in these directories; damaged ones are left out. */
  listModels(directories: string[]): Promise<Omit<ModelInfo, 'active' | 'bundled'>[]>;
  /** Reads a folder that may become a model. Hashes its weights, a second per gigabyte, unless they come with hashes. */
  inspectModel(directory: string): Promise<InspectedModel | ModelFailure>;
  /**
   * Loads a model every way this machine could run it and measures: seconds to a minute. Ask a process of its own,
   * because a graphics driver may end it. The model is left as it is.
   *
   * @param runtimeFile as in the setup: indexing will begin with what was found
   */
  testModel(directory: string, runtimeFile?: string): Promise<TestedModel | ModelFailure>;
  /**
   * From now on this precision is loaded. It is another `key`, so this is for models that have no vectors yet.
   * @returns the folder as it is now
   */
  keepPrecision(directory: string, precision: WeightPrecision): Promise<InspectedModel | ModelFailure>;
  /** Decodes once; thumbnail written, facts and embedding returned. */
  ingest(request: IngestRequest): Promise<IngestResult>;
  embedText(text: string): Promise<EncodedText>;
  /** Embeds a photo of the library without looking at anything else. */
  embedPhoto(path: string): Promise<EmbeddedPhoto | IngestFailure>;
  /** Embeds a picture outside the library (search by a file). */
  embedImage(path: string): Promise<{ ok: true; embedding: Float32Array } | IngestFailure>;
  /** The same for a picture that is no file: one that was dropped on the window. */
  embedPicture(bytes: Uint8Array): Promise<{ ok: true; embedding: Float32Array } | IngestFailure>;
  /** Embeds parts of one picture, decoded once: one unit vector per region, in order. */
  embedRegions(
    path: string,
    regions: readonly Region[],
  ): Promise<{ ok: true; embeddings: Float32Array[] } | IngestFailure>;
  /** Writes a missing thumbnail again. */
  makeThumbnail(path: string, contentHash: string): Promise<IngestFailure | { ok: true }>;
  /** A browser-safe picture of at most `maxSide` pixels, for formats a browser cannot show, or (PNG) for the clipboard. */
  render(
    path: string,
    maxSide: number,
    format?: RenditionFormat,
  ): Promise<IngestFailure | ({ ok: true } & Rendition)>;
  /** Trains an adapter; the process is of no use to anybody else meanwhile. Answers with the best epoch. */
  trainAdapter(task: AdapterTask, heldOut: AdapterTask['photos']): Promise<AdapterResult>;
  /** Epochs done so far. */
  adapterCurve(): Promise<AdapterEpoch[]>;
  /** `signatureOf` a photo indexed before there were any: from its stored thumbnail where there is one. */
  signPhoto(photo: {
    path: string;
    contentHash: string;
  }): Promise<IngestFailure | { ok: true; signature: Uint8Array }>;
  /** Pixel by pixel after alignment. */
  comparePhotos(
    a: PhotoToCompare,
    b: PhotoToCompare,
  ): Promise<IngestFailure | { ok: true; likeness: Likeness }>;
  /** Of a photo that is known: what the file, its sidecars and its name say now. @param format as decoded */
  readMetadata(path: string, format: string): Promise<IngestFailure | { ok: true; metadata: PhotoMetadata }>;
  judgeFile(path: string): Promise<JudgedFile>;
  /** Resident set size in bytes. */
  memory(): Promise<number>;
}
