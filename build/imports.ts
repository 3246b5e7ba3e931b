// Who may import whom, as data (DESIGN: "The house"). `npm test` fails when a file breaks it.

export interface ImportRule {
  /** Folder the rule is for; the longest match wins. */
  folder: string;
  /** Allowed packages, exact or as prefix with a trailing `*`. Relative imports stay inside the folder. */
  may: readonly string[];
  /** Allowed as `import type` only. */
  mayTypes?: readonly string[];
}

const NODE = 'node:*';

export const RULES: readonly ImportRule[] = [
  { folder: 'packages/contract', may: ['zod', '@orpc/contract'] },
  { folder: 'packages/core', may: ['chrono-node/en'], mayTypes: ['@semblance/contract'] },
  {
    folder: 'packages/clip',
    may: ['@semblance/core', '@semblance/contract', 'onnxruntime-node', '@huggingface/tokenizers', NODE],
  },
  {
    folder: 'packages/catalog',
    may: ['@semblance/contract', '@semblance/core', NODE],
  },
  { folder: 'packages/scan', may: ['@semblance/contract', '@semblance/core', NODE] },
  {
    folder: 'packages/vectors',
    may: ['@semblance/contract', '@semblance/core', '@lancedb/lancedb', 'apache-arrow', NODE],
  },
  {
    folder: 'packages/compute',
    may: [
      '@semblance/contract',
      '@semblance/core',
      '@semblance/clip',
      'sharp',
      'exifreader',
      '@xmldom/xmldom',
      'jxl-oxide-wasm',
      'libheif-js/*',
      'thumbhash',
      'birpc',
      NODE,
    ],
  },
  {
    folder: 'packages/engine',
    may: [
      '@semblance/contract',
      '@semblance/core',
      '@semblance/catalog',
      '@semblance/vectors',
      '@semblance/scan',
      '@orpc/server',
      'birpc',
      'client-zip',
      'env-paths',
      'exiftool-vendored',
      'lru-cache',
      NODE,
    ],
    mayTypes: ['@semblance/compute', 'zod'],
  },
  {
    folder: 'packages/testkit',
    may: ['@semblance/contract', '@semblance/clip', 'protobufjs', 'protobufjs/*', 'sharp', 'vitest', NODE],
  },
  {
    // The double of Electron: types only, because Electron itself is what it stands for.
    folder: 'packages/testkit/src/electron',
    may: [NODE],
    mayTypes: ['electron'],
  },
  {
    folder: 'apps/ui',
    may: [
      '@semblance/contract',
      '@semblance/core',
      '@orpc/client',
      '@orpc/client/*',
      '@mantine/*',
      '@fontsource-variable/*',
      '@tabler/icons-react',
      '@tanstack/react-virtual',
      'i18next',
      'justified-layout',
      'react',
      'react/*',
      'react-dom',
      'react-dom/*',
      'react-i18next',
      'thumbhash',
      'yet-another-react-lightbox',
      'yet-another-react-lightbox/*',
      'zustand',
      'zustand/*',
    ],
    mayTypes: ['@orpc/contract'],
  },
  {
    folder: 'apps/cli',
    may: [
      '@semblance/contract',
      '@semblance/engine',
      '@semblance/clip',
      '@orpc/server/*',
      '@hono/node-server',
      'hono',
      'hono/*',
      'cli-progress',
      'commander',
      'open',
      NODE,
    ],
  },
  { folder: 'apps/desktop', may: ['electron', '@semblance/contract', NODE] },
  {
    folder: 'apps/desktop/src/engine',
    may: ['electron', '@semblance/contract', '@semblance/engine', '@orpc/server/*', NODE],
  },
];
