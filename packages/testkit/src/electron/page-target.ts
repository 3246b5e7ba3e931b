// One page of Chromium: its target, the session of the protocol with it, and the scripts that it starts with.
import { randomUUID } from 'node:crypto';
import type { Cdp, Facts } from './cdp.ts';
import { createFrames, type Frames, PRELOAD_WORLD, readFrames } from './frames.ts';
import { pageWorldSource, preloadSource } from './page/sources.ts';
import { createRendererLink, type RendererLink } from './renderer-link.ts';
import { createRequests, type Requests } from './requests.ts';
import { theChromium } from './state.ts';

export interface PageTarget {
  readonly cdp: Cdp;
  readonly session: string;
  readonly targetId: string;
  readonly requests: Requests;
  send<T = Facts>(method: string, params?: Facts): Promise<T>;
}

export interface PageParts {
  readonly frames: Frames;
  readonly link: RendererLink;
  readonly opened: Promise<PageTarget>;
}

/** @param receive gets every event of the page, after frames and requests have seen it */
export function openPage(
  preferences: Electron.WebPreferences,
  size: { width: number; height: number },
  contents: () => Electron.WebContents,
  receive: (method: string, params: Facts) => void,
): PageParts {
  const isolated = preferences.contextIsolation !== false;
  const secret = randomUUID();
  const binding = `double:${secret}`;
  const link = createRendererLink(binding, contents, () => opened);
  const frames = createFrames(isolated, link.send);
  const opened = open();

  async function open(): Promise<PageTarget> {
    const { cdp } = theChromium();
    const { targetId } = await cdp.send<{ targetId: string }>('Target.createTarget', {
      url: 'about:blank',
      newWindow: true,
      ...size,
    });
    const { sessionId: session } = await cdp.send<{ sessionId: string }>('Target.attachToTarget', {
      targetId,
      flatten: true,
    });
    const send = <T>(method: string, params?: Facts) => cdp.send<T>(method, params, session);
    const requests = createRequests(cdp, session, contents, frames);
    cdp.listen(session, (method, params) => {
      frames.receive(method, params);
      requests.receive(method, params);
      if (method === 'Runtime.bindingCalled' && params.name === binding) {
        const frame = frames.ofContext(params.executionContextId);
        if (frame !== null) void link.receive(frame, String(params.payload));
      }
      receive(method, params);
    });
    const world = isolated ? { executionContextName: PRELOAD_WORLD } : {};
    await Promise.all([
      send('Page.enable'),
      send('Runtime.enable'),
      send('Inspector.enable'),
      send('Fetch.enable', { patterns: [{ urlPattern: '*' }] }),
      send('Runtime.addBinding', { name: binding, ...world }),
      readFrames(cdp, session, frames),
    ]);
    if (preferences.preload !== undefined) await addScripts(send, preferences.preload);
    return { cdp, session, targetId, requests, send };
  }

  async function addScripts(send: PageTarget['send'], preload: string): Promise<void> {
    if (isolated) await send('Page.addScriptToEvaluateOnNewDocument', { source: pageWorldSource(secret) });
    const facts = {
      binding,
      inSubFrames: preferences.nodeIntegrationInSubFrames === true,
      contextIsolation: isolated,
      platform: process.platform,
    };
    await send('Page.addScriptToEvaluateOnNewDocument', {
      source: preloadSource(preload, secret, facts),
      ...(isolated && { worldName: PRELOAD_WORLD }),
    });
  }

  return { frames, link, opened };
}
