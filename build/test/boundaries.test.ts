import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findViolations, productFiles } from '../boundaries.ts';

const root = dirname(dirname(import.meta.dirname));

describe('import boundaries', () => {
  it('hold in the product as it is', () => {
    const files = [...productFiles(root)];
    expect(files.length).toBeGreaterThan(50);
    expect(findViolations(files)).toEqual([]);
  });

  it.each([
    ['packages/core/src/a.ts', "import { readFile } from 'node:fs';", 'may not import'],
    ['packages/engine/src/a.ts', "import { app } from 'electron';", 'may not import'],
    ['packages/engine/src/a.ts', "import { createServer } from '@hono/node-server';", 'may not import'],
    ['packages/engine/src/a.ts', "import { ingest } from '@semblance/compute';", 'types only'],
    ['apps/ui/src/a.tsx', "import fs from 'node:fs';", 'may not import'],
    ['apps/ui/src/a.tsx', "export { openEngine } from '@semblance/engine';", 'may not import'],
    ['apps/ui/src/a.tsx', "const engine = await import('@semblance/engine');", 'may not import'],
    ['apps/desktop/src/main/a.ts', "import { openEngine } from '@semblance/engine';", 'may not import'],
    [
      'packages/scan/src/a.ts',
      "import { decode } from '../../compute/src/decode.ts';",
      'leaves packages/scan',
    ],
    ['packages/clip/src/a.ts', "import sharp from 'sharp';", 'may not import'],
    ['packages/unheard/src/a.ts', "import 'zod';", 'no rule'],
  ])('refuse %s: %s', (file, source, why) => {
    const violations = findViolations([{ file, source }]);
    expect(violations).toHaveLength(1);
    expect(violations[0]?.why).toContain(why);
  });

  it.each([
    ['packages/engine/src/a.ts', "import type { ComputeFunctions } from '@semblance/compute';"],
    ['packages/engine/src/a.ts', "import { type ComputeRole, type IngestResult } from '@semblance/compute';"],
    ['apps/desktop/src/engine/main.ts', "import { openEngine } from '@semblance/engine';"],
    ['packages/scan/src/deep/a.ts', "import { walk } from '../walk.ts';"],
  ])('allow %s: %s', (file, source) => {
    expect(findViolations([{ file, source }])).toEqual([]);
  });
});
