// Unit and integration tests of every package. Browser tests are Playwright's (e2e/).
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['packages/*/test/**/*.test.ts', 'apps/*/test/**/*.test.{ts,tsx}', 'build/test/**/*.test.ts'],
    testTimeout: 30_000,
    // Waits for what a busy machine does in its own time; a second is not enough for a folder of 200 files.
    expect: { poll: { timeout: 15_000 } },
    pool: 'forks',
    // For tests that open sessions of their own; the product sets it itself (packages/clip/test/telemetry.test.ts).
    env: { ORT_DISABLE_TELEMETRY: '1' },
  },
});
