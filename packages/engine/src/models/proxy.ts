// The proxy that the environment names, as curl reads it. Node's agents pass over a setting that they do not understand and
// go out directly; whoever set one would not want that.
import { SemblanceError } from '@semblance/contract';

const NAMES = ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY'] as const;

/**
 * HTTP_PROXY, HTTPS_PROXY and NO_PROXY for Node's agents: `host:port` counts as `http://host:port`, ALL_PROXY stands for
 * those that are not set. Lower case goes before upper case, as in curl.
 *
 * @throws SemblanceError PROXY_REFUSED for a kind of proxy that is not known here
 */
export function proxyEnvironment(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const of = (name: string): string => environment[name.toLowerCase()] || environment[name] || '';
  const [http, https, all] = NAMES.map((name) => usable(name, of(name).trim()));
  return {
    http_proxy: http || all || undefined,
    https_proxy: https || all || undefined,
    no_proxy: of('NO_PROXY') || undefined,
  };
}

function usable(name: string, value: string): string {
  if (value === '') return '';
  const url = /^[a-z][a-z0-9+.-]*:\/\//iu.test(value) ? value : `http://${value}`;
  if (/^https?:\/\//iu.test(url) && URL.canParse(url)) return url;
  const kind = /^([a-z0-9+.-]+):\/\//iu.exec(value)?.[1] ?? 'unreadable';
  throw new SemblanceError(
    'PROXY_REFUSED',
    `${name} names a proxy that cannot be used here (${kind}); http://host:port can.`,
  );
}

/** @param status of the proxy's own answer */
export function proxyRefused(status: number): SemblanceError {
  return new SemblanceError(
    'PROXY_REFUSED',
    status === 407
      ? 'The proxy wants a name and a password, in HTTPS_PROXY: http://name:password@host:port.'
      : `The proxy does not let the request through (status ${status}).`,
  );
}
