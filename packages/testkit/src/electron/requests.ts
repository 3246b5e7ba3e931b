// Every request of a page passes here: navigation is asked about, the app's filter and handlers answer, and nothing
// but loopback ever reaches a network.
import { fromChromium, isLoopback, originOf } from './addresses.ts';
import type { Cdp, Facts } from './cdp.ts';
import type { Frames } from './frames.ts';
import { preventable } from './model.ts';
import { answerOf } from './modules/protocol.ts';
import { mayGoOut } from './modules/session.ts';

interface Paused {
  requestId: string;
  request: { url: string; method: string; headers: Record<string, string>; postData?: string };
  frameId: string;
  resourceType: string;
  redirectedRequestId?: string;
}

export interface Requests {
  receive(method: string, params: Facts): void;
  /** The next navigation to this address is main's own: no page is asked about it. */
  expect(address: string): void;
}

const TYPES: Readonly<Record<string, Electron.OnBeforeRequestListenerDetails['resourceType']>> = {
  Stylesheet: 'stylesheet',
  Script: 'script',
  Image: 'image',
  Font: 'font',
  XHR: 'xhr',
  Fetch: 'xhr',
  Media: 'media',
  Ping: 'ping',
  WebSocket: 'webSocket',
};

export function createRequests(
  cdp: Cdp,
  session: string,
  contents: () => Electron.WebContents,
  frames: Frames,
): Requests {
  let expected: string | null = null;
  let lastId = 0;

  async function decide(paused: Paused): Promise<void> {
    const url = fromChromium(paused.request.url);
    const isMainFrame = frames.get(paused.frameId)?.parent === null;
    if (paused.resourceType === 'Document') {
      const isOurs = expected === url && isMainFrame && paused.redirectedRequestId === undefined;
      if (isOurs) expected = null;
      else if (!mayGo(paused, url, isMainFrame)) return fail(paused, 'Aborted');
    }
    lastId += 1;
    const details = {
      id: lastId,
      url,
      method: paused.request.method,
      webContentsId: contents().id,
      webContents: contents(),
      resourceType: typeOf(paused.resourceType, isMainFrame),
      referrer: '',
      timestamp: Date.now(),
      uploadData: [],
    } satisfies Electron.OnBeforeRequestListenerDetails;
    if (!(await mayGoOut(details))) return fail(paused, 'BlockedByClient');
    const response = await answerOf(askedBy(paused, url));
    if (response !== undefined) return fulfill(paused, response);
    if (isLoopback(url)) await cdp.send('Fetch.continueRequest', { requestId: paused.requestId }, session);
    else await fail(paused, 'InternetDisconnected');
  }

  /** Emits what Electron emits before a page goes somewhere. */
  function mayGo(paused: Paused, url: string, isMainFrame: boolean): boolean {
    const frame = frames.get(paused.frameId)?.shown ?? null;
    const events =
      paused.redirectedRequestId === undefined
        ? ['will-frame-navigate', ...(isMainFrame ? ['will-navigate'] : [])]
        : ['will-redirect'];
    return events.every((name) => {
      const event = preventable({ url, isMainFrame, isSameDocument: false, frame, initiator: frame });
      contents().emit(name, event, url);
      return !event.defaultPrevented;
    });
  }

  function askedBy({ request, frameId, resourceType }: Paused, url: string) {
    const frame = frames.get(frameId);
    const isMainDocument = resourceType === 'Document' && frame?.parent === null;
    return {
      url,
      method: request.method,
      headers: request.headers,
      ...(request.postData !== undefined && { body: request.postData }),
      ...(!isMainDocument && frame !== null && { initiatorOrigin: originOf(frame.url) }),
    };
  }

  async function fulfill({ requestId, request }: Paused, response: Response): Promise<void> {
    const body = response.body === null || request.method === 'HEAD' ? null : await response.arrayBuffer();
    const responseHeaders = [...response.headers].map(([name, value]) => ({ name, value }));
    await cdp.send(
      'Fetch.fulfillRequest',
      {
        requestId,
        responseCode: response.status,
        responseHeaders,
        ...(body !== null && { body: Buffer.from(body).toString('base64') }),
      },
      session,
    );
  }

  async function fail({ requestId }: Paused, errorReason: string): Promise<void> {
    await cdp.send('Fetch.failRequest', { requestId, errorReason }, session);
  }

  return {
    expect(address) {
      expected = address;
    },
    receive(method, params) {
      if (method !== 'Fetch.requestPaused') return;
      const paused = params as unknown as Paused;
      decide(paused).catch(async (error: Error) => {
        // The page may have gone away meanwhile; a handler that threw is a failed request, as in Electron.
        if (!/Invalid InterceptionId|has ended|not found/i.test(error.message))
          console.error('double:', error);
        await fail(paused, 'Failed').catch(() => undefined);
      });
    },
  };
}

function typeOf(
  chromiums: string,
  isMainFrame: boolean,
): Electron.OnBeforeRequestListenerDetails['resourceType'] {
  if (chromiums === 'Document') return isMainFrame ? 'mainFrame' : 'subFrame';
  return TYPES[chromiums] ?? 'other';
}
