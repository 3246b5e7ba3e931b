// Main's side of the picture stream: turns a request into messages for the engine and its answers into a Response.
// One chunk is under way at a time, so a slow window never fills this process's memory.
import type { FromEngine, MediaRequest, ToEngine } from '../shared/messages.ts';

export type MediaAnswer = Extract<
  FromEngine,
  { type: 'media-head' | 'media-chunk' | 'media-end' | 'media-failed' }
>;

export interface MediaClient {
  fetch(request: MediaRequest): Promise<Response>;
  receive(answer: MediaAnswer): void;
  /** The engine is gone: whatever is under way fails. */
  abandon(): void;
}

interface UnderWay {
  head(response: Response): void;
  controller: ReadableStreamDefaultController<Uint8Array> | null;
  /** Settles the pull that waits for a chunk. */
  arrived(): void;
}

const ignore = (): void => undefined;

export function createMediaClient(post: (message: ToEngine) => void): MediaClient {
  const underWay = new Map<number, UnderWay>();
  let lastId = 0;

  function bodyOf(id: number, entry: UnderWay): ReadableStream<Uint8Array> {
    return new ReadableStream<Uint8Array>({
      start(controller) {
        entry.controller = controller;
      },
      pull() {
        return new Promise<void>((resolve) => {
          entry.arrived = resolve;
          post({ type: 'media-pull', id });
        });
      },
      cancel() {
        underWay.delete(id);
        post({ type: 'media-cancel', id });
      },
    });
  }

  function fail(id: number, entry: UnderWay): void {
    underWay.delete(id);
    entry.head(unavailable());
    entry.controller?.error(new Error('The picture stream ended early.'));
    entry.arrived();
  }

  return {
    fetch(request) {
      return new Promise((resolve) => {
        lastId += 1;
        underWay.set(lastId, { head: resolve, controller: null, arrived: ignore });
        post({ type: 'media', id: lastId, request });
      });
    },
    receive(answer) {
      const { id } = answer;
      const entry = underWay.get(id);
      if (entry === undefined) return;
      switch (answer.type) {
        case 'media-head': {
          const { status, headers, hasBody } = answer;
          if (!hasBody) underWay.delete(id);
          entry.head(new Response(hasBody ? bodyOf(id, entry) : null, { status, headers: guarded(headers) }));
          return;
        }
        case 'media-chunk':
          entry.controller?.enqueue(answer.bytes);
          return entry.arrived();
        case 'media-end':
          underWay.delete(id);
          entry.controller?.close();
          return entry.arrived();
        case 'media-failed':
          return fail(id, entry);
      }
    },
    abandon() {
      for (const [id, entry] of underWay) fail(id, entry);
    },
  };
}

/** Whatever the engine says, a picture is never run as a page. */
function guarded(headers: [string, string][]): Headers {
  const result = new Headers(headers);
  result.set('x-content-type-options', 'nosniff');
  result.set('content-security-policy', "default-src 'none'; sandbox");
  return result;
}

export function unavailable(): Response {
  return new Response('The engine is not running.', {
    status: 503,
    headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' },
  });
}
