// Unit and integration tests of every package. Browser tests are Playwright's (e2e/).
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['packages/*/test/**/*.test.ts', 'apps/*/test/**/*.test.{ts,tsx}', 'build/test/**/*.test.ts'],
    testTimeout: 30_000,
    pool: 'forks',
  },
});
