// `npm run package [-- <electron-builder options>]`: builds the window and the desktop bundles, then packs them.
// Options go to electron-builder, for example `--linux deb` or `--dir`.
import { runSteps, type Step } from '../steps.ts';
import { type Stamp, stamp, stampOptions } from './stamp.ts';

/** @param options for electron-builder; `madeFrom` as it is before anything is built */
export function packSteps(options: readonly string[], madeFrom: Stamp): Step[] {
  return [
    { name: 'user interface', command: 'vite', args: ['build', 'apps/ui', '--logLevel', 'warn'] },
    { name: 'desktop bundles', command: 'electron-vite', args: ['build'], folder: 'apps/desktop' },
    { name: 'licence notices', command: 'node', args: ['build/packaging/licenses.ts'] },
    { name: 'native binaries without symbols', command: 'node', args: ['build/packaging/slim.ts'] },
    {
      name: 'packages',
      command: 'electron-builder',
      args: [
        ...['--config', 'electron-builder.yml', '--publish', 'never'],
        ...stampOptions(madeFrom),
        ...options,
      ],
    },
  ];
}

if (import.meta.main) process.exitCode = runSteps(packSteps(process.argv.slice(2), stamp()));
