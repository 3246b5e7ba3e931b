// WebContents: a page of Chromium behind Electron's API.
import { fromChromium, schemeOf, toChromium } from '../addresses.ts';
import type { Facts } from '../cdp.ts';
import { eventsOf, notModelled, part, preventable } from '../model.ts';
import { openPage, type PageTarget } from '../page-target.ts';
import { decidePermissions } from '../permissions.ts';
import { theChromium } from '../state.ts';
import { app, isSandboxed } from './app.ts';
import { standardSchemes } from './protocol.ts';
import { originSeen, session } from './session.ts';

const EVENTS = eventsOf('WebContents', [
  'will-navigate',
  'will-frame-navigate',
  'will-redirect',
  'will-attach-webview',
  'will-prevent-unload',
  'did-start-loading',
  'did-stop-loading',
  'did-finish-load',
  'did-fail-load',
  'did-navigate',
  'did-navigate-in-page',
  'dom-ready',
  'preload-error',
  'render-process-gone',
  'unresponsive',
  'responsive',
  'page-title-updated',
  'before-input-event',
  'context-menu',
  'destroyed',
]);

type OpenHandler = (details: Electron.HandlerDetails) => Electron.WindowOpenHandlerResponse;

export interface ContentsOptions {
  preferences: Electron.WebPreferences;
  width: number;
  height: number;
  /** What Electron does with `window.open` that nobody denied. */
  openAnother(url: string): void;
}

/** Chromium's switches that Electron has: a page of an app has a sandbox unless it says otherwise. */
const DEFAULTS: Electron.WebPreferences = {
  contextIsolation: true,
  nodeIntegration: false,
  nodeIntegrationInSubFrames: false,
  nodeIntegrationInWorker: false,
  sandbox: true,
  webSecurity: true,
  webviewTag: false,
  devTools: true,
  spellcheck: true,
};

/** What a page was opened with, Electron's defaults filled in. */
export const preferencesOf = new WeakMap<Electron.WebContents, Electron.WebPreferences>();
/** What an app handed to the system to be dragged out of a page. */
export const dragsOf = new WeakMap<Electron.WebContents, Electron.Item[]>();
export const allContents = new Map<number, Electron.WebContents>();
let lastId = 0;

export function createWebContents(options: ContentsOptions): Electron.WebContents {
  lastId += 1;
  const id = lastId;
  const preferences = { ...DEFAULTS, ...options.preferences };
  if (isSandboxed()) preferences.sandbox = true;
  if (!preferences.sandbox) throw notModelled('a page without a sandbox');
  let openHandler: OpenHandler | null = null;
  let destroyed = false;
  let crashed = false;
  let loading = false;
  const page = openPage(preferences, options, () => contents, receive);
  page.opened.catch((error: unknown) => {
    if (!destroyed) console.error('double: the page could not be opened:', error);
  });

  async function loadURL(address: string): Promise<void> {
    const target = await page.opened;
    const url = toChromium(address, standardSchemes());
    await arrive(url);
    const finished = new Promise<void>((done) => contents.once('did-finish-load', () => done()));
    target.requests.expect(address);
    const { errorText } = await target.send<{ errorText?: string }>('Page.navigate', { url });
    if (errorText === undefined) return finished;
    contents.emit('did-fail-load', {}, -3, errorText, address, true);
    throw new Error(`${errorText} loading '${address}'`);
  }

  /** Permissions are decided before any script of the page can ask. */
  async function arrive(url: string): Promise<void> {
    if (schemeOf(url) !== 'https') return;
    const { origin } = new URL(url);
    const { send } = await page.opened;
    originSeen(origin, () => send('Storage.clearDataForOrigin', { origin, storageTypes: 'all' }));
    await decidePermissions(contents, origin);
  }

  function later(work: (target: PageTarget) => Promise<unknown>): void {
    page.opened.then(work).catch(() => undefined);
  }

  function receive(method: string, params: Facts): void {
    switch (method) {
      case 'Page.frameStartedLoading':
        if (params.frameId !== page.frames.main()?.id) return;
        loading = true;
        contents.emit('did-start-loading');
        return;
      case 'Page.frameStoppedLoading':
        if (params.frameId !== page.frames.main()?.id) return;
        loading = false;
        contents.emit('did-stop-loading');
        return;
      case 'Page.domContentEventFired':
        return void contents.emit('dom-ready', {});
      case 'Page.loadEventFired':
        return void contents.emit('did-finish-load');
      case 'Page.frameNavigated':
        navigated(params.frame as { parentId?: string; url: string });
        return;
      case 'Page.navigatedWithinDocument':
        return void contents.emit('did-navigate-in-page', {}, fromChromium(String(params.url)), true);
      case 'Page.frameRequestedNavigation':
        wantsToLeave(String(params.url), params.frameId === page.frames.main()?.id);
        return;
      case 'Page.windowOpen':
        wantsWindow(params);
        return;
      case 'Inspector.targetCrashed':
        crashed = true;
        page.link.cut();
        contents.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 5 });
        return;
    }
  }

  function navigated(frame: { parentId?: string; url: string }): void {
    if (frame.parentId !== undefined) return;
    crashed = false;
    page.link.cut();
    arrive(frame.url).catch(() => undefined);
    contents.emit('did-navigate', {}, fromChromium(frame.url), 200, 'OK');
  }

  /** Addresses that Chromium does not know end there; the app is asked as Electron would ask. */
  function wantsToLeave(url: string, isMainFrame: boolean): void {
    if (/^(https?|about|blob|data|javascript):/i.test(url)) return;
    const event = preventable({
      url,
      isMainFrame,
      isSameDocument: false,
      frame: page.frames.main()?.shown ?? null,
    });
    contents.emit('will-frame-navigate', event, url);
    if (isMainFrame) contents.emit('will-navigate', event, url);
    if (!event.defaultPrevented && standardSchemes().has(schemeOf(url))) loadURL(url).catch(() => undefined);
  }

  function wantsWindow(params: Facts): void {
    const url = fromChromium(String(params.url));
    const details: Electron.HandlerDetails = {
      url,
      frameName: String(params.windowName),
      features: String(params.windowFeatures),
      disposition: 'foreground-tab',
      referrer: { url: '', policy: 'no-referrer' },
    };
    const { action } = openHandler?.(details) ?? { action: 'allow' };
    if (action === 'allow') options.openAnother(url);
  }

  const contents = part<Electron.WebContents>(
    'WebContents',
    {
      id,
      get session() {
        return session.defaultSession;
      },
      get mainFrame() {
        const main = page.frames.main();
        if (main === null) throw new Error('The page has no frame yet.');
        return main.shown;
      },
      getURL: () => fromChromium(page.frames.main()?.url ?? ''),
      getType: () => 'window',
      isDestroyed: () => destroyed,
      isCrashed: () => crashed,
      isLoading: () => loading,
      loadURL,
      reload: () =>
        later(async (target) => {
          target.requests.expect(contents.getURL().replace(/#.*$/, ''));
          await target.send('Page.reload');
        }),
      stop: () => later((target) => target.send('Page.stopLoading')),
      send(channel, ...args: unknown[]) {
        const main = page.frames.main();
        if (main !== null) page.link.send(main, channel, args, []);
      },
      postMessage(channel, message, transfer = []) {
        const main = page.frames.main();
        if (main !== null) page.link.send(main, channel, [message], transfer);
      },
      setWindowOpenHandler(handler) {
        openHandler = handler;
      },
      async executeJavaScript(expression) {
        const target = await page.opened;
        const options = { expression, awaitPromise: true, returnByValue: true };
        const { result, exceptionDetails } = await target.send<{
          result: { value: unknown };
          exceptionDetails?: { text: string };
        }>('Runtime.evaluate', options);
        if (exceptionDetails !== undefined) throw new Error(exceptionDetails.text);
        return result.value;
      },
      forcefullyCrashRenderer: () => later((target) => target.send('Page.crash')),
      isDevToolsOpened: () => false,
      startDrag(item) {
        if (typeof item.icon !== 'string' && item.icon.isEmpty())
          throw new Error('startDrag: the icon must not be empty');
        dragsOf.set(contents, [...(dragsOf.get(contents) ?? []), item]);
      },
      focus: () => undefined,
      close() {
        if (destroyed) return;
        destroyed = true;
        allContents.delete(id);
        page.link.cut();
        later((target) => theChromium().cdp.send('Target.closeTarget', { targetId: target.targetId }));
        contents.emit('destroyed');
      },
    },
    EVENTS,
  );
  allContents.set(id, contents);
  preferencesOf.set(contents, preferences);
  app.emit('web-contents-created', {}, contents);
  return contents;
}
