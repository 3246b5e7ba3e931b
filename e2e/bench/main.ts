// `npm run bench -- <name> [--json] [...]`: measures how fast and how large the product is. Each bench is a folder here
// whose `bench.ts` exports `bench(args)`.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

export interface BenchResult {
  /** Printed with `--json`. */
  json: unknown;
  /** A markdown table, as committed to `results/<name>.md`. */
  report: string;
}

const [name, ...rest] = process.argv.slice(2);
const program = join(import.meta.dirname, name ?? '.', 'bench.ts');

if (name === undefined || !/^[a-z-]+$/.test(name) || !existsSync(program)) {
  const names = readdirSync(import.meta.dirname).filter((entry) =>
    existsSync(join(import.meta.dirname, entry, 'bench.ts')),
  );
  console.error(`usage: npm run bench -- <${names.join(' | ')}> [--json]`);
  process.exitCode = 2;
} else {
  const { bench }: { bench: (args: string[]) => Promise<BenchResult> } = await import(program);
  const result = await bench(rest.filter((arg) => arg !== '--json'));
  console.log(rest.includes('--json') ? JSON.stringify(result.json) : result.report);
}
