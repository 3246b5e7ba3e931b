// What would be packed, checked against electron-builder's own schema and matcher and against what lies on disk.
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { Ajv } from 'ajv';
import { FileMatcher } from 'app-builder-lib/out/fileMatcher.js';
import { parseSync } from 'oxc-parser';
import { afterAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { afterPack, checkFuses, executableOf } from '../packaging/after-pack.ts';
import { FUSES, wrongFuses } from '../packaging/fuses.ts';
import { fuseWire } from '../packaging/stand-in.ts';

interface FileSet {
  from: string;
  to: string;
  filter: string[];
}

interface Config {
  electronVersion: string;
  extraMetadata: { main: string };
  asarUnpack: string[];
  files: (string | FileSet)[];
  mac: { icon: string; extendInfo: { CFBundleDocumentTypes: { LSHandlerRank: string }[] } };
  win: { icon: string };
  linux: { icon: string; mimeTypes: string[]; extraResources: { from: string; to: string }[] };
}

const root = dirname(dirname(import.meta.dirname));
const config = parse(readFileSync(join(root, 'electron-builder.yml'), 'utf8')) as Config;
const nodeModules = fileSet('node_modules');
const own: FileSet = { from: '.', to: '.', filter: config.files.filter((set) => typeof set === 'string') };

/** Loaded from node_modules at run time; everything else is bundled (apps/desktop/electron.vite.config.ts). */
const EXTERNAL = [
  '@lancedb/lancedb',
  'apache-arrow',
  'exiftool-vendored',
  'jxl-oxide-wasm',
  'libheif-js',
  'onnxruntime-node',
  'sharp',
];
/** Dependencies of those that never run inside the app. */
const NOT_LOADED = [
  /^@types\//,
  // Used by the install script of onnxruntime-node.
  /^adm-zip$/,
  /^global-agent$/,
  // Used by apache-arrow's command line tool.
  /^command-line-/,
  // Optional embedding functions of LanceDB, replaced by an empty package.
  /^openai$/,
  /^@huggingface\/transformers$/,
];

function fileSet(from: string): FileSet {
  const isWanted = (set: string | FileSet): set is FileSet => typeof set !== 'string' && set.from === from;
  return config.files.find(isWanted) ?? { from: '', to: '', filter: [] };
}

function expandMacros(pattern: string): string {
  return pattern.replace(/\$\{platform\}/, process.platform).replace(/\$\{arch\}/, process.arch);
}

/** Tells whether electron-builder would take a file of a file set: the file, and every folder on the way to it. */
function packs(set: FileSet, path: string): boolean {
  const from = resolve(root, set.from);
  const filter = new FileMatcher(from, '/', expandMacros, set.filter).createFilter();
  for (let way = join(from, path); way !== from; way = dirname(way)) {
    if (!filter(way, statSync(way) as Parameters<typeof filter>[1])) return false;
  }
  return true;
}

/** Folders of all packages that the external ones need at run time, relative to node_modules. */
function neededPackages(): string[] {
  const needed = new Set<string>();
  const visit = (name: string): void => {
    const file = join(root, 'node_modules', name, 'package.json');
    if (NOT_LOADED.some((pattern) => pattern.test(name)) || needed.has(name) || !existsSync(file)) return;
    needed.add(name);
    const { dependencies, optionalDependencies } = JSON.parse(readFileSync(file, 'utf8'));
    for (const next of Object.keys({ ...dependencies, ...optionalDependencies })) visit(next);
  };
  for (const name of EXTERNAL) visit(name);
  return [...needed].sort();
}

describe('electron-builder.yml', () => {
  it('is what electron-builder expects', () => {
    const scheme = JSON.parse(readFileSync(join(root, 'node_modules/app-builder-lib/scheme.json'), 'utf8'));
    const validate = new Ajv({ strict: false, allErrors: true }).compile(scheme);
    expect(validate(config) ? [] : validate.errors).toEqual([]);
    expect(validate({ ...config, fils: [] })).toBe(false);
  });

  it('names the Electron that is installed', () => {
    const { version } = JSON.parse(readFileSync(join(root, 'node_modules/electron/package.json'), 'utf8'));
    expect(config.electronVersion).toBe(version);
  });

  it('packs every package that is loaded at run time', () => {
    const needed = neededPackages();
    expect(needed.length).toBeGreaterThan(12);
    for (const name of needed)
      expect([name, packs(nodeModules, `${name}/package.json`)]).toEqual([name, true]);
  });

  it('packs the native binaries of this platform and no other', () => {
    const { platform, arch } = process;
    const onnx = `onnxruntime-node/bin/napi-v6`;
    expect(packs(nodeModules, `${onnx}/${platform}/${arch}/onnxruntime_binding.node`)).toBe(true);
    for (const other of ['darwin/arm64', 'linux/arm64', 'linux/x64', 'win32/x64', 'win32/arm64']) {
      const path = `${onnx}/${other}/onnxruntime_binding.node`;
      const here = other === `${platform}/${arch}`;
      if (existsSync(join(root, 'node_modules', path)))
        expect([other, packs(nodeModules, path)]).toEqual([other, here]);
    }
  });

  it.each(nodeModules.filter.filter((glob) => !glob.startsWith('!')))('cannot do without %s', (removed) => {
    const files = [
      ...neededPackages().map((name) => `${name}/package.json`),
      'onnxruntime-node/dist/index.js',
      `onnxruntime-node/bin/napi-v6/${process.platform}/${process.arch}/onnxruntime_binding.node`,
    ];
    const less = { ...nodeModules, filter: nodeModules.filter.filter((glob) => glob !== removed) };
    expect(files.filter((file) => !packs(less, file))).not.toEqual([]);
  });

  it.each([
    ['assets/models/**', 'assets/models/starter/onnx/vision_model.onnx'],
    ['assets/models/**', 'assets/models/starter/SHA256SUMS'],
    ['assets/licenses/**', 'assets/licenses/THIRD_PARTY.txt'],
    ['assets/label-packs/**', 'assets/label-packs/scenes.json'],
    ['assets/samples/**', 'assets/samples/2021/IMG_0007.png'],
    ['assets/places/**', 'assets/places/cities.tsv.br'],
  ])('packs by %s: %s', (glob, path) => {
    expect(packs(own, path)).toBe(true);
    expect(packs({ ...own, filter: own.filter.filter((other) => other !== glob) }, path)).toBe(false);
  });

  it('packs the programs and the pages, and no source or test', () => {
    expect(own.filter).toContain('apps/desktop/out/{main,preload,engine,compute}/**');
    expect(own.filter).toContain('apps/ui/dist/**');
    expect(config.extraMetadata.main).toBe('apps/desktop/out/main/main.js');
    for (const path of ['apps/desktop/src/main/main.ts', 'build/test/packaging.test.ts', 'package-lock.json'])
      expect([path, packs(own, path)]).toEqual([path, false]);
    expect([nodeModules.from, nodeModules.to]).toEqual(['node_modules', 'node_modules']);
  });

  it('leaves outside app.asar what plain Node and the system loader read', () => {
    for (const name of neededPackages().filter((name) =>
      /^(@img|sharp|onnxruntime|libheif|jxl-oxide|detect-libc|semver)/.test(name),
    )) {
      const covered = config.asarUnpack.some((glob) =>
        `node_modules/${name}/`.startsWith(glob.replace('**', '')),
      );
      expect([name, covered]).toEqual([name, true]);
    }
    for (const glob of [
      'apps/desktop/out/compute/**',
      'assets/models/**',
      'node_modules/@lancedb/lancedb-*/**',
    ])
      expect(config.asarUnpack).toContain(glob);
  });

  it('brings a plain Node for Linux that is there', () => {
    expect(config.linux.extraResources).toEqual([
      { from: 'apps/desktop/out/native/node/node', to: 'node/node' },
    ]);
    if (process.platform === 'linux') expect(existsSync(join(root, 'node_modules/node/bin/node'))).toBe(true);
  });

  it("packs LanceDB's binary once, from where its symbols were taken out, and outside app.asar", () => {
    const slim = fileSet('apps/desktop/out/native/node_modules');
    expect([slim.to, slim.filter.map(expandMacros)]).toEqual([
      'node_modules',
      [`@lancedb/lancedb-${process.platform}-${process.arch}*/*.node`],
    ]);
    const [binary = ''] = globSync('@lancedb/lancedb-*/*.node', { cwd: join(root, 'node_modules') });
    expect(binary).not.toBe('');
    expect(packs(nodeModules, binary)).toBe(false);
    expect(config.asarUnpack).toContain('apps/desktop/out/native/**');
  });

  it('never makes the app the program that opens pictures or folders', () => {
    expect(config).not.toHaveProperty('fileAssociations');
    expect(config.linux.mimeTypes).toContain('image/jpeg');
    expect(config.linux.mimeTypes).not.toContain('inode/directory');
    const ranks = config.mac.extendInfo.CFBundleDocumentTypes.map((type) => type.LSHandlerRank);
    expect(ranks).toEqual(['Alternate', 'Alternate']);
  });

  it('has an icon for every platform, in the size that it asks for', () => {
    const ico = readFileSync(join(root, config.win.icon));
    const sides = Array.from(
      { length: ico.readUInt16LE(4) },
      (_, index) => ico.readUInt8(6 + 16 * index) || 256,
    );
    expect(sides).toEqual([16, 24, 32, 48, 64, 128, 256]);
    const lastEntry = 6 + 16 * (sides.length - 1);
    expect(ico.readUInt32LE(lastEntry + 8) + ico.readUInt32LE(lastEntry + 12)).toBe(ico.length);
    const icns = readFileSync(join(root, config.mac.icon));
    expect([icns.toString('ascii', 0, 4), icns.readUInt32BE(4)]).toEqual(['icns', icns.length]);
    expect(existsSync(join(root, config.linux.icon, '512x512.png'))).toBe(true);
  });

  it('names a licence for each native part', () => {
    const notices = readFileSync(join(root, 'assets/licenses/THIRD_PARTY.txt'), 'utf8');
    for (const name of EXTERNAL) {
      const { version } = JSON.parse(readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8'));
      expect(notices).toContain(`${name} ${version} (`);
    }
  });
});

describe('the fuses', () => {
  const folder = mkdtempSync(join(tmpdir(), 'semblance-fuses-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  const names = Object.values(FuseV1Options).filter((value) => typeof value === 'string');
  const packed = (name: string) => ({
    appOutDir: folder,
    electronPlatformName: 'linux',
    packager: { executableName: name, appInfo: { productFilename: 'Semblance' } },
  });

  /** Stands in for Electron: the sentinel, the wire's version and length, and every fuse in the wrong position. */
  function standIn(name: string): string {
    const path = join(folder, name);
    writeFileSync(path, fuseWire());
    return path;
  }

  it('are all decided, and each as DESIGN.md says', () => {
    expect(FUSES.map(({ option }) => FuseV1Options[option])).toEqual(names);
    const on = FUSES.filter((fuse) => fuse.on).map(({ option }) => FuseV1Options[option]);
    expect(on).toEqual([
      'EnableCookieEncryption',
      'EnableEmbeddedAsarIntegrityValidation',
      'OnlyLoadAppFromAsar',
      'WasmTrapHandlers',
    ]);
  });

  it('are set in a packed binary and read back', async () => {
    const path = standIn('semblance');
    await expect(checkFuses(path)).rejects.toThrow('RunAsNode, EnableCookieEncryption');
    await afterPack(packed('semblance'));
    await expect(checkFuses(path)).resolves.toBeUndefined();
    expect((await getCurrentFuseWire(path))[FuseV1Options.RunAsNode]).toBe(FuseState.DISABLE);
  });

  it('are reported by name, also when one is missing from the binary', () => {
    const right = Object.fromEntries(FUSES.map(({ option, on }) => [option, on]));
    expect(wrongFuses(right, { on: true, off: false })).toEqual([]);
    const { [FuseV1Options.RunAsNode]: _, ...missing } = right;
    expect(wrongFuses(missing, { on: true, off: false })).toEqual(['RunAsNode']);
  });

  it('are looked for where each platform has its executable', () => {
    const on = (electronPlatformName: string) =>
      relative(folder, executableOf({ ...packed('semblance'), electronPlatformName }));
    expect(['linux', 'win32', 'darwin'].map(on)).toEqual(['semblance', 'Semblance.exe', 'Semblance.app']);
  });
});

describe('the programs', () => {
  const src = join(root, 'apps/desktop/src');

  /** Every module that a file loads at run time, its own files followed. */
  function loads(file: string, seen = new Set<string>()): Set<string> {
    if (seen.has(file)) return seen;
    seen.add(file);
    const { module } = parseSync(file, readFileSync(file, 'utf8'));
    for (const { moduleRequest, entries } of module.staticImports) {
      if (entries.length > 0 && entries.every((entry) => entry.isType)) continue;
      const name = moduleRequest.value;
      if (name.startsWith('.')) loads(join(dirname(file), name), seen);
      else seen.add(name);
    }
    expect(module.dynamicImports).toEqual([]);
    return seen;
  }

  it('main loads Electron and Node, nothing native, and not the engine', () => {
    const modules = [...loads(join(src, 'main/main.ts'))].filter((name) => !name.startsWith(src));
    expect(modules).toContain('electron');
    expect(modules.filter((name) => name !== 'electron' && !name.startsWith('node:'))).toEqual([]);
  });

  it('only the engine process loads the engine', () => {
    expect(loads(join(src, 'engine/main.ts'))).toContain('@semblance/engine');
  });

  it('the preload is short and loads Electron only', () => {
    const preload = join(src, 'preload/preload.ts');
    expect(readFileSync(preload, 'utf8').trimEnd().split('\n').length).toBeLessThanOrEqual(60);
    expect([...loads(preload)].filter((name) => name !== preload)).toEqual(['electron']);
  });
});
