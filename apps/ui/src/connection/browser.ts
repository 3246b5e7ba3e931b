// The browser host: RPC over same-origin HTTP; the session is an HttpOnly cookie that this code never sees.
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/fetch';
import type { Client, Connection } from './connection.ts';

export function connectToServer(origin: string): Connection {
  const link = new RPCLink({
    url: `${origin}/rpc`,
    fetch: (request, init) => fetch(request, { ...init, credentials: 'same-origin' }),
  });
  return {
    client: createORPCClient<Client>(link),
    mediaBase: '/media',
    host: 'browser',
    reconnect: () => Promise.resolve(),
  };
}
