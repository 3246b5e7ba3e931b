// What a Hugging Face hub, or a mirror of one, says about a repository: its commit, its files, their content hashes.
// https://huggingface.co/docs/hub/api: `/api/models/<repository>/revision/<revision>` and `.../tree/<revision>`.
import { SemblanceError } from '@semblance/contract';
import { type Http, type HttpAnswer, Transient } from './http.ts';
import { patiently } from './patience.ts';
import { proxyRefused } from './proxy.ts';

/** Large files are in LFS, which names them by SHA-256; small ones are git blobs, named by SHA-1. */
export interface ContentHash {
  kind: 'sha256' | 'git';
  hex: string;
}

export interface HubFile {
  /** As the hub spells it: not yet safe to join. */
  path: string;
  bytes: number;
  hash: ContentHash;
}

export interface Hub {
  /** The full commit a branch, tag or short commit stands for now. */
  commit(repository: string, revision: string, signal: AbortSignal): Promise<string>;
  /** @throws SemblanceError HUB_* */
  files(repository: string, commit: string, signal: AbortSignal): Promise<HubFile[]>;
  fileUrl(repository: string, commit: string, path: string): string;
}

const MAX_JSON_BYTES = 16_000_000;
const MAX_PAGES = 50;
const MAX_FILE_BYTES = 1e12;

/** @param base as in the settings: with or without a slash at its end */
export function createHub(base: string, http: Http, waits?: readonly number[]): Hub {
  const root = base.replace(/\/+$/u, '');

  async function json(url: string, model: string, signal: AbortSignal): Promise<[unknown, HttpAnswer]> {
    return patiently(
      async () => {
        const answer = await http.get(url, {
          purpose: 'facts',
          model,
          headers: { accept: 'application/json' },
          signal,
        });
        refuseUnlessFine(answer, model);
        return [await parseBody(answer), answer];
      },
      { signal, ...(waits && { waits }) },
    );
  }

  return {
    async commit(repository, revision, signal) {
      const url = `${root}/api/models/${repository}/revision/${encodeURIComponent(revision)}`;
      const [facts] = await json(url, repository, signal);
      const sha = isRecord(facts) ? facts.sha : null;
      if (typeof sha === 'string' && /^[0-9a-f]{40,64}$/u.test(sha)) return sha;
      throw nonsense(root);
    },
    async files(repository, commit, signal) {
      const files: HubFile[] = [];
      const start = `${root}/api/models/${repository}/tree/${commit}?recursive=true`;
      let url: string | null = start;
      for (let page = 0; url !== null; page += 1) {
        if (page === MAX_PAGES) throw nonsense(root);
        const [entries, answer]: [unknown, HttpAnswer] = await json(url, repository, signal);
        if (!Array.isArray(entries)) throw nonsense(root);
        files.push(...entries.flatMap((entry) => fileOf(entry, root)));
        url = nextPage(answer, start);
      }
      return files;
    },
    fileUrl: (repository, commit, path) =>
      `${root}/${repository}/resolve/${commit}/${path.split('/').map(encodeURIComponent).join('/')}`,
  };
}

/** @throws Transient or SemblanceError, by status; the body is then left */
export function refuseUnlessFine(answer: HttpAnswer, what: string): void {
  const { status } = answer;
  if (status >= 200 && status < 300) return;
  answer.discard();
  const host = new URL(answer.address).host;
  if (status === 404 || status === 410) {
    throw new SemblanceError('HUB_NOT_FOUND', `${host} has no ${what}, or not any more.`);
  }
  if (status === 401 || status === 403) {
    throw new SemblanceError(
      'HUB_REFUSED',
      `${host} gives ${what} only to people who have signed in there (${status}). ` +
        'Fetch it with your own account, then add the folder.',
    );
  }
  if (status === 407) {
    throw proxyRefused(status);
  }
  const wait = retryAfter(answer.headers['retry-after']);
  if (status === 429) {
    const busy = new SemblanceError('HUB_BUSY', `${host} has had too many requests. Try again later.`);
    throw new Transient(busy, wait);
  }
  const failed = new SemblanceError('HUB_FAILED', `${host} could not answer (status ${status}).`);
  throw status >= 500 || status === 408 ? new Transient(failed, wait) : failed;
}

/** Seconds, or an HTTP date (RFC 9110, 10.2.3); milliseconds from now. */
function retryAfter(value: string | undefined, now = Date.now()): number | null {
  if (value === undefined) return null;
  if (/^\d{1,9}$/u.test(value.trim())) return Number(value) * 1000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? null : Math.max(0, date - now);
}

async function parseBody(answer: HttpAnswer): Promise<unknown> {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of answer.body) {
    bytes += piece.length;
    if (bytes > MAX_JSON_BYTES) throw nonsense(answer.address);
    pieces.push(piece);
  }
  try {
    return JSON.parse(Buffer.concat(pieces).toString('utf8'));
  } catch {
    throw nonsense(answer.address);
  }
}

function fileOf(entry: unknown, root: string): HubFile[] {
  if (!isRecord(entry)) throw nonsense(root);
  const { type, path, oid } = entry;
  if (type !== 'file' || typeof path !== 'string') return [];
  const lfs = isRecord(entry.lfs) ? entry.lfs : null;
  const bytes = lfs === null ? entry.size : lfs.size;
  const hash: ContentHash | null =
    lfs === null ? hashOf('git', oid, 40) : hashOf('sha256', plainHash(lfs.oid), 64);
  const sized = typeof bytes === 'number' && Number.isSafeInteger(bytes) && bytes >= 0;
  if (hash === null || !sized || bytes > MAX_FILE_BYTES) throw nonsense(root);
  return [{ path, bytes, hash }];
}

/** Some answers spell it `sha256:<hex>`, as LFS pointers do. */
function plainHash(oid: unknown): unknown {
  return typeof oid === 'string' ? oid.replace(/^sha256:/u, '') : oid;
}

function hashOf(kind: ContentHash['kind'], hex: unknown, digits: number): ContentHash | null {
  const valid = typeof hex === 'string' && hex.length === digits && /^[0-9a-f]+$/u.test(hex);
  return valid ? { kind, hex } : null;
}

/** `Link: <address>; rel="next"`, on the same host. */
function nextPage(answer: HttpAnswer, start: string): string | null {
  const { link } = answer.headers;
  const found = /<([^>]+)>\s*;\s*rel="?next"?/u.exec(Array.isArray(link) ? link.join(',') : (link ?? ''));
  if (found?.[1] === undefined || !URL.canParse(found[1], start)) return null;
  const next = new URL(found[1], start);
  return next.origin === new URL(start).origin ? next.href : null;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function nonsense(root: string): SemblanceError {
  return new SemblanceError(
    'HUB_FAILED',
    `${new URL(root).host} answered with something that is no list of a model's files. Is it a hub?`,
  );
}
