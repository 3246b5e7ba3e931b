// Builds the four programs of the app. Everything is bundled but native modules, which are packed beside them.
import { defineConfig } from 'electron-vite';
import { build, type Plugin } from 'vite';

/** Loaded from node_modules at run time: native, or sharing objects with something native. */
const EXTERNAL = [
  'electron',
  '@lancedb/lancedb',
  'apache-arrow',
  'onnxruntime-node',
  'sharp',
  // Finds its program by where it lies itself.
  'exiftool-vendored',
  // Finds its WebAssembly by where it lies itself.
  /^jxl-oxide-wasm/,
  // LGPL: it stays a file of its own, which its owner may replace.
  /^libheif-js/,
  /^node:/,
];

/** Programs of processes other than main. Each is a file of its own: main must not share a chunk with native users. */
const PROGRAMS = [
  { folder: 'engine', file: 'engine.mjs', entry: 'src/engine/main.ts' },
  // Runs in plain Node too, outside app.asar and far from the app's package.json: hence .mjs.
  { folder: 'compute', file: 'compute.mjs', entry: '../../packages/compute/src/main.ts' },
  { folder: 'compute', file: 'decode-worker.mjs', entry: '../../packages/compute/src/lane/worker.ts' },
  { folder: 'compute', file: 'picture-worker.mjs', entry: '../../packages/compute/src/picture-worker.ts' },
];

function otherPrograms(): Plugin {
  return {
    name: 'semblance:other-programs',
    apply: 'build',
    async closeBundle() {
      if (process.env.SEMBLANCE_MAIN_ONLY !== undefined) return;
      for (const { folder, file, entry } of PROGRAMS) {
        await build({
          configFile: false,
          root: import.meta.dirname,
          logLevel: 'warn',
          ssr: { noExternal: true, target: 'node' },
          build: {
            ssr: entry,
            outDir: `out/${folder}`,
            emptyOutDir: false,
            target: 'node24',
            minify: false,
            rolldownOptions: {
              external: EXTERNAL,
              output: { format: 'es', entryFileNames: file, codeSplitting: false },
            },
          },
        });
      }
    },
  };
}

export default defineConfig({
  main: {
    plugins: [otherPrograms()],
    build: {
      externalizeDeps: false,
      rolldownOptions: { input: { main: 'src/main/main.ts' }, external: EXTERNAL },
    },
  },
  preload: {
    build: {
      externalizeDeps: false,
      rolldownOptions: {
        input: { preload: 'src/preload/preload.ts' },
        // A sandboxed preload is CommonJS.
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
});
