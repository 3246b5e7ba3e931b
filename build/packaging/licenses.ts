// Gathers the licences of everything that is packed: `node build/packaging/licenses.ts` after dependencies changed.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

interface Installed {
  dev?: boolean;
  link?: boolean;
}

const root = dirname(dirname(import.meta.dirname));
const target = join(root, 'assets', 'licenses', 'THIRD_PARTY.txt');
const RULE = '='.repeat(80);
const HEADING = `Semblance contains or loads the software below, under the licences given with each part.
The Linux packages also contain Node.js (MIT and others, https://github.com/nodejs/node/blob/main/LICENSE).
libvips, inside the sharp packages, and libheif are under LGPL-3.0-or-later. Both are files of their own beside the
program, loaded when it runs, and may be replaced by their owner.
The table of cities is from GeoNames (https://www.geonames.org), under CC BY 4.0, shortened: see assets/places.`;

const lock: { packages: Record<string, Installed> } = JSON.parse(
  readFileSync(join(root, 'node_modules', '.package-lock.json'), 'utf8'),
);
const notices = Object.entries(lock.packages)
  .filter(([path, { dev, link }]) => path.includes('node_modules/') && !dev && !link)
  .filter(([path]) => existsSync(join(root, path, 'package.json')))
  .map(([path]) => notice(join(root, path)))
  .sort();

writeFileSync(target, `${HEADING}\n${RULE}\n${[...new Set(notices)].join(`\n${RULE}\n`)}\n`);
console.log(`licenses: ${notices.length} packages`);

function notice(folder: string): string {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const text = readdirSync(folder)
    .filter((file) => /^(licen[cs]e|notice|copying)/i.test(file))
    .map((file) => readFileSync(join(folder, file), 'utf8').trim());
  return [`${name} ${version} (${typeof license === 'string' ? license : 'see below'})`, ...text].join(
    '\n\n',
  );
}
