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

/** `interactive` answers people (query text, previews); `background` indexes. Each is a process of its own. */
export type ComputeRole = 'interactive' | 'background';

export interface ComputeSetup {
  /** Model folder; null for a process that decodes only. */
  modelDirectory: string | null;
  /** The encoder to load at once; the other one is loaded when first asked for. */
  warm: 'image' | 'text';
  /** onnxruntime intra-op threads per encoder; 1 does not collapse under contention. */
  intraOpThreads: number;
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
}

/** A model that cannot be used: `MODEL_MISSING` or `MODEL_DAMAGED`, and a sentence that names what is wrong. */
export interface ModelFailure {
  ok: false;
  kind: ErrorKind;
  message: string;
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
  /** JPEG quality, 1 to 100; 100 for formats without loss. */
  compression: number | null;
}

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
  /** Decodes once; thumbnail written, facts and embedding returned. */
  ingest(request: IngestRequest): Promise<IngestResult>;
  embedText(text: string): Promise<EncodedText>;
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
  /** A browser-safe picture of at most `maxSide` pixels, for formats a browser cannot show. */
  render(path: string, maxSide: number): Promise<IngestFailure | ({ ok: true } & Rendition)>;
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
  judgeFile(path: string): Promise<JudgedFile>;
  /** Resident set size in bytes. */
  memory(): Promise<number>;
}
