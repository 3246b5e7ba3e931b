// What opening a model leaves behind and tells others: nothing. onnxruntime would (DECISIONS 83).
import { execFile } from 'node:child_process';
import { globSync } from 'node:fs';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { tempDir } from '@semblance/testkit';
import { expect, it } from 'vitest';
import { STARTER } from './starter.ts';

const project = fileURLToPath(new URL('../../..', import.meta.url));
const run = promisify(execFile);

it('leaves no identifier, no queue of events and no log of the runtime', async () => {
  const home = await tempDir('semblance-silent-');
  const places = { HOME: home, XDG_CACHE_HOME: join(home, 'cache'), TMPDIR: join(home, 'temp') };
  for (const folder of [places.XDG_CACHE_HOME, places.TMPDIR]) await mkdir(folder);
  // A person's machine: not one of continuous integration, where the runtime keeps quiet by itself.
  const env = { PATH: process.env.PATH, ...places, https_proxy: 'http://127.0.0.1:9' };
  const open = `
    const { onnxRuntime } = await import(${JSON.stringify(new URL('../src/runtime.ts', import.meta.url).href)});
    const graph = await onnxRuntime.open(${JSON.stringify(join(STARTER, 'onnx/vision_model.onnx'))}, { provider: 'cpu', threads: 1 });
    console.log(graph.outputs[0].name);
    await graph.release();`;
  const { stdout, stderr } = await run(process.execPath, ['--input-type=module', '-e', open], { env });
  expect([stdout.trim(), stderr]).toEqual(['image_embeds', '']);
  const left = await readdir(home, { recursive: true });
  expect(left.sort()).toEqual(['cache', 'temp']);
});

it('opens sessions in one file only, the one that says so', async () => {
  const sources = globSync('{packages,apps}/*/src/**/*.{ts,tsx}', { cwd: project });
  expect(sources.length).toBeGreaterThan(500);
  const opening: string[] = [];
  for (const file of sources) {
    const loads = /(?:^(?:import|export)(?! type\b)[^;]*?|\bimport\(|\brequire\()\s*'onnxruntime-node'/gm;
    const found = (await readFile(join(project, file), 'utf8')).match(loads) ?? [];
    // A tensor is a value of JavaScript; it does not start the runtime.
    if (found.some((one) => !/^(import|export) \{ Tensor \} from/.test(one))) opening.push(file);
  }
  expect(opening).toEqual([join('packages', 'clip', 'src', 'runtime.ts')]);
});
