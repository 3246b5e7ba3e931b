import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = dirname(dirname(import.meta.dirname));

interface Package {
  resolved?: string;
  link?: boolean;
  optionalDependencies?: Record<string, string>;
}

const lock: { packages: Record<string, Package> } = JSON.parse(
  readFileSync(join(root, 'package-lock.json'), 'utf8'),
);
const paths = Object.keys(lock.packages);

describe('package-lock.json', () => {
  it('has the packages of every platform (`npm run lock` makes it so)', () => {
    const missing = Object.values(lock.packages)
      .flatMap((entry) => Object.keys(entry.optionalDependencies ?? {}))
      .filter(
        (name) =>
          !paths.some((path) => path === `node_modules/${name}` || path.endsWith(`/node_modules/${name}`)),
      );
    expect(missing).toEqual([]);
  });

  it('names no registry', () => {
    const remote = Object.values(lock.packages).filter(
      (entry) => entry.resolved !== undefined && entry.link !== true,
    );
    expect(remote).toEqual([]);
  });
});

it('every dependency is pinned to one version', () => {
  for (const file of ['package.json', ...globSync('{packages,apps}/*/package.json', { cwd: root })]) {
    const json = JSON.parse(readFileSync(join(root, file), 'utf8'));
    const versions = Object.entries({ ...json.dependencies, ...json.devDependencies });
    for (const [name, version] of versions) expect(version, `${name} in ${file}`).toMatch(/^\d+\.\d+\.\d+$/);
  }
});
