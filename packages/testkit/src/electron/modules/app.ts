// app: the life of the program, where it keeps things, and that it runs once.
import { readFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { part, preventable } from '../model.ts';
import { closeChromium, isReady, launched, needsNotReady, setReady } from '../state.ts';
import { createInstanceLock } from './instance-lock.ts';
import { fileIcon } from './native-image.ts';
import { utilityMetrics } from './utility-process.ts';

const EVENTS = [
  'ready',
  'before-quit',
  'will-quit',
  'quit',
  'window-all-closed',
  'activate',
  'second-instance',
  'open-file',
  'open-url',
  'web-contents-created',
  'browser-window-created',
  'session-created',
  'child-process-gone',
  'render-process-gone',
];

const lock = createInstanceLock((argv, directory, data) =>
  app.emit('second-instance', {}, argv, directory, data),
);
const paths = new Map<string, string>();
const switches = new Map<string, string>();
let quitting = false;
let sandboxed = false;
let name: string | null = null;
let closeWindows: () => boolean = () => true;

function manifest(): { name: string; version: string; productName?: string } {
  return JSON.parse(readFileSync(join(launched().appFolder, 'package.json'), 'utf8'));
}

function quit(): void {
  if (quitting) return;
  quitting = true;
  if (isPrevented('before-quit') || !closeWindows() || isPrevented('will-quit')) {
    quitting = false;
    return;
  }
  exit(0);
}

function isPrevented(event: string): boolean {
  const facts = preventable({});
  app.emit(event, facts);
  return facts.defaultPrevented;
}

function exit(code = 0): void {
  app.emit('quit', {}, code);
  lock.release();
  void closeChromium().then(() => process.exit(code));
}

function pathOf(which: string): string {
  const set = paths.get(which);
  if (set !== undefined) return set;
  const { userData, appFolder } = launched();
  switch (which) {
    case 'userData':
    case 'sessionData':
      return userData;
    case 'logs':
      return join(userData, 'logs');
    case 'crashDumps':
      return join(userData, 'Crashpad');
    case 'home':
      return homedir();
    case 'temp':
      return tmpdir();
    case 'exe':
    case 'module':
      return process.execPath;
    case 'assets':
      return join(appFolder, 'assets');
    case 'appData':
      return join(userData, '..');
    default:
      // A test has no pictures folder of its own to be shown.
      return join(userData, which);
  }
}

export const app = part<Electron.App>(
  'app',
  {
    isPackaged: false,
    get name() {
      return app.getName();
    },
    set name(next: string) {
      name = next;
    },
    commandLine: part<Electron.CommandLine>('app.commandLine', {
      appendSwitch: (key, value = '') => void switches.set(key, value),
      hasSwitch: (key) => switches.has(key),
      getSwitchValue: (key) => switches.get(key) ?? '',
      removeSwitch: (key) => void switches.delete(key),
      appendArgument: () => undefined,
    }),
    whenReady: () => (isReady() ? Promise.resolve() : new Promise((done) => app.once('ready', () => done()))),
    isReady,
    quit,
    exit,
    focus: () => undefined,
    getVersion: () => manifest().version,
    getName: () => name ?? manifest().productName ?? manifest().name,
    setName(next) {
      name = next;
    },
    getAppPath: () => launched().appFolder,
    getPath: (which) => pathOf(which),
    setPath: (which, path) => void paths.set(which, path),
    setAppLogsPath: (path) => void paths.set('logs', path ?? pathOf('logs')),
    setAppUserModelId: () => undefined,
    setAboutPanelOptions: () => undefined,
    getFileIcon: async () => fileIcon(),
    addRecentDocument: () => undefined,
    clearRecentDocuments: () => undefined,
    setBadgeCount: () => true,
    getLocale: () => launched().language,
    getSystemLocale: () => launched().language,
    getPreferredSystemLanguages: () => [launched().language],
    getLocaleCountryCode: () => launched().language.split('-')[1] ?? '',
    getGPUFeatureStatus: () => ({}) as Electron.GPUFeatureStatus,
    getAppMetrics: utilityMetrics,
    enableSandbox() {
      needsNotReady('app.enableSandbox()');
      sandboxed = true;
    },
    requestSingleInstanceLock: (data) => lock.request(launched().userData, data),
    hasSingleInstanceLock: () => lock.isHeld(),
    releaseSingleInstanceLock: () => lock.release(),
  },
  EVENTS,
);

export function isQuitting(): boolean {
  return quitting;
}

/** `app.enableSandbox()`: a page's own preferences cannot switch the sandbox off. */
export function isSandboxed(): boolean {
  return sandboxed;
}

/** @param close closes every window; false when one would not be closed */
export function becomeReady(close: () => boolean): void {
  closeWindows = close;
  setReady();
  app.emit('ready', {}, {});
}
