// How the photo grid behaves on 1,000 to 100,000 photos: first picture, frames while scrolling in three ways, nodes,
// memory. Run it on a machine that does nothing else.
import { cpus } from 'node:os';
import { type Browser, chromium, type Page } from '@playwright/test';
import { launchOptions, provideChromium } from '../../chromium.ts';
import type { BenchResult } from '../main.ts';
import { serveSite } from './site.ts';

interface Ways {
  wheel: number;
  keyboard: number;
  scrubber: number;
}

interface Measure {
  photos: number;
  /** From the start of the navigation to the first thumbnail that is shown, milliseconds. */
  firstPictureMs: number;
  /** 95th percentile of the time from one frame to the next, milliseconds. */
  p95FrameMs: Ways;
  /**
   * Processor time of the window's main thread for each frame, milliseconds: what the grid itself costs. Unlike the
   * time between frames it hardly depends on what else the machine does.
   */
  mainThreadMs: Ways;
  /** Most elements in the grid at any time. */
  domNodes: number;
  /** JavaScript heap after a collection, when all photos are loaded. */
  heapMB: number;
}

const SIZES = [1000, 10_000, 100_000];
const TRIES = 3;

export async function bench(args: string[]): Promise<BenchResult> {
  const sizes = args.length > 0 ? args.map(Number) : SIZES;
  const takeAway = await provideChromium();
  const site = await serveSite();
  const browser = await chromium.launch(launchOptions());
  try {
    const results: Measure[] = [];
    for (const photos of sizes) results.push(await measure(browser, site.url, photos));
    return { json: { cpus: cpus().length, results }, report: table(results) };
  } finally {
    await browser.close();
    await site.close();
    takeAway();
  }
}

async function measure(browser: Browser, url: string, photos: number): Promise<Measure> {
  const firsts: number[] = [];
  for (let i = 0; i < TRIES; i++) {
    const page = await open(browser, url, photos);
    firsts.push(await page.evaluate(() => window.benchFirst ?? Number.NaN));
    await page.context().close();
  }
  const page = await open(browser, url, photos);
  // Until all pages of the timeline are in.
  await page.waitForTimeout(2500);
  const keyboard = await frames(page, async () => {
    await page.getByTestId('photo-tile').first().focus();
    for (let i = 0; i < 60; i++) await page.keyboard.press(i % 10 === 9 ? 'PageDown' : 'ArrowDown');
  });
  const wheel = await frames(page, async () => {
    await page.mouse.move(700, 500);
    for (let i = 0; i < 60; i++) await page.mouse.wheel(0, 240);
  });
  const scrubber = await frames(page, async () => {
    const box = await page.getByTestId('scrubber').boundingBox();
    if (box === null) return;
    await page.mouse.move(box.x + 30, box.y + 40);
    await page.mouse.down();
    for (let i = 0; i <= 60; i++)
      await page.mouse.move(box.x + 30, box.y + 40 + ((box.height - 80) * i) / 60);
    await page.mouse.up();
  });
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  const domNodes = await page.evaluate(() => window.benchNodes ?? Number.NaN);
  await page.context().close();
  return {
    photos,
    firstPictureMs: Math.round(middle(firsts)),
    p95FrameMs: { wheel: wheel.p95, keyboard: keyboard.p95, scrubber: scrubber.p95 },
    mainThreadMs: { wheel: wheel.busy, keyboard: keyboard.busy, scrubber: scrubber.busy },
    domNodes,
    heapMB: Math.round(usedSize / 1e5) / 10,
  };
}

declare global {
  interface Window {
    benchFirst?: number;
    benchNodes?: number;
    benchFrames?: number[];
  }
}

async function open(browser: Browser, url: string, photos: number): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await page.addInitScript(() => {
    const look = () => {
      const first = document.querySelector<HTMLImageElement>('[data-testid="photo-tile"] img');
      if (first?.complete && first.naturalWidth > 0) window.benchFirst = performance.now();
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
  await page.goto(`${url}?state=library&count=${photos}`);
  await page.waitForFunction(() => window.benchFirst !== undefined, undefined, { timeout: 60_000 });
  return page;
}

/** Does it while every frame is timed. Milliseconds, one decimal. */
async function frames(page: Page, work: () => Promise<void>): Promise<{ p95: number; busy: number }> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const busySeconds = async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return metrics.find((metric) => metric.name === 'TaskDuration')?.value ?? Number.NaN;
  };
  const before = await busySeconds();
  await page.evaluate(() => {
    const times: number[] = [];
    window.benchFrames = times;
    const grid = document.querySelector('[data-testid="photo-grid"]');
    let before = performance.now();
    const tick = (now: number) => {
      if (window.benchFrames !== times) return;
      times.push(now - before);
      before = now;
      const nodes = grid?.querySelectorAll('*').length ?? 0;
      window.benchNodes = Math.max(window.benchNodes ?? 0, nodes);
      requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
  });
  await work();
  const times = await page.evaluate(() => {
    const done = window.benchFrames ?? [];
    delete window.benchFrames;
    return done;
  });
  const busy = ((await busySeconds()) - before) * 1000;
  await session.detach();
  const sorted = times.slice(1).sort((a, b) => a - b);
  return {
    p95: tenths(sorted[Math.floor(sorted.length * 0.95)] ?? Number.NaN),
    busy: tenths(busy / Math.max(1, times.length)),
  };
}

function tenths(value: number): number {
  return Math.round(value * 10) / 10;
}

function middle(values: number[]): number {
  return values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function table(results: Measure[]): string {
  const ways = ({ wheel, keyboard, scrubber }: Ways) => `${wheel} / ${keyboard} / ${scrubber}`;
  const rows = results.map((result) =>
    [
      result.photos.toLocaleString('en'),
      result.firstPictureMs,
      ways(result.p95FrameMs),
      ways(result.mainThreadMs),
      result.domNodes,
      result.heapMB,
    ].join(' | '),
  );
  return [
    '| photos | first picture, ms | p95 frame, ms: wheel / keys / scrubber | main thread, ms a frame | nodes | heap, MB |',
    '|---|---|---|---|---|---|',
    ...rows.map((row) => `| ${row} |`),
  ].join('\n');
}
