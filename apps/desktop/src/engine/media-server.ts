// The engine's side of the picture stream: answers requests through the shared media handler, one chunk per pull.
import type { FromEngine, ToEngine } from '../shared/messages.ts';

export type MediaAsk = Extract<ToEngine, { type: 'media' | 'media-pull' | 'media-cancel' }>;

type Reader = ReadableStreamDefaultReader<Uint8Array>;

export function createMediaServer(
  handle: (request: Request) => Promise<Response>,
  post: (message: FromEngine) => void,
): (ask: MediaAsk) => Promise<void> {
  const readers = new Map<number, Reader>();

  async function answer(ask: Extract<MediaAsk, { type: 'media' }>): Promise<void> {
    const { id, request } = ask;
    const { status, headers, body } = await handle(new Request(request.url, request));
    if (body !== null) readers.set(id, body.getReader());
    post({ type: 'media-head', id, status, headers: [...headers], hasBody: body !== null });
  }

  async function pull(id: number): Promise<void> {
    const reader = readers.get(id);
    if (reader === undefined) return;
    const { done, value } = await reader.read();
    // Cancelled while reading: nobody waits for it any more.
    if (!readers.has(id)) return;
    if (!done) return post({ type: 'media-chunk', id, bytes: value });
    readers.delete(id);
    post({ type: 'media-end', id });
  }

  async function cancel(id: number): Promise<void> {
    const reader = readers.get(id);
    readers.delete(id);
    await reader?.cancel();
  }

  return async (ask) => {
    try {
      if (ask.type === 'media') await answer(ask);
      else if (ask.type === 'media-pull') await pull(ask.id);
      else await cancel(ask.id);
    } catch {
      readers.delete(ask.id);
      post({ type: 'media-failed', id: ask.id });
    }
  };
}
