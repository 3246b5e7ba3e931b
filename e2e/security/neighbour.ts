// Somebody else on this machine: a web server that counts who comes to it.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Neighbour {
  readonly origin: string;
  /** Paths that were asked for, in order. */
  readonly visits: string[];
  close(): Promise<void>;
}

const PAGE = '<!doctype html><title>elsewhere</title><h1>Elsewhere</h1>';

/** `/redirect` leads to `/landed`; everything else is a page. */
export async function startNeighbour(): Promise<Neighbour> {
  const visits: string[] = [];
  const server = createServer((request, response) => {
    visits.push(request.url ?? '');
    if (request.url === '/redirect') response.writeHead(302, { location: '/landed' }).end();
    else
      response.writeHead(200, { 'content-type': 'text/html', 'access-control-allow-origin': '*' }).end(PAGE);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    visits,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}
