// Browser tests of the real thing: the real server with the real engine and model, in headless Chromium.
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: 'specs',
  globalSetup: './global-setup.ts',
  outputDir: process.env.CI ? join(tmpdir(), `semblance-e2e-${process.pid}`) : '../test-results',
  preserveOutput: 'failures-only',
  // Two cores: the engine under test needs one of them.
  workers: 1,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  forbidOnly: true,
  reporter: 'list',
  projects: [{ name: 'browser' }],
});
