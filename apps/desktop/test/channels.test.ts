// Both ends of the message channels, joined by structured clone as Electron joins them.
import { describe, expect, it, vi } from 'vitest';
import { createHost } from '../src/engine/host.ts';
import { createMediaServer, type MediaAsk } from '../src/engine/media-server.ts';
import { spawnThroughHost } from '../src/engine/spawn-host.ts';
import { createMediaClient, type MediaAnswer } from '../src/main/media-client.ts';
import type { FromEngine, ToEngine } from '../src/shared/messages.ts';

const PICTURE = 'media://thumb/0123456789abcdef0123?v=1';

function joined(handle: (request: Request) => Promise<Response>) {
  const seen: string[] = [];
  const serve = createMediaServer(handle, (answer) => {
    seen.push(answer.type);
    client.receive(structuredClone(answer) as MediaAnswer);
  });
  const client = createMediaClient((ask) => void serve(structuredClone(ask) as MediaAsk));
  return { client, seen };
}

const ask = (headers: Record<string, string> = {}, method = 'GET') => ({ method, url: PICTURE, headers });

describe('pictures', () => {
  it('arrive byte for byte, with the facts of the request', async () => {
    let given: Request | undefined;
    const chunks = [Uint8Array.of(1, 2), Uint8Array.of(3)];
    const { client, seen } = joined(async (request) => {
      given = request;
      return new Response(ReadableStream.from(chunks), {
        headers: { 'content-type': 'image/webp', etag: '"a"' },
      });
    });
    const response = await client.fetch(ask({ range: 'bytes=0-', 'if-none-match': '"b"' }));
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(Uint8Array.of(1, 2, 3));
    expect(response.headers.get('content-type')).toBe('image/webp');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.get('content-security-policy')).toContain('sandbox');
    expect(given?.url).toBe(PICTURE);
    expect(given?.headers.get('range')).toBe('bytes=0-');
    expect(given?.headers.get('if-none-match')).toBe('"b"');
    expect(seen).toEqual(['media-head', 'media-chunk', 'media-chunk', 'media-end']);
  });

  it('may be an answer without a body', async () => {
    const { client } = joined(async () => new Response(null, { status: 304 }));
    const response = await client.fetch(ask({}, 'HEAD'));
    expect([response.status, response.body]).toEqual([304, null]);
  });

  it('are read no further than the window wants', async () => {
    let made = 0;
    const endless = new ReadableStream<Uint8Array>(
      { pull: (controller) => controller.enqueue(new Uint8Array(++made)) },
      { highWaterMark: 0 },
    );
    const cancelled = vi.spyOn(endless, 'getReader');
    const { client } = joined(async () => new Response(endless));
    const response = await client.fetch(ask());
    const reader = response.body?.getReader();
    await reader?.read();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(made).toBeLessThanOrEqual(3);
    await reader?.cancel();
    expect(cancelled).toHaveBeenCalledTimes(1);
  });

  it('fail as a whole when the engine fails or is gone', async () => {
    const broken = joined(async () => {
      throw new Error('disk');
    });
    expect((await broken.client.fetch(ask())).status).toBe(503);

    const { client } = joined(async () => new Response(new ReadableStream()));
    const hanging = await client.fetch(ask());
    const never = joined(() => new Promise(() => undefined));
    const unanswered = never.client.fetch(ask());
    client.abandon();
    never.client.abandon();
    await expect(hanging.arrayBuffer()).rejects.toThrow('ended early');
    expect((await unanswered).status).toBe(503);
  });
});

describe('the host', () => {
  it('answers each question by itself', async () => {
    const asked: FromEngine[] = [];
    const { host, receive } = createHost('1.2.3', (message) => asked.push(message));
    const folders = host.chooseFolders?.();
    const reveal = host.reveal?.('/a/b.jpg');
    expect(asked).toEqual([
      { type: 'choose-folders', id: 1 },
      { type: 'reveal', id: 2, path: '/a/b.jpg' },
    ]);
    const trashed = host.trashItem?.('/a/b.jpg');
    expect(asked.at(-1)).toEqual({ type: 'trash-item', id: 3, path: '/a/b.jpg' });
    receive({ type: 'host-answer', id: 3, paths: [] });
    await expect(trashed).resolves.toBeUndefined();
    receive({ type: 'host-failed', id: 2, message: 'no file manager' });
    receive({ type: 'host-answer', id: 1, paths: ['/photos'] });
    receive({ type: 'host-answer', id: 9, paths: [] });
    await expect(folders).resolves.toEqual(['/photos']);
    await expect(reveal).rejects.toThrow('no file manager');
  });
});

describe('compute through main', () => {
  it('keeps processes apart and tells their end once', () => {
    const sent: FromEngine[] = [];
    const { spawn, receive } = spawnThroughHost((message) => sent.push(message));
    const first = spawn('interactive');
    const second = spawn('background');
    const heard = vi.fn();
    const ended = vi.fn();
    second.onMessage(heard);
    second.onExit(ended);
    second.post({ vector: Float32Array.of(1) });
    first.kill();
    const news: ToEngine[] = [
      { type: 'compute-started', id: 2, pid: 42 },
      { type: 'compute-message', id: 2, message: 'done' },
      { type: 'compute-exit', id: 2, code: 9 },
      { type: 'compute-exit', id: 2, code: 9 },
    ];
    for (const item of news) receive(item as Parameters<typeof receive>[0]);
    expect(sent.map((message) => message.type)).toEqual([
      'compute-spawn',
      'compute-spawn',
      'compute-post',
      'compute-kill',
    ]);
    expect(second.pid).toBe(42);
    expect(heard).toHaveBeenCalledExactlyOnceWith('done');
    expect(ended).toHaveBeenCalledExactlyOnceWith({ code: 9, signal: null });
  });
});
