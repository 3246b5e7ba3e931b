// The engine's questions to main: the native folder dialog, the system's file manager and its bin.
import type { HostPort } from '@semblance/engine';
import type { FromEngine, ToEngine } from '../shared/messages.ts';

export type HostReply = Extract<ToEngine, { type: 'host-answer' | 'host-failed' }>;

type Question =
  | { type: 'choose-folders' | 'choose-export-folder' }
  | { type: 'reveal' | 'trash-item'; path: string };

export function createHost(
  version: string,
  post: (message: FromEngine) => void,
): { host: HostPort; receive(reply: HostReply): void } {
  const asked = new Map<number, { resolve(paths: string[]): void; reject(error: Error): void }>();
  let lastId = 0;

  function ask(question: Question): Promise<string[]> {
    lastId += 1;
    const id = lastId;
    return new Promise((resolve, reject) => {
      asked.set(id, { resolve, reject });
      post({ ...question, id });
    });
  }

  return {
    host: {
      kind: 'desktop',
      version,
      chooseFolders: () => ask({ type: 'choose-folders' }),
      chooseExportFolder: async () => (await ask({ type: 'choose-export-folder' }))[0] ?? null,
      reveal: async (path) => void (await ask({ type: 'reveal', path })),
      trashItem: async (path) => void (await ask({ type: 'trash-item', path })),
    },
    receive(reply) {
      const waiting = asked.get(reply.id);
      asked.delete(reply.id);
      if (reply.type === 'host-answer') waiting?.resolve(reply.paths);
      else waiting?.reject(new Error(reply.message));
    },
  };
}
