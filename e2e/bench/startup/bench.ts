// How long it takes from starting to the photos, on a library of 100,000: the bundled engine in a process of its own,
// and the window in the browser host. Electron's own share is not in it.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { type Browser, chromium } from '@playwright/test';
import { readModelFolder } from '@semblance/clip';
import { buildUiWhenStale } from '../../../build/ui.ts';
import { launchOptions, provideChromium } from '../../chromium.ts';
import type { BenchResult } from '../main.ts';
import type { EngineStart } from './engine.ts';
import { makeLargeLibrary } from './large-library.ts';
import { type StartFigures, startReport, type WindowStart } from './report.ts';

const ROOT = join(import.meta.dirname, '../../..');
const RUNS = 5;

export async function bench(args: string[]): Promise<BenchResult> {
  const { values } = parseArgs({
    args,
    options: { photos: { type: 'string', default: '100000' }, runs: { type: 'string', default: `${RUNS}` } },
  });
  const photos = Number(values.photos);
  build();
  const folder = await mkdtemp(join(tmpdir(), 'semblance-bench-'));
  const takeAway = await provideChromium();
  const browser = await chromium.launch(launchOptions());
  try {
    const library = join(folder, 'library');
    const model = await readModelFolder(join(ROOT, 'assets/models/starter'));
    console.error(`${photos} photos: making them`);
    await makeLargeLibrary(library, model.key, model.dimensions, photos);
    // The first one after making it finds a cold catalog; it is not counted.
    startEngine(library);
    const figures: StartFigures = {
      cores: availableParallelism(),
      load: Math.round(loadavg()[0] ?? 0),
      photos,
      engine: [],
      window: [],
    };
    for (let run = 0; run < Number(values.runs); run++) {
      console.error(`run ${run + 1}`);
      figures.engine.push(startEngine(library));
      figures.window.push(await openWindow(browser, library));
    }
    return { json: figures, report: startReport(figures) };
  } finally {
    await browser.close();
    takeAway();
    await rm(folder, { recursive: true, force: true });
  }
}

/** What is measured is what is shipped. */
function build(): void {
  const { status } = spawnSync(
    process.execPath,
    [join(ROOT, 'node_modules/electron-vite/bin/electron-vite.js'), 'build'],
    {
      cwd: join(ROOT, 'apps/desktop'),
      stdio: ['ignore', 2, 2],
    },
  );
  if (status !== 0 || !buildUiWhenStale()) throw new Error('The programs could not be built.');
}

function startEngine(library: string): EngineStart {
  const { status, stdout } = spawnSync(process.execPath, [join(import.meta.dirname, 'engine.ts'), library], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (status !== 0) throw new Error(`The engine ended with ${status}.`);
  return JSON.parse(stdout);
}

async function openWindow(browser: Browser, library: string): Promise<WindowStart> {
  const started = performance.now();
  const command = join(ROOT, 'apps/cli/bin/semblance.mjs');
  const server = spawn(
    process.execPath,
    [command, 'serve', '--library', library, '--port', '0', '--no-open', '--json'],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  try {
    const [line] = (await once(createInterface({ input: server.stdout }), 'line')) as [string];
    const listeningMs = performance.now() - started;
    const page = await context.newPage();
    const session = await page.context().newCDPSession(page);
    await session.send('Performance.enable', { timeDomain: 'threadTicks' });
    await page.goto(JSON.parse(line).url, { waitUntil: 'commit' });
    const [photosMs, pictureMs] = await page.evaluate(watch);
    const { metrics } = await session.send('Performance.getMetrics');
    const busy = metrics.find((metric) => metric.name === 'TaskDuration')?.value ?? Number.NaN;
    return { listeningMs, photosMs, pictureMs, mainThreadMs: busy * 1000 };
  } finally {
    await context.close();
    const gone = once(server, 'exit');
    server.kill('SIGTERM');
    await gone;
  }
}

/** In the page: when photos can be clicked and a search typed, and when the first picture is there. From navigation. */
function watch(): Promise<[photos: number, picture: number]> {
  return new Promise((resolve) => {
    let photos: number | null = null;
    const look = () => {
      const tile = document.querySelector('[data-testid="photo-tile"]');
      const box = document.querySelector<HTMLInputElement>('input[type="search"], [role="searchbox"]');
      if (photos === null && tile !== null && box !== null && !box.disabled) photos = performance.now();
      const image = tile?.querySelector('img');
      if (photos !== null && image?.complete && image.naturalWidth > 0) resolve([photos, performance.now()]);
      else requestAnimationFrame(look);
    };
    look();
  });
}
