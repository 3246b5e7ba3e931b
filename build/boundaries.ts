// Checks every import of the product's source against build/imports.ts. Exit code 1 with the list when one is wrong.
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { parseSync } from 'oxc-parser';
import { type ImportRule, RULES } from './imports.ts';

export interface Violation {
  file: string;
  imports: string;
  why: string;
}

interface Import {
  specifier: string;
  typeOnly: boolean;
}

/** @param files paths relative to the project, `/` separated, with their source */
export function findViolations(
  files: Iterable<{ file: string; source: string }>,
  rules = RULES,
): Violation[] {
  const violations: Violation[] = [];
  for (const { file, source } of files) {
    const rule = ruleFor(file, rules);
    if (rule === undefined) {
      violations.push({ file, imports: '', why: 'no rule covers this folder' });
      continue;
    }
    for (const found of importsOf(file, source)) {
      const why = judge(file, found, rule);
      if (why !== null) violations.push({ file, imports: found.specifier, why });
    }
  }
  return violations;
}

function judge(file: string, { specifier, typeOnly }: Import, rule: ImportRule): string | null {
  if (specifier.startsWith('.')) {
    const target = join(dirname(file), specifier).split(sep).join('/');
    return target.startsWith(`${rootOf(rule.folder)}/`)
      ? null
      : `relative import leaves ${rootOf(rule.folder)}`;
  }
  const allowed = typeOnly ? [...rule.may, ...(rule.mayTypes ?? [])] : rule.may;
  if (allowed.some((name) => matches(name, specifier))) return null;
  const asType = rule.mayTypes?.some((name) => matches(name, specifier));
  return asType ? `${rule.folder} may import its types only` : `${rule.folder} may not import it`;
}

/** Sub-rules of a package still share its files. */
function rootOf(folder: string): string {
  return folder.split('/').slice(0, 2).join('/');
}

function matches(allowed: string, specifier: string): boolean {
  return allowed.endsWith('*') ? specifier.startsWith(allowed.slice(0, -1)) : specifier === allowed;
}

function ruleFor(file: string, rules: readonly ImportRule[]): ImportRule | undefined {
  return rules
    .filter((rule) => file.startsWith(`${rule.folder}/`))
    .sort((a, b) => b.folder.length - a.folder.length)[0];
}

function importsOf(file: string, source: string): Import[] {
  const { module, errors } = parseSync(file, source);
  const broken = errors[0];
  if (broken !== undefined) throw new Error(`${file}: ${broken.message}`);
  const fixed = module.staticImports.map((i) => ({
    specifier: i.moduleRequest.value,
    typeOnly: i.entries.length > 0 && i.entries.every((entry) => entry.isType),
  }));
  const passedOn = module.staticExports.flatMap((e) =>
    e.entries.flatMap((entry) =>
      entry.moduleRequest === null ? [] : [{ specifier: entry.moduleRequest.value, typeOnly: entry.isType }],
    ),
  );
  const dynamic = module.dynamicImports.flatMap((i) => {
    const text = source.slice(i.moduleRequest.start, i.moduleRequest.end);
    const literal = /^['"`]([^'"`$]+)['"`]$/.exec(text)?.[1];
    return literal === undefined ? [] : [{ specifier: literal, typeOnly: false }];
  });
  return [...fixed, ...passedOn, ...dynamic];
}

export function* productFiles(root: string): Generator<{ file: string; source: string }> {
  for (const path of globSync('{packages,apps}/*/src/**/*.{ts,tsx}', { cwd: root })) {
    yield { file: path.split(sep).join('/'), source: readFileSync(join(root, path), 'utf8') };
  }
}

if (import.meta.main) {
  const root = dirname(import.meta.dirname);
  const files = [...productFiles(root)];
  const violations = findViolations(files);
  for (const { file, imports, why } of violations)
    console.error(`${relative('.', file)}: ${imports}: ${why}`);
  console.log(`boundaries: ${files.length} files, ${violations.length} violations`);
  process.exitCode = violations.length > 0 ? 1 : 0;
}
