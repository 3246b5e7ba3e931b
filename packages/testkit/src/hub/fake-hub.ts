// A Hugging Face hub on the loopback, as far as downloads use one: commits, trees with content hashes, files with ranges,
// redirects for large files; and every kind of trouble on demand.
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { type HubFault, type PlannedFault, takeFault } from './faults.ts';
import type { SelfSigned } from './self-signed.ts';

export interface FakeHub {
  /** `http://127.0.0.1:<port>`, or https */
  readonly url: string;
  readonly requests: HubRequest[];
  /** Publishes a repository, or another commit of it. @returns the commit */
  publish(repository: string, files: Readonly<Record<string, Uint8Array | string>>): string;
  /** Spoils the next requests whose path contains `on`. */
  spoil(on: string, fault: HubFault, times?: number): void;
  /** From now on so many bytes at a time, this often; 0 for no limit. */
  pace(bytes: number, everyMs: number): void;
  /** Rows of a page of the tree. */
  pageSize: number;
  close(): Promise<void>;
}

export interface HubRequest {
  method: string;
  /** With what follows the `?`. */
  path: string;
  range: string | null;
  status: number;
}

/** Larger files are in LFS: named by SHA-256, and served from elsewhere. */
const LFS_BYTES = 1000;

interface Commit {
  id: string;
  files: Map<string, Buffer>;
}

/** @param secure speaks TLS with this key and certificate */
export async function startFakeHub(secure?: SelfSigned): Promise<FakeHub> {
  const repositories = new Map<string, Commit[]>();
  const plan: PlannedFault[] = [];
  const limit = { bytes: 0, everyMs: 0 };
  const listener = (request: IncomingMessage, response: ServerResponse): void => {
    void answer(request, response).catch(() => response.destroy());
  };
  const server = secure === undefined ? createServer(listener) : createSecureServer(secure, listener);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const url = `${secure === undefined ? 'http' : 'https'}://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const hub: FakeHub = {
    url,
    requests: [],
    pageSize: 1000,
    publish(repository, files) {
      const content = Object.entries(files).map(([path, bytes]) => [path, Buffer.from(bytes)] as const);
      const hash = createHash('sha1').update(`${repositories.get(repository)?.length ?? 0}`);
      for (const [path, bytes] of content) hash.update(path).update(bytes);
      const commit = { id: hash.digest('hex'), files: new Map(content) };
      repositories.set(repository, [...(repositories.get(repository) ?? []), commit]);
      return commit.id;
    },
    spoil: (on, fault, times = 1) => void plan.push({ on, fault, times }),
    pace: (bytes, everyMs) => void Object.assign(limit, { bytes, everyMs }),
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
  return hub;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const target = new URL(request.url ?? '/', url);
    const range = request.headers.range ?? null;
    response.once('close', () => {
      const { method = '' } = request;
      const path = target.pathname + target.search;
      hub.requests.push({ method, path, range, status: response.statusCode });
    });
    const fault = takeFault(plan, target.pathname);
    if (fault?.kind === 'status') {
      const headers = fault.retryAfter === undefined ? {} : { 'retry-after': fault.retryAfter };
      return void response.writeHead(fault.status, headers).end('{"error":"trouble"}');
    }
    if (fault?.kind === 'redirect') return void response.writeHead(302, { location: fault.to }).end();
    const api = /^\/api\/models\/([^/]+\/[^/]+)\/(revision|tree)\/(.+)$/u.exec(target.pathname);
    if (api !== null) {
      const [, repository = '', what, revision = ''] = api;
      const commit = find(repository, revision);
      if (commit === null) return void response.writeHead(404).end('{"error":"Repository not found"}');
      if (fault?.kind === 'nonsense') return void response.end('<html>Please sign in to the Wi-Fi.</html>');
      return what === 'revision'
        ? sendJson(response, { sha: commit.id })
        : sendTree(response, target, commit);
    }
    const file = /^\/(cdn\/)?([^/]+\/[^/]+)\/resolve\/([^/]+)\/(.+)$/u.exec(target.pathname);
    const [, cdn, repository = '', revision = '', path = ''] = file ?? [];
    const bytes = find(repository, revision)?.files.get(decodeURIComponent(path));
    if (bytes === undefined) return void response.writeHead(404).end('Entry not found');
    if (bytes.length > LFS_BYTES && cdn === undefined) {
      // Signed, as the real one is: what follows the ? is a secret.
      const location = `${url}/cdn${target.pathname}?X-Amz-Signature=secret`;
      // The trouble is for the bytes, and not for the way to them.
      if (fault !== null) plan.unshift({ on: `/cdn${target.pathname}`, fault, times: 1 });
      return void response.writeHead(302, { location }).end();
    }
    await sendFile(request, response, bytes, fault);
  }

  function find(repository: string, revision: string): Commit | null {
    const commits = repositories.get(repository) ?? [];
    return (revision === 'main' ? commits.at(-1) : commits.find(({ id }) => id.startsWith(revision))) ?? null;
  }

  function sendTree(response: ServerResponse, target: URL, { files }: Commit): void {
    const rows = [...files].map(([path, bytes]) => treeRow(path, bytes));
    const from = Number(target.searchParams.get('cursor') ?? 0);
    const end = from + hub.pageSize;
    const next = new URL(target);
    next.searchParams.set('cursor', String(end));
    sendJson(
      response,
      rows.slice(from, end),
      end < rows.length ? { link: `<${next.href}>; rel="next"` } : {},
    );
  }

  async function sendFile(
    request: IncomingMessage,
    response: ServerResponse,
    bytes: Buffer,
    fault: HubFault | null,
  ): Promise<void> {
    const etag = `"${sha256(bytes)}${fault?.kind === 'other-etag' ? '-2' : ''}"`;
    const asked = /^bytes=(\d+)-$/u.exec(request.headers.range ?? '');
    const same = request.headers['if-range'] === undefined || request.headers['if-range'] === etag;
    const begins = asked !== null && same && fault?.kind !== 'ignore-range' ? Number(asked[1]) : 0;
    if (begins > bytes.length) return void response.writeHead(416).end();
    const from = fault?.kind === 'wrong-range' ? Math.max(0, begins - 7) : begins;
    let body = Buffer.from(bytes.subarray(from));
    if (fault?.kind === 'short') body = body.subarray(0, body.length - fault.by);
    if (fault?.kind === 'long') body = Buffer.concat([body, Buffer.alloc(fault.by, 7)]);
    if (fault?.kind === 'corrupt') body[body.length >> 1] = ~(body[body.length >> 1] ?? 0) & 255;
    response.writeHead(begins > 0 ? 206 : 200, {
      'content-length': body.length,
      etag,
      ...(begins > 0 && { 'content-range': `bytes ${from}-${bytes.length - 1}/${bytes.length}` }),
    });
    if (fault?.kind === 'drop' || fault?.kind === 'stall') {
      await new Promise<void>((done) => response.write(body.subarray(0, fault.after), () => done()));
      // Later, so that a reader has most of it: Node gives up what is not yet read when a connection breaks.
      if (fault.kind === 'drop') setTimeout(() => response.destroy(), 150);
      return;
    }
    await paced(response, body);
    response.end();
  }

  async function paced(response: ServerResponse, body: Buffer): Promise<void> {
    for (let at = 0; at < body.length && !response.destroyed; ) {
      const step = limit.bytes || body.length;
      response.write(body.subarray(at, at + step));
      at += step;
      if (limit.bytes > 0) await new Promise((done) => setTimeout(done, limit.everyMs));
    }
  }
}

function treeRow(path: string, bytes: Buffer): object {
  const oid = createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
  const lfs = { oid: sha256(bytes), size: bytes.length, pointerSize: 134 };
  return { type: 'file', path, size: bytes.length, oid, ...(bytes.length > LFS_BYTES && { lfs }) };
}

function sendJson(response: ServerResponse, value: unknown, headers: Record<string, string> = {}): void {
  response.writeHead(200, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(value));
}

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
