// `npm run package [-- <electron-builder options>]`: builds the window and the desktop bundles, then packs them.
// Options go to electron-builder, for example `--linux deb` or `--dir`.
import { runSteps } from '../steps.ts';

process.exitCode = runSteps([
  { name: 'user interface', command: 'vite', args: ['build', 'apps/ui', '--logLevel', 'warn'] },
  { name: 'desktop bundles', command: 'electron-vite', args: ['build'], folder: 'apps/desktop' },
  { name: 'licence notices', command: 'node', args: ['build/packaging/licenses.ts'] },
  {
    name: 'packages',
    command: 'electron-builder',
    args: ['--config', 'electron-builder.yml', '--publish', 'never', ...process.argv.slice(2)],
  },
]);
