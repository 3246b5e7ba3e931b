// The frames of a page as Chromium reports them, and the preload's world in each.
import { fromChromium } from './addresses.ts';
import type { Cdp, Facts } from './cdp.ts';
import { part } from './model.ts';

/** Name of the isolated world, as Electron's own. */
export const PRELOAD_WORLD = 'Electron Isolated Context';

export interface Frame {
  readonly id: string;
  parent: string | null;
  url: string;
  /** Unique id of the execution context that the preload runs in; null while there is none. */
  preload: string | null;
  readonly shown: Electron.WebFrameMain;
}

export interface Frames {
  main(): Frame | null;
  get(id: unknown): Frame | null;
  /** The frame whose preload runs in a context. */
  ofContext(contextId: unknown): Frame | null;
  receive(method: string, params: Facts): void;
}

interface FrameFacts {
  id: string;
  parentId?: string;
  url: string;
  urlFragment?: string;
}

interface ContextFacts {
  id: number;
  name: string;
  uniqueId: string;
  auxData?: { frameId?: string; isDefault?: boolean };
}

/** @param isolated false when the preload runs in the page's own world (contextIsolation off) */
export function createFrames(
  isolated: boolean,
  send: (frame: Frame, channel: string, args: unknown[], ports: Electron.MessagePortMain[]) => void,
): Frames {
  const frames = new Map<string, Frame>();
  const contexts = new Map<number, Frame>();

  function add(id: string, parent: string | null): Frame {
    const known = frames.get(id);
    if (known !== undefined) return known;
    const frame: Frame = { id, parent, url: '', preload: null, shown: shownOf(() => frame) };
    frames.set(id, frame);
    return frame;
  }

  const parentOf = (frame: Frame): Frame | null => frames.get(frame.parent ?? '') ?? null;
  const main = (): Frame | null => [...frames.values()].find((frame) => frame.parent === null) ?? null;

  function shownOf(frame: () => Frame): Electron.WebFrameMain {
    return part<Electron.WebFrameMain>('WebFrameMain', {
      get url() {
        return fromChromium(frame().url);
      },
      get origin() {
        return new URL(fromChromium(frame().url)).origin;
      },
      get parent() {
        return parentOf(frame())?.shown ?? null;
      },
      get top() {
        return main()?.shown ?? null;
      },
      get frames() {
        return [...frames.values()].filter(({ parent }) => parent === frame().id).map(({ shown }) => shown);
      },
      isDestroyed: () => !frames.has(frame().id),
      postMessage: (channel, message, transfer = []) => send(frame(), channel, [message], transfer),
      send: (channel, ...args: unknown[]) => send(frame(), channel, args, []),
    });
  }

  function contextCreated(context: ContextFacts): void {
    const frame = frames.get(context.auxData?.frameId ?? '');
    const isPreloads = isolated ? context.name === PRELOAD_WORLD : context.auxData?.isDefault === true;
    if (frame === undefined || !isPreloads) return;
    frame.preload = context.uniqueId;
    contexts.set(context.id, frame);
  }

  return {
    main,
    get: (id) => frames.get(String(id)) ?? null,
    ofContext: (id) => contexts.get(Number(id)) ?? null,
    receive(method, params) {
      if (method === 'Page.frameAttached') add(String(params.frameId), String(params.parentFrameId));
      else if (method === 'Page.frameDetached') frames.delete(String(params.frameId));
      else if (method === 'Page.frameNavigated') {
        const { id, parentId, url, urlFragment } = params.frame as FrameFacts;
        add(id, parentId ?? null).url = url + (urlFragment ?? '');
      } else if (method === 'Page.navigatedWithinDocument') {
        const frame = frames.get(String(params.frameId));
        if (frame !== undefined) frame.url = String(params.url);
      } else if (method === 'Runtime.executionContextCreated') contextCreated(params.context as ContextFacts);
      else if (method === 'Runtime.executionContextDestroyed') {
        const frame = contexts.get(Number(params.executionContextId));
        contexts.delete(Number(params.executionContextId));
        if (frame !== undefined && frame.preload === params.executionContextUniqueId) frame.preload = null;
      } else if (method === 'Runtime.executionContextsCleared') {
        contexts.clear();
        for (const frame of frames.values()) frame.preload = null;
      }
    },
  };
}

/** The frames that are there before anyone listens. */
export async function readFrames(cdp: Cdp, session: string, frames: Frames): Promise<void> {
  const { frameTree } = await cdp.send<{ frameTree: { frame: FrameFacts } }>(
    'Page.getFrameTree',
    {},
    session,
  );
  frames.receive('Page.frameNavigated', { frame: frameTree.frame });
}
