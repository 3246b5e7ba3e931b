// Tray: an icon that nobody sees. Tests ask for those that are shown, and for the menu of each (controls.ts).
import { part, partClass } from '../model.ts';
import { needsReady } from '../state.ts';

const shown = new Map<Electron.Tray, Electron.Menu | null>();

function open(image: Electron.NativeImage | string): Electron.Tray {
  needsReady('Cannot create Tray before app is ready: it');
  // Electron refuses none, and shows nothing: a test must notice.
  if (typeof image !== 'string' && image.isEmpty()) throw new Error('Tray: the picture is empty');
  const made: Electron.Tray = part<Electron.Tray>(
    'Tray',
    {
      destroy: () => void shown.delete(made),
      isDestroyed: () => !shown.has(made),
      setImage: () => undefined,
      setToolTip: () => undefined,
      setTitle: () => undefined,
      setContextMenu: (menu) => void shown.set(made, menu),
      getBounds: () => ({ x: 0, y: 0, width: 0, height: 0 }),
    },
    ['click', 'right-click', 'double-click', 'middle-click'],
  );
  shown.set(made, null);
  return made;
}

export const Tray = partClass<typeof Electron.Tray>('Tray', open);

/** The icons that are there, each with its menu. */
export function trays(): { tray: Electron.Tray; menu: Electron.Menu | null }[] {
  return [...shown].map(([tray, menu]) => ({ tray, menu }));
}
