// Standard schemes of an app (`app://semblance/`) under Chromium, which cannot be taught a scheme from outside: the
// page lies at `https://semblance.app.double.test/`, and only Chromium sees that. Everything that the app is told or
// says is `app://semblance/`. Schemes that a page only loads from (`media://`) keep their own address in Chromium too.

/** Never on any network: Chromium is told not to look it up, and every request for it is answered by the double. */
export const NEVER_RESOLVED = 'double.test';

const OURS = new RegExp(
  `^https://([^/?#]*)\\.([a-z][a-z0-9+-]*)\\.${NEVER_RESOLVED.replace('.', '\\.')}`,
  'i',
);

/** An address as Chromium knows it. The rest after the host stays as it is, letter by letter. */
export function toChromium(address: string, standard: ReadonlySet<string>): string {
  const match = /^([a-z][a-z0-9+-]*):\/\/([^/?#]*)(.*)$/is.exec(address);
  const [, scheme = '', host = '', rest = ''] = match ?? [];
  if (!standard.has(scheme.toLowerCase())) return address;
  return `https://${host}.${scheme.toLowerCase()}.${NEVER_RESOLVED}${rest}`;
}

/** An address as the app knows it. */
export function fromChromium(address: string): string {
  return address.replace(OURS, '$2://$1');
}

/** `scheme:` of an address, without the colon. */
export function schemeOf(address: string): string {
  return /^([a-z][a-z0-9+.-]*):/i.exec(address)?.[1]?.toLowerCase() ?? '';
}

/** As Chromium would serialise it, had the scheme been registered; null for an opaque origin. */
export function originOf(address: string): string | null {
  const match = /^([a-z][a-z0-9+-]*:\/\/[^/?#]+)/i.exec(fromChromium(address));
  return match?.[1] ?? null;
}

export function isLoopback(address: string): boolean {
  return /^(https?|wss?):\/\/127\.0\.0\.1(:\d+)?([/?#]|$)/i.test(address);
}
