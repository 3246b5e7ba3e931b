// Says whether the project `electron` can run at all.
import { electronBinary } from '../desktop.ts';
import { expect, test } from '../test.ts';

test('Electron itself is here (its binary comes from GitHub releases, not from the registry)', async () => {
  const binary = electronBinary();
  test.skip(binary === null, 'No binary in node_modules/electron/dist: nothing was run in Electron.');
  expect(binary).toMatch(/electron/i);
});
