// protocol and net: custom schemes, answered by the app's own handlers.
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { schemeOf } from '../addresses.ts';
import { part } from '../model.ts';
import { needsNotReady, needsReady } from '../state.ts';

type Handler = Parameters<Electron.Protocol['handle']>[1];

const handlers = new Map<string, Handler>();
const standard = new Set<string>();
let privileged = false;

export const protocol = part<Electron.Protocol>('protocol', {
  registerSchemesAsPrivileged(schemes) {
    needsNotReady('protocol.registerSchemesAsPrivileged');
    if (privileged) throw new Error('protocol.registerSchemesAsPrivileged may be called once');
    privileged = true;
    for (const { scheme, privileges } of schemes) if (privileges?.standard) standard.add(scheme);
  },
  handle(scheme, handler) {
    needsReady('protocol.handle');
    if (handlers.has(scheme)) throw new Error(`Failed to register protocol: ${scheme}`);
    handlers.set(scheme, handler);
  },
  unhandle: (scheme) => void handlers.delete(scheme),
  isProtocolHandled: (scheme) => handlers.has(scheme),
});

/** Schemes with a host, an origin and a place to keep things; the others have none. */
export function standardSchemes(): ReadonlySet<string> {
  return standard;
}

export interface Asked {
  url: string;
  method: string;
  headers: Record<string, string>;
  body?: string;
  /** Of the frame that asks; left out for what the browser itself started. */
  initiatorOrigin?: string | null;
}

/** What the app answers to a request; undefined when no handler has the scheme. */
export async function answerOf(asked: Asked): Promise<Response | undefined> {
  const handler = handlers.get(schemeOf(asked.url));
  if (handler === undefined) return undefined;
  const { url, method, headers, body, initiatorOrigin } = asked;
  const request = new Request(url, { method, headers, ...(body !== undefined && { body }) });
  // `Request` gives back a normalised address, and Electron hands over Chromium's own.
  Object.defineProperty(request, 'url', { value: url });
  if (initiatorOrigin !== undefined)
    Object.defineProperty(request, 'initiatorOrigin', { value: initiatorOrigin });
  return handler(request as Parameters<Handler>[0]);
}

export const net = part<typeof Electron.net>('net', {
  isOnline: () => false,
  async fetch(input, init) {
    const url = typeof input === 'string' ? input : input.url;
    if (schemeOf(url) === 'file') return new Response(new Uint8Array(await readFile(fileURLToPath(url))));
    const method = init?.method ?? 'GET';
    const response = await answerOf({ url, method, headers: {} });
    if (response === undefined) throw new Error('net::ERR_INTERNET_DISCONNECTED');
    return response;
  },
});
