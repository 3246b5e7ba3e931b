// session: the default one, with the hooks that an app guards itself by.
import { part } from '../model.ts';
import { needsReady, profileFolder } from '../state.ts';
import { protocol } from './protocol.ts';

type RequestListener = (
  details: Electron.OnBeforeRequestListenerDetails,
  callback: (answer: Electron.CallbackResponse) => void,
) => void;
type PermissionRequest = Parameters<Electron.Session['setPermissionRequestHandler']>[0];
type PermissionCheck = Parameters<Electron.Session['setPermissionCheckHandler']>[0];
type Device = Parameters<Electron.Session['setDevicePermissionHandler']>[0];
type DisplayMedia = Parameters<Electron.Session['setDisplayMediaRequestHandler']>[0];

let beforeRequest: RequestListener | null = null;
let permissionRequest: PermissionRequest = null;
let permissionCheck: PermissionCheck = null;
let device: Device = null;
let displayMedia: DisplayMedia = null;
let spellChecker = true;

const webRequest = part<Electron.WebRequest>('session.webRequest', {
  onBeforeRequest(...args: unknown[]) {
    if (args.length > 1)
      throw new Error('electron: a filter of onBeforeRequest is not modelled by the double.');
    beforeRequest = args[0] as RequestListener | null;
  },
});

const defaultSession = part<Electron.Session>(
  'session',
  {
    webRequest,
    protocol,
    get storagePath() {
      return profileFolder();
    },
    setPermissionRequestHandler: (handler) => {
      permissionRequest = handler;
    },
    setPermissionCheckHandler: (handler) => {
      permissionCheck = handler;
    },
    setDevicePermissionHandler: (handler) => {
      device = handler;
    },
    setDisplayMediaRequestHandler: (handler) => {
      displayMedia = handler;
    },
    setSpellCheckerEnabled: (enable) => {
      spellChecker = enable;
    },
    isSpellCheckerEnabled: () => spellChecker,
    async clearStorageData() {
      await Promise.all([...clearers.values()].map((clear) => clear()));
    },
    async clearCache() {},
    isPersistent: () => true,
  },
  ['will-download'],
);

/** By origin, as Chromium knows it: clears what its pages keep. */
const clearers = new Map<string, () => Promise<unknown>>();

export function originSeen(origin: string, clear: () => Promise<unknown>): void {
  clearers.set(origin, clear);
}

export const session = {
  get defaultSession() {
    needsReady('Session');
    return defaultSession;
  },
} satisfies Partial<typeof Electron.session> as unknown as typeof Electron.session;

/** Asks the app about a request. @returns whether it goes on */
export function mayGoOut(details: Electron.OnBeforeRequestListenerDetails): Promise<boolean> {
  const listener = beforeRequest;
  if (listener === null) return Promise.resolve(true);
  return new Promise((resolve) =>
    listener(details, ({ cancel, redirectURL }) => {
      if (redirectURL !== undefined)
        throw new Error('electron: redirectURL of onBeforeRequest is not modelled by the double.');
      resolve(cancel !== true);
    }),
  );
}

/** What the app says when a page asks for a permission; without a handler Electron grants. */
export function requested(
  contents: Electron.WebContents,
  permission: string,
  requestingUrl: string,
): Promise<boolean> {
  const handler = permissionRequest;
  if (handler === null) return Promise.resolve(true);
  return new Promise((resolve) =>
    handler(contents, permission as 'unknown', resolve, {
      requestingUrl,
      isMainFrame: true,
    } as Electron.PermissionRequest),
  );
}

/** What the app says when Chromium looks whether a permission is there. */
export function checked(contents: Electron.WebContents, permission: string, origin: string): boolean {
  const details = {
    isMainFrame: true,
    requestingUrl: `${origin}/`,
  } as Electron.PermissionCheckHandlerHandlerDetails;
  return permissionCheck?.(contents, permission as 'geolocation', origin, details) ?? true;
}

/** What the app says about a device; null when it was never asked to. */
export function deviceAllowed(deviceType: 'hid' | 'serial' | 'usb', origin: string): boolean | null {
  const facts = { deviceType, origin, device: {} } as Electron.DevicePermissionHandlerHandlerDetails;
  return device?.(facts) ?? null;
}

/** Whether a page would get a screen to look at; null when the app was never asked. */
export function displayShared(
  request: Electron.DisplayMediaRequestHandlerHandlerRequest,
): Promise<boolean | null> {
  const handler = displayMedia;
  if (handler === null) return Promise.resolve(null);
  return new Promise((resolve) =>
    handler(request, (streams) => resolve(streams?.video !== undefined || streams?.audio !== undefined)),
  );
}
