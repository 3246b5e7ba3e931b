// BrowserWindow: a page of headless Chromium, and the facts of a window that nobody sees.
import { eventsOf, part, partClass } from '../model.ts';
import { needsReady } from '../state.ts';
import { app, isQuitting } from './app.ts';
import { allContents, createWebContents } from './web-contents.ts';

const EVENTS = eventsOf('BrowserWindow', [
  'ready-to-show',
  'show',
  'hide',
  'focus',
  'blur',
  'close',
  'closed',
  'minimize',
  'restore',
  'maximize',
  'unmaximize',
  'enter-full-screen',
  'leave-full-screen',
  'move',
  'moved',
  'resize',
  'resized',
  'page-title-updated',
  'session-end',
]);

const windows = new Map<number, Electron.BrowserWindow>();
let focused: Electron.BrowserWindow | null = null;
let lastId = 0;

function open(options: Electron.BrowserWindowConstructorOptions = {}): Electron.BrowserWindow {
  needsReady('Cannot create BrowserWindow before app is ready: it');
  lastId += 1;
  const id = lastId;
  const { width = 800, height = 600, x = 0, y = 0, show = true, webPreferences = {} } = options;
  let bounds = { x, y, width, height };
  let state: 'normal' | 'minimized' | 'maximized' | 'fullscreen' = 'normal';
  let visible = show;
  let destroyed = false;
  let title = options.title ?? app.getName();
  let shownBefore = false;
  const contents = createWebContents({
    preferences: webPreferences,
    width,
    height,
    openAnother: (url) =>
      void open()
        .loadURL(url)
        .catch(() => undefined),
  });

  function become(next: typeof state, event: string): void {
    state = next;
    window.emit(event);
  }

  function destroy(): void {
    if (destroyed) return;
    destroyed = true;
    windows.delete(id);
    if (focused === window) focused = null;
    contents.close();
    window.emit('closed');
    if (windows.size === 0 && !isQuitting()) {
      if (app.listenerCount('window-all-closed') === 0) app.quit();
      else app.emit('window-all-closed');
    }
  }

  const window: Electron.BrowserWindow = part<Electron.BrowserWindow>(
    'BrowserWindow',
    {
      id,
      webContents: contents,
      loadURL: (url) => contents.loadURL(url),
      reload: () => contents.reload(),
      isDestroyed: () => destroyed,
      destroy,
      close() {
        let prevented = false;
        window.emit('close', {
          preventDefault: () => {
            prevented = true;
          },
        });
        if (!prevented) destroy();
      },
      show() {
        visible = true;
        window.emit('show');
        window.focus();
      },
      showInactive() {
        visible = true;
        window.emit('show');
      },
      hide() {
        visible = false;
        window.emit('hide');
      },
      focus() {
        if (focused === window) return;
        focused?.emit('blur');
        focused = window;
        window.emit('focus');
      },
      blur() {
        if (focused !== window) return;
        focused = null;
        window.emit('blur');
      },
      isFocused: () => focused === window,
      isVisible: () => visible && state !== 'minimized',
      minimize: () => become('minimized', 'minimize'),
      restore: () => become('normal', 'restore'),
      maximize: () => become('maximized', 'maximize'),
      unmaximize: () => become('normal', 'unmaximize'),
      setFullScreen: (on) =>
        on ? become('fullscreen', 'enter-full-screen') : become('normal', 'leave-full-screen'),
      isMinimized: () => state === 'minimized',
      isMaximized: () => state === 'maximized',
      isFullScreen: () => state === 'fullscreen',
      isNormal: () => state === 'normal',
      getBounds: () => ({ ...bounds }),
      getNormalBounds: () => ({ ...bounds }),
      setBounds(next) {
        bounds = { ...bounds, ...next };
        window.emit('resize');
      },
      getSize: () => [bounds.width, bounds.height],
      getTitle: () => title,
      setTitle(next) {
        title = next;
      },
      setBackgroundColor: () => undefined,
      setProgressBar: () => undefined,
      setMenuBarVisibility: () => undefined,
      setOverlayIcon: () => undefined,
      flashFrame: () => undefined,
    },
    EVENTS,
  );
  windows.set(id, window);
  contents.on('did-finish-load', () => {
    if (!shownBefore) window.emit('ready-to-show');
    shownBefore = true;
  });
  app.emit('browser-window-created', {}, window);
  return window;
}

export function closeAllWindows(): boolean {
  for (const window of [...windows.values()]) window.close();
  return windows.size === 0;
}

export const BrowserWindow = partClass<typeof Electron.BrowserWindow>(
  'BrowserWindow',
  (options) => open(options),
  {
    getAllWindows: () => [...windows.values()],
    getFocusedWindow: () => focused,
    fromId: (id) => windows.get(id) ?? null,
    fromWebContents: (contents) =>
      [...windows.values()].find((window) => window.webContents === contents) ?? null,
  },
);

export const webContents = part<typeof Electron.webContents>('webContents', {
  getAllWebContents: () => [...allContents.values()],
  fromId: (id) => allContents.get(id),
  getFocusedWebContents: () => focused?.webContents ?? null,
});
