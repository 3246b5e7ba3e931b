// Who may talk to the local server. The Host is checked before anything else (DNS rebinding), the Origin on every
// mutation and stream, the session on everything that shows or changes data. No CORS header is ever sent.
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** What a request claims to be. */
export interface Claims {
  method: string;
  host: string | null;
  origin: string | null;
  /** `Sec-Fetch-Site`; browsers set it, scripts cannot. */
  fetchSite: string | null;
}

export type Refusal = { status: 403 | 421; sentence: string };

/** @returns null when the request may go on */
export function refuseRequest(claims: Claims, port: number): Refusal | null {
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`];
  if (claims.host === null || !hosts.includes(claims.host.toLowerCase())) {
    return { status: 421, sentence: 'This server answers under its own local address only.' };
  }
  if (claims.fetchSite !== null && !['same-origin', 'none'].includes(claims.fetchSite)) {
    return { status: 403, sentence: 'Requests from other sites are refused.' };
  }
  const reads = claims.method === 'GET' || claims.method === 'HEAD';
  if (!reads && claims.origin !== `http://${claims.host}`) {
    return { status: 403, sentence: 'Requests from other origins are refused.' };
  }
  if (reads && claims.origin !== null && claims.origin !== `http://${claims.host}`) {
    return { status: 403, sentence: 'Requests from other origins are refused.' };
  }
  return null;
}

/** 256 random bits, URL-safe. */
function randomToken(): string {
  return randomBytes(32).toString('base64url');
}

/** Constant-time comparison of two secrets of any length. */
export function sameSecret(a: string, b: string): boolean {
  const digest = (s: string): Buffer => createHash('sha256').update(s).digest();
  return timingSafeEqual(digest(a), digest(b));
}

/**
 * One-time links and the sessions they open. A link is exchanged once for a cookie; the next link is another one.
 */
export function createSessions(onNewLink: (token: string) => void): {
  exchange(token: string): string | null;
  valid(session: string | undefined): boolean;
} {
  const sessions: string[] = [];
  let link = randomToken();
  onNewLink(link);
  return {
    exchange(token) {
      if (!sameSecret(token, link)) return null;
      link = randomToken();
      onNewLink(link);
      const session = randomToken();
      sessions.push(session);
      return session;
    },
    valid: (session) => session !== undefined && sessions.some((known) => sameSecret(known, session)),
  };
}

const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  // Mantine positions and virtualised rows carry inline style attributes.
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' blob: data:",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=()',
};
