// Requests to a hub: through the proxy the environment names, with redirects that are looked at, a stream that may not
// fall asleep, and a record of every one. Node's own client, because `fetch` hides redirects and proxies from us.
import {
  Agent as HttpAgent,
  type IncomingHttpHeaders,
  type IncomingMessage,
  request as plain,
} from 'node:http';
import { Agent as HttpsAgent, request as secure } from 'node:https';
import { type NetworkCall, SemblanceError } from '@semblance/contract';
import { proxyEnvironment, proxyRefused } from './proxy.ts';

export interface HttpOptions {
  /** Called once for every request, when it has ended. */
  record(call: NetworkCall): void;
  /** HTTP_PROXY, HTTPS_PROXY, NO_PROXY, in either case. */
  environment?: NodeJS.ProcessEnv;
  /** Certificate authorities that are trusted, in place of the usual ones: PEM. */
  ca?: string;
  /** A connection that brings less than `MIN_PROGRESS` bytes in such a time has stalled: milliseconds. */
  stallMs?: number;
}

interface Asked {
  purpose: NetworkCall['purpose'];
  /** For the record. */
  model: string;
  headers?: Record<string, string>;
  signal: AbortSignal;
}

export interface HttpAnswer {
  status: number;
  headers: IncomingHttpHeaders;
  /** After redirects, without what follows the `?`. */
  address: string;
  /** Must be read to its end, or left; either way the connection is given back. */
  body: AsyncGenerator<Uint8Array, void, void>;
  /** For a body that is not wanted. */
  discard(): void;
}

export interface Http {
  /** @throws Transient for what another attempt may mend; SemblanceError HUB_*; the signal's reason */
  get(url: string, asked: Asked): Promise<HttpAnswer>;
  close(): void;
}

/** Another attempt may work. */
export class Transient extends Error {
  /** What to say when it did not. */
  readonly final: SemblanceError;
  /** The hub asked for so much patience: milliseconds. */
  readonly waitMs: number | null;

  constructor(final: SemblanceError, waitMs: number | null = null) {
    super(final.message, { cause: final });
    this.final = final;
    this.waitMs = waitMs;
  }
}

const STALL_MS = 30_000;
const MIN_PROGRESS = 4096;
const MAX_REDIRECTS = 5;
/** Where Hugging Face keeps its files. Mirrors send people there as well. */
const HUB_HOSTS = ['huggingface.co', 'hf.co'];

export function createHttp(options: HttpOptions): Http {
  const { record, environment = process.env, stallMs = STALL_MS, ca } = options;
  let made: { 'http:': HttpAgent; 'https:': HttpsAgent } | undefined;

  /** When first needed: a proxy that cannot be used is in nobody's way before. @throws SemblanceError PROXY_REFUSED */
  function agents(): NonNullable<typeof made> {
    const settings = { keepAlive: true, maxSockets: 8, proxyEnv: proxyEnvironment(environment) };
    made ??= {
      'http:': new HttpAgent(settings),
      'https:': new HttpsAgent({ ...settings, ...(ca !== undefined && { ca }) }),
    };
    return made;
  }

  async function get(url: string, asked: Asked): Promise<HttpAnswer> {
    const first = new URL(url);
    let at = first;
    for (let hop = 0; hop <= MAX_REDIRECTS; hop += 1) {
      const answer = await once(at, asked);
      if (![301, 302, 303, 307, 308].includes(answer.status)) return answer;
      answer.discard();
      at = redirected(at, first, answer.headers.location);
    }
    throw new SemblanceError('HUB_FAILED', `${first.host} sends downloads round in a circle.`);
  }

  function once(at: URL, { purpose, model, headers, signal }: Asked): Promise<HttpAnswer> {
    signal.throwIfAborted();
    const agent = agents()[at.protocol === 'https:' ? 'https:' : 'http:'];
    const started = performance.now();
    const call: NetworkCall = {
      at: Date.now(),
      purpose,
      model,
      address: addressOf(at),
      status: null,
      bytes: 0,
      milliseconds: 0,
      problem: null,
    };
    let ended = false;
    const end = (problem: string | null): void => {
      if (ended) return;
      ended = true;
      record({ ...call, milliseconds: Math.round(performance.now() - started), problem });
    };
    return new Promise((resolve, reject) => {
      const send = at.protocol === 'https:' ? secure : plain;
      const request = send(at, {
        agent,
        headers: { 'user-agent': 'semblance', accept: '*/*', 'accept-encoding': 'identity', ...headers },
        signal,
      });
      const timer = setTimeout(() => request.destroy(new Error('no answer')), stallMs);
      request.once('response', (response) => {
        clearTimeout(timer);
        call.status = response.statusCode ?? 0;
        const count = (bytes: number): void => {
          call.bytes += bytes;
        };
        const body = read(response, stallMs, signal, at, count, end);
        resolve({
          status: call.status,
          headers: response.headers,
          address: call.address,
          body,
          discard() {
            end(null);
            response.destroy();
          },
        });
      });
      request.once('error', (error) => {
        clearTimeout(timer);
        end(signal.aborted ? 'stopped here' : error.message);
        reject(signal.aborted ? signal.reason : unreachable(at, error));
      });
      request.end();
    });
  }

  return {
    get,
    close() {
      made?.['http:'].destroy();
      made?.['https:'].destroy();
    },
  };
}

async function* read(
  response: IncomingMessage,
  stallMs: number,
  signal: AbortSignal,
  at: URL,
  count: (bytes: number) => void,
  end: (problem: string | null) => void,
): AsyncGenerator<Uint8Array, void, void> {
  let since = performance.now();
  let brought = 0;
  let timer: NodeJS.Timeout | undefined;
  let problem: string | null = 'stopped here';
  const pieces: AsyncIterator<Uint8Array> = response[Symbol.asyncIterator]();
  try {
    for (;;) {
      timer = setTimeout(() => response.destroy(new Error('stalled')), stallMs);
      const piece = await pieces.next();
      clearTimeout(timer);
      if (piece.done) break;
      count(piece.value.length);
      brought += piece.value.length;
      const now = performance.now();
      if (now - since > stallMs) {
        if (brought < MIN_PROGRESS) throw new Error('stalled');
        since = now;
        brought = 0;
      }
      yield piece.value;
    }
    problem = null;
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    problem = error instanceof Error ? error.message : String(error);
    throw unreachable(at, error);
  } finally {
    clearTimeout(timer);
    end(problem);
    response.destroy();
  }
}

/** @throws SemblanceError HUB_FAILED for a place that downloads may not come from */
function redirected(from: URL, first: URL, location: string | undefined): URL {
  const to = location === undefined || !URL.canParse(location, from.href) ? null : new URL(location, from);
  if (to === null) throw new SemblanceError('HUB_FAILED', `${from.host} sends downloads nowhere.`);
  const overHttp = to.protocol === 'https:' || (to.protocol === 'http:' && first.protocol === 'http:');
  const known = [first.hostname, ...HUB_HOSTS].some(
    (host) => to.hostname === host || to.hostname.endsWith(`.${host}`),
  );
  if (overHttp && known && to.username === '' && to.password === '') return to;
  throw new SemblanceError(
    'HUB_FAILED',
    `${from.host} sends this download to ${to.protocol}//${to.host}, which is not one of its own places.`,
  );
}

/** Trying again mends neither a certificate nor a proxy's mind. */
function unreachable(at: URL, cause: unknown): Transient | SemblanceError {
  const why = cause instanceof Error ? cause.message : String(cause);
  const { code, statusCode } = (cause ?? {}) as { code?: unknown; statusCode?: unknown };
  if (code === 'ERR_PROXY_TUNNEL' && typeof statusCode === 'number' && statusCode < 500)
    return proxyRefused(statusCode);
  const failure = new SemblanceError(
    'HUB_UNREACHABLE',
    `${at.host} cannot be reached, or went silent: ${why}.`,
    { cause },
  );
  return typeof code === 'string' && /CERT|ERR_TLS|UNABLE_TO_VERIFY/u.test(code)
    ? failure
    : new Transient(failure);
}

function addressOf(url: URL): string {
  return `${url.origin}${url.pathname}`;
}
