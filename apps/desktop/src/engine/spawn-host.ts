// SpawnPort for macOS and Windows: main forks the compute process and passes the messages on.
import type { ComputeChannel, SpawnPort } from '@semblance/engine';
import type { FromEngine, ToEngine } from '../shared/messages.ts';

export type ComputeNews = Extract<ToEngine, { type: 'compute-started' | 'compute-message' | 'compute-exit' }>;

interface Child {
  pid: number | undefined;
  message: (message: unknown) => void;
  exit: (how: { code: number | null; signal: string | null }) => void;
}

const ignore = (): void => undefined;

export function spawnThroughHost(post: (message: FromEngine) => void): {
  spawn: SpawnPort;
  receive(news: ComputeNews): void;
} {
  const children = new Map<number, Child>();
  let lastId = 0;

  return {
    spawn(role): ComputeChannel {
      lastId += 1;
      const id = lastId;
      const child: Child = { pid: undefined, message: ignore, exit: ignore };
      children.set(id, child);
      post({ type: 'compute-spawn', id, role });
      return {
        get pid() {
          return child.pid;
        },
        post: (message) => post({ type: 'compute-post', id, message }),
        onMessage(listener) {
          child.message = listener;
        },
        onExit(listener) {
          child.exit = listener;
        },
        kill: () => post({ type: 'compute-kill', id }),
      };
    },
    receive(news) {
      const child = children.get(news.id);
      if (child === undefined) return;
      if (news.type === 'compute-started') child.pid = news.pid;
      else if (news.type === 'compute-message') child.message(news.message);
      else {
        children.delete(news.id);
        child.exit({ code: news.code, signal: null });
      }
    },
  };
}
