// What an app asks of the system around it. The double has no system: it takes what is asked and does nothing, or
// gives the answer of a quiet computer on mains power. Tests put functions in place of members, or emit events.
import { part, partClass } from '../model.ts';

export const shell = part<Electron.Shell>('shell', {
  openExternal: async () => undefined,
  openPath: async () => '',
  showItemInFolder: () => undefined,
  trashItem: async () => {
    throw new Error('The double has no trash.');
  },
  beep: () => undefined,
});

let themeSource: Electron.NativeTheme['themeSource'] = 'system';

export const nativeTheme = part<Electron.NativeTheme>(
  'nativeTheme',
  {
    get themeSource() {
      return themeSource;
    },
    set themeSource(next: Electron.NativeTheme['themeSource']) {
      themeSource = next;
      nativeTheme.emit('updated');
    },
    get shouldUseDarkColors() {
      return themeSource === 'dark';
    },
    shouldUseHighContrastColors: false,
    shouldUseInvertedColorScheme: false,
    prefersReducedTransparency: false,
  },
  ['updated'],
);

export const powerMonitor = part<Electron.PowerMonitor>(
  'powerMonitor',
  {
    onBatteryPower: false,
    isOnBatteryPower: () => false,
    getSystemIdleTime: () => 0,
    getSystemIdleState: () => 'active',
    getCurrentThermalState: () => 'unknown',
  },
  [
    'suspend',
    'resume',
    'on-ac',
    'on-battery',
    'shutdown',
    'lock-screen',
    'unlock-screen',
    'thermal-state-change',
  ],
);

export const powerSaveBlocker = part<Electron.PowerSaveBlocker>('powerSaveBlocker', {
  start: () => 1,
  stop: () => true,
  isStarted: () => false,
});

export const Notification = partClass<typeof Electron.Notification>(
  'Notification',
  (options = {}) => {
    const shown = part<Electron.Notification>(
      'Notification',
      {
        title: options.title ?? '',
        body: options.body ?? '',
        show: () => void shown.emit('show', {}),
        close: () => void shown.emit('close', {}),
      },
      ['show', 'click', 'close', 'failed', 'action', 'reply'],
    );
    return shown;
  },
  { isSupported: () => true },
);

const DISPLAY = { x: 0, y: 0, width: 1920, height: 1080 };

function display(): Electron.Display {
  return part<Electron.Display>('Display', { id: 1, bounds: DISPLAY, workArea: DISPLAY, scaleFactor: 1 });
}

export const screen = part<Electron.Screen>(
  'screen',
  {
    getPrimaryDisplay: display,
    getAllDisplays: () => [display()],
    getDisplayMatching: display,
    getDisplayNearestPoint: display,
    getCursorScreenPoint: () => ({ x: 0, y: 0 }),
  },
  ['display-added', 'display-removed', 'display-metrics-changed'],
);
