// The same specs on three hosts. `browser`: the real server. `double`: the desktop app as built, under the double of
// Electron (packages/testkit/src/electron). `electron`: the desktop app in Electron, where its binary is.
import { defineConfig } from '@playwright/test';
import { electronBinary } from './desktop.ts';
import type { HostKind } from './host.ts';

/** What the server alone has (its guards), and the window on its fake engine, which no program hosts: README.md. */
const BROWSER_ONLY = /\/(accessibility|model-switch|native|security|states|turkish)\.spec/;
const DESKTOP_ONLY = /\/desktop[\w-]*\.spec/;

/** `npm test` runs the main journeys under the double; with SEMBLANCE_E2E_ALL it is every spec that a desktop app can. */
const journeys = process.env.SEMBLANCE_E2E_ALL === undefined ? /\/(main-job|desktop[\w-]*)\.spec/ : /\.spec/;

export default defineConfig<object, { hostKind: HostKind }>({
  testDir: 'specs',
  globalSetup: './global-setup.ts',
  // Out of the way, and gone with the installation: a passing run leaves nothing to look at.
  outputDir: '../node_modules/.cache/semblance-e2e',
  preserveOutput: 'failures-only',
  // Two cores: the engine under test needs one of them.
  workers: 1,
  // Nobody measures here: on a machine with much else to do an engine, or the first photos, may take a minute.
  timeout: 240_000,
  expect: { timeout: 60_000 },
  forbidOnly: true,
  reporter: 'list',
  projects: [
    { name: 'browser', use: { hostKind: 'browser' }, testIgnore: [DESKTOP_ONLY, /electron-binary/] },
    {
      name: 'double',
      use: { hostKind: 'double' },
      testMatch: journeys,
      testIgnore: [BROWSER_ONLY, /electron-binary/],
    },
    {
      name: 'electron',
      use: { hostKind: 'electron' },
      testMatch: electronBinary() === null ? /electron-binary/ : /\.spec/,
      testIgnore: BROWSER_ONLY,
    },
  ],
});
