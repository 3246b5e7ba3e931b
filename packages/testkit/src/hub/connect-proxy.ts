// A proxy on the loopback that opens tunnels (CONNECT, RFC 9110, 9.3.6) and passes plain requests on, as companies have them;
// it counts what it was asked for and may want a name and a password.
import { createServer, type IncomingMessage, request as send } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';

export interface ConnectProxy {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  /** `host:port` of every tunnel that was asked for, refused ones included. */
  readonly tunnels: string[];
  /** Addresses of requests that came without a tunnel. */
  readonly plain: string[];
  /** From now on only for who says `<name>:<password>`. */
  credentials: string | null;
  /** Tunnels are refused with this status; null: they are opened. */
  refuse: number | null;
  close(): Promise<void>;
}

export async function startConnectProxy(): Promise<ConnectProxy> {
  const open = new Set<Socket>();
  const allowed = (request: IncomingMessage): boolean => {
    const wanted = proxy.credentials;
    const said = request.headers['proxy-authorization'];
    return wanted === null || said === `Basic ${Buffer.from(wanted).toString('base64')}`;
  };
  const server = createServer((request, response) => {
    proxy.plain.push(request.url ?? '');
    if (!allowed(request)) return void response.writeHead(407).end();
    const { 'proxy-authorization': _, 'proxy-connection': __, ...headers } = request.headers;
    const onward = send(request.url ?? '', { method: request.method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    request.pipe(onward);
  });
  server.on('connect', (request, socket: Socket) => {
    proxy.tunnels.push(request.url ?? '');
    const status = allowed(request) ? proxy.refuse : 407;
    if (status !== null) return void socket.end(`HTTP/1.1 ${status} No\r\ncontent-length: 0\r\n\r\n`);
    const [host = '', port = ''] = (request.url ?? '').split(':');
    const onward = connect(Number(port), host, () => socket.write('HTTP/1.1 200 OK\r\n\r\n'));
    for (const [end, other] of [
      [socket, onward],
      [onward, socket],
    ] as const) {
      open.add(end);
      end.on('error', () => other.destroy());
      end.on('close', () => {
        open.delete(end);
        other.destroy();
      });
      end.pipe(other);
    }
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const proxy: ConnectProxy = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    tunnels: [],
    plain: [],
    credentials: null,
    refuse: null,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
        for (const socket of open) socket.destroy();
      }),
  };
  return proxy;
}
