// Builds the four programs of the app. Everything is bundled but native modules, which are packed beside them.
import { defineConfig } from 'electron-vite';
import { build, type Plugin } from 'vite';

/** Loaded from node_modules at run time: native, or sharing objects with something native. */
const EXTERNAL = ['electron', '@lancedb/lancedb', 'apache-arrow', 'onnxruntime-node', 'sharp', /^node:/];

/** Programs of processes other than main. Each is a file of its own: main must not share a chunk with native users. */
const PROGRAMS = [
  { name: 'engine', entry: 'src/engine/main.ts' },
  // Runs in plain Node too, outside app.asar and far from the app's package.json: hence .mjs.
  { name: 'compute', entry: '../../packages/compute/src/main.ts' },
];

function otherPrograms(): Plugin {
  return {
    name: 'semblance:other-programs',
    apply: 'build',
    async closeBundle() {
      for (const { name, entry } of PROGRAMS) {
        await build({
          configFile: false,
          root: import.meta.dirname,
          logLevel: 'warn',
          ssr: { noExternal: true, target: 'node' },
          build: {
            ssr: entry,
            outDir: `out/${name}`,
            target: 'node24',
            minify: false,
            rolldownOptions: {
              external: EXTERNAL,
              output: { format: 'es', entryFileNames: `${name}.mjs`, codeSplitting: false },
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
