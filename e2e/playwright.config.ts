// Browser tests of the real thing: the real server with the real engine and model, in headless Chromium.
import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: 'specs',
  globalSetup: './global-setup.ts',
  // Out of the way, and gone with the installation: a passing run leaves nothing to look at.
  outputDir: '../node_modules/.cache/semblance-e2e',
  preserveOutput: 'failures-only',
  // Two cores: the engine under test needs one of them.
  workers: 1,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  forbidOnly: true,
  reporter: 'list',
  projects: [{ name: 'browser' }],
});
