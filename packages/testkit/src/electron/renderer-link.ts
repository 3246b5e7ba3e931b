// IPC between main and the preloads of one page: messages, questions, and ports that live in the page.
import type { Cdp } from './cdp.ts';
import type { Frame } from './frames.ts';
import { ask, hear } from './modules/ipc-main.ts';
import { createCodec } from './page/codec.ts';
import { createWires, type Wires } from './ports.ts';

export interface RendererLink {
  readonly send: (frame: Frame, channel: string, args: unknown[], ports: Electron.MessagePortMain[]) => void;
  /** @param text what the binding was called with, by the preload of `frame` */
  receive(frame: Frame, text: string): Promise<void>;
  /** The page is gone; ports into it end. */
  cut(): void;
}

type FromPage =
  | { kind: 'send'; channel: string; args: unknown[] }
  | { kind: 'invoke'; id: number; channel: string; args: unknown[] }
  | { kind: 'port'; message: Parameters<Wires['receive']>[0] }
  | { kind: 'preload-error'; message: string };

export function createRendererLink(
  binding: string,
  sender: () => Electron.WebContents,
  session: () => Promise<{ cdp: Cdp; session: string }>,
): RendererLink {
  const codec = createCodec();
  const fileMark = `${binding}:file:`;
  /** One joint per document: a reload ends its ports. */
  let joints = new Map<string, Wires>();

  async function tell(context: string, message: object): Promise<void> {
    const text = JSON.stringify(JSON.stringify(codec.pack(message)));
    // The document or the whole page may be gone by now, as it may in Electron.
    const page = await session().catch(() => null);
    await page?.cdp
      .send(
        'Runtime.evaluate',
        {
          expression: `globalThis[${JSON.stringify(`${binding}:main`)}]?.(${text})`,
          uniqueContextId: context,
        },
        page.session,
      )
      .catch(() => undefined);
  }

  /** What `webUtils` gave a preload for its files becomes their paths: '' for one that a script made. */
  async function withPaths(context: string, text: string): Promise<string> {
    const { cdp, session: id } = await session();
    const paths = new Map<string, string>();
    for (const [stand, index] of text.matchAll(new RegExp(`"${fileMark}(\\d+)"`, 'g'))) {
      const expression = `globalThis[${JSON.stringify(`${binding}:files`)}][${index}]`;
      const path = await cdp
        .send<{ result: { objectId: string } }>(
          'Runtime.evaluate',
          { expression, uniqueContextId: context },
          id,
        )
        .then(({ result: { objectId } }) => cdp.send<{ path: string }>('DOM.getFileInfo', { objectId }, id))
        .then(
          (facts) => facts.path,
          () => '',
        );
      paths.set(stand, path);
    }
    return text.replace(new RegExp(`"${fileMark}\\d+"`, 'g'), (stand) =>
      JSON.stringify(paths.get(stand) ?? ''),
    );
  }

  function joint(context: string): Wires {
    const known = joints.get(context);
    if (known !== undefined) return known;
    const made = createWires(1, (message) => void tell(context, { kind: 'port', message }));
    joints.set(context, made);
    return made;
  }

  return {
    send(frame, channel, args, ports) {
      const context = frame.preload;
      if (context === null) return;
      void tell(context, {
        kind: 'message',
        channel,
        args,
        ports: ports.map((port) => joint(context).handOn(port)),
      });
    },
    async receive(frame, said) {
      const text =
        said.includes(fileMark) && frame.preload !== null ? await withPaths(frame.preload, said) : said;
      const message = codec.unpack(JSON.parse(text)) as FromPage;
      const facts = { sender: sender(), frame };
      const context = frame.preload;
      if (message.kind === 'send') hear(facts, message.channel, message.args);
      else if (message.kind === 'preload-error')
        sender().emit('preload-error', {}, '', new Error(message.message));
      else if (context === null) return;
      else if (message.kind === 'port') joint(context).receive(message.message);
      else
        void ask(facts, message.channel, message.args).then((answer) =>
          tell(context, { kind: 'answer', id: message.id, ...answer }),
        );
    },
    cut() {
      for (const wires of joints.values()) wires.cut();
      joints = new Map();
    },
  };
}
