// `npm run bench -- <name> [--json]`: measurements, one folder each; what they print is kept in results/.
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const [name, ...args] = process.argv.slice(2);
const file = join(import.meta.dirname, name ?? '', 'bench.ts');

if (name === undefined || !/^[a-z-]+$/.test(name) || !existsSync(file)) {
  console.error('usage: npm run bench -- <name> [--json]');
  process.exitCode = 2;
} else {
  const { run } = await import(`./${name}/bench.ts`);
  await run({ json: args.includes('--json'), args: args.filter((arg) => arg !== '--json') });
}
