// Menu and MenuItem: a tree that tests can read and click. Nothing is drawn.
import { part, partClass } from '../model.ts';

let applicationMenu: Electron.Menu | null = null;

function item(options: Electron.MenuItemConstructorOptions): Electron.MenuItem {
  const { label, role, type, submenu, click, accelerator, id, sublabel = '', toolTip = '' } = options;
  if (label === undefined && role === undefined && type !== 'separator')
    throw new TypeError('MenuItem: a label, a role or the type "separator" is needed');
  let checked = options.checked ?? false;
  const made: Electron.MenuItem = part<Electron.MenuItem>('MenuItem', {
    id: id ?? '',
    label: label ?? role ?? '',
    type: type ?? (submenu === undefined ? 'normal' : 'submenu'),
    enabled: options.enabled ?? true,
    visible: options.visible ?? true,
    get checked() {
      return checked;
    },
    set checked(next: boolean) {
      checked = next;
    },
    sublabel,
    toolTip,
    ...(role !== undefined && { role: role as NonNullable<Electron.MenuItem['role']> }),
    ...(accelerator !== undefined && { accelerator }),
    ...(submenu !== undefined && { submenu: Array.isArray(submenu) ? menuOf(submenu) : submenu }),
    click(event: Electron.KeyboardEvent, window: Electron.BaseWindow) {
      if (type === 'checkbox') checked = !checked;
      if (type === 'radio') checked = true;
      click?.(made, window, event);
    },
  });
  return made;
}

function menu(): Electron.Menu {
  const items: Electron.MenuItem[] = [];
  const made = part<Electron.Menu>(
    'Menu',
    {
      items,
      append: (added) => void items.push(added),
      insert: (at, added) => void items.splice(at, 0, added),
      getMenuItemById: (id) => find(items, id),
      popup: () => void made.emit('menu-will-show'),
      closePopup: () => void made.emit('menu-will-close'),
    },
    ['menu-will-show', 'menu-will-close'],
  );
  return made;
}

function find(items: readonly Electron.MenuItem[], id: string): Electron.MenuItem | null {
  for (const candidate of items) {
    if (candidate.id === id) return candidate;
    const below = candidate.type === 'submenu' ? find(candidate.submenu?.items ?? [], id) : null;
    if (below !== null) return below;
  }
  return null;
}

function menuOf(
  template: readonly (Electron.MenuItemConstructorOptions | Electron.MenuItem)[],
): Electron.Menu {
  const made = menu();
  for (const entry of template) made.append(item(entry as Electron.MenuItemConstructorOptions));
  return made;
}

export const Menu = partClass<typeof Electron.Menu>('Menu', menu, {
  buildFromTemplate: menuOf,
  setApplicationMenu(next) {
    applicationMenu = next;
  },
  getApplicationMenu: () => applicationMenu,
});

export const MenuItem = partClass<typeof Electron.MenuItem>('MenuItem', item);
