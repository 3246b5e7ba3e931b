// Type-checks every environment with only the libraries it really has: a package without `dom` cannot use `window`.
import { globSync } from 'node:fs';
import { sep } from 'node:path';
import { ROOT, runTool } from './steps.ts';

const projects = globSync('{packages,apps}/*/tsconfig*.json', { cwd: ROOT })
  .concat(globSync('{build,e2e}/tsconfig.json', { cwd: ROOT }))
  .map((path) => path.split(sep).join('/'))
  .sort();

let failed = 0;
for (const project of projects) {
  const status = runTool('tsc', ['-p', project]);
  if (status !== 0) {
    failed += 1;
    console.error(`typecheck: ${project} has errors`);
  }
}
console.log(`typecheck: ${projects.length} environments, ${failed} with errors`);
process.exitCode = failed > 0 ? 1 : 0;
