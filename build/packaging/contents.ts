// What may and what must not be in a package, and what each part of it weighs. Pure: it looks at a list of files.
import type { PackedFile } from './asar.ts';

/** A library that the system's loader, or another program, must find on the disk. */
const LOADED_BY_SYSTEM = /\.(node|dll|dylib|exe)$|\.so(\.\d+)*$/;
const FOREIGN = /\.(map|ts|cts|mts|tsx|flow|tsbuildinfo|gyp|c|cc|cpp|h)$/;
const TESTS = /(^|\/)(tests?|__tests__|fixtures|docs|examples?)\/.*\.(js|mjs|cjs|json)$/;
/** As native packages name what they are for: `-linux-x64`, `/win32/arm64/`. */
const SYSTEM = /[/.-](darwin|win32|linuxmusl|linux)[-/](x64|arm64|ia32|arm)(?=[/.-])/g;

const MUST_HAVE = [
  'package.json',
  'apps/desktop/out/main/main.js',
  'apps/desktop/out/preload/preload.cjs',
  'apps/desktop/out/engine/engine.mjs',
  'apps/desktop/out/compute/compute.mjs',
  'apps/desktop/out/compute/decode-worker.mjs',
  'apps/desktop/out/compute/picture-worker.mjs',
  'apps/ui/dist/index.html',
  'assets/models/starter/SHA256SUMS',
  'assets/places/cities.tsv.br',
  'assets/licenses/THIRD_PARTY.txt',
  'assets/licenses/LICENSE.txt',
];

/** Folders that have a place in the package. Packages of node_modules are named in electron-builder.yml. */
const OURS = /^(package\.json$|apps\/desktop\/out\/|apps\/ui\/dist\/|assets\/|node_modules\/)/;

export interface Host {
  platform: string;
  arch: string;
}

/** @returns a sentence for each thing that is wrong; empty when all is well */
export function wrongContents(files: readonly PackedFile[], host: Host): string[] {
  const paths = new Set(files.map(({ path }) => path));
  const problems = MUST_HAVE.filter((path) => !paths.has(path)).map((path) => `${path} is missing.`);
  for (const { path, unpacked } of files) {
    if (!OURS.test(path)) problems.push(`${path} has no place in the package.`);
    if (FOREIGN.test(path) || TESTS.test(path)) problems.push(`${path} is never loaded.`);
    if (LOADED_BY_SYSTEM.test(path) && !unpacked) problems.push(`${path} must lie outside app.asar.`);
    if (isForeign(path, host)) problems.push(`${path} is for another system.`);
  }
  return problems;
}

function isForeign(path: string, { platform, arch }: Host): boolean {
  if (!path.startsWith('node_modules/')) return false;
  return [...path.matchAll(SYSTEM)].some(([, system, cpu]) => system !== platform || cpu !== arch);
}

export interface Part {
  name: string;
  /** Bytes. */
  size: number;
}

const PARTS: readonly [name: string, path: RegExp][] = [
  ['LanceDB', /^node_modules\/(@lancedb|apache-arrow|flatbuffers|reflect-metadata|@swc|tslib|json-bignum)\//],
  ['onnxruntime', /^node_modules\/onnxruntime-/],
  ['sharp and libvips', /^node_modules\/(sharp|@img|detect-libc|semver)\//],
  ['libheif', /^node_modules\/libheif-js\//],
  ['exiftool', /^node_modules\/(exiftool-vendored|batch-cluster|he|luxon|@photostructure)/],
  ['starter model', /^assets\/models\//],
  ['window', /^apps\/ui\//],
  ['programs of the app', /^apps\/desktop\//],
  ['table of places, label packs, licences', /^assets\//],
];

/** Largest first; what belongs to no part is "other". */
export function partsOf(files: readonly PackedFile[]): Part[] {
  const sizes = new Map<string, number>();
  for (const { path, size } of files) {
    const name = PARTS.find(([, pattern]) => pattern.test(path))?.[0] ?? 'other';
    sizes.set(name, (sizes.get(name) ?? 0) + size);
  }
  return [...sizes].map(([name, size]) => ({ name, size })).sort((a, b) => b.size - a.size);
}
