// The application menu as data.
import type { MenuItemConstructorOptions } from 'electron';
import type { Command } from '../shared/commands.ts';
import type { Words } from './decisions/words.ts';

type Item = MenuItemConstructorOptions;

export interface MenuActions {
  addFolders(): void;
  showLibraryFolder(): void;
  showLogFolder(): void;
  copyDiagnostics(): void;
  /** Something that the page does itself. */
  send(command: Command): void;
}

export interface MenuFacts {
  platform: NodeJS.Platform;
  isPackaged: boolean;
  words: Words;
}

const SEPARATOR: Item = { type: 'separator' };

export function menuTemplate({ platform, isPackaged, words }: MenuFacts, actions: MenuActions): Item[] {
  const mac = platform === 'darwin';
  const t = words.menu;
  const command = (label: string, name: Command, accelerator?: string, more: Item = {}): Item => ({
    label,
    click: () => actions.send(name),
    ...(accelerator !== undefined && { accelerator }),
    ...more,
  });
  /** The page listens to these keys itself, which knows whether somebody is typing: the menu only shows them. */
  const shown: Item = { registerAccelerator: false };
  const settings = command(t.settings, 'settings', 'CmdOrCtrl+,');
  const about: Item = { role: 'about', label: t.about };

  const app: Item = {
    role: 'appMenu',
    submenu: [
      about,
      SEPARATOR,
      settings,
      SEPARATOR,
      { role: 'services', label: t.services },
      SEPARATOR,
      { role: 'hide', label: t.hide },
      { role: 'hideOthers', label: t.hideOthers },
      { role: 'unhide', label: t.showAll },
      SEPARATOR,
      { role: 'quit', label: t.quit },
    ],
  };
  const file: Item = {
    label: t.file,
    submenu: [
      { label: t.addFolders, accelerator: 'CmdOrCtrl+O', click: actions.addFolders },
      SEPARATOR,
      mac ? { role: 'close', label: t.close } : { role: 'quit', label: t.quit },
    ],
  };
  const edit: Item = {
    label: t.edit,
    submenu: [
      command(t.undo, 'undo', 'CmdOrCtrl+Z', shown),
      { role: 'redo', label: t.redo },
      SEPARATOR,
      { role: 'cut', label: t.cut },
      { role: 'copy', label: t.copy },
      { role: 'paste', label: t.paste },
      { role: 'selectAll', label: t.selectAll },
      SEPARATOR,
      command(t.find, 'find', 'CmdOrCtrl+K', shown),
      ...(mac ? [] : [SEPARATOR, settings]),
    ],
  };
  /** Keys without Ctrl or Cmd; macOS would take them from whoever types. */
  const letter = (label: string, name: Command, key: string): Item =>
    mac ? command(label, name) : command(label, name, key, shown);
  const photo: Item = {
    label: t.photo,
    submenu: [
      letter(t.favourite, 'photo-favourite', 'F'),
      letter(t.addToAlbum, 'photo-album', 'A'),
      letter(t.label, 'photo-label', 'L'),
      SEPARATOR,
      command(t.copyPicture, 'photo-copy'),
      command(t.openElsewhere, 'photo-open-elsewhere'),
      command(t.reveal, 'photo-reveal'),
      letter(t.exportCopies, 'photo-export', 'E'),
      SEPARATOR,
      letter(t.hidePhoto, 'photo-hide', 'H'),
      letter(t.trash, 'photo-trash', 'Delete'),
    ],
  };
  const view: Item = {
    label: t.view,
    submenu: [
      { role: 'resetZoom', label: t.actualSize },
      { role: 'zoomIn', label: t.zoomIn },
      { role: 'zoomOut', label: t.zoomOut },
      SEPARATOR,
      { role: 'togglefullscreen', label: t.fullScreen },
      ...(isPackaged
        ? []
        : [
            SEPARATOR,
            { role: 'reload', label: t.reload } satisfies Item,
            { role: 'toggleDevTools', label: t.devTools } satisfies Item,
          ]),
    ],
  };
  const go: Item = {
    label: t.go,
    submenu: [
      command(t.photos, 'go-photos', 'CmdOrCtrl+1'),
      command(t.favourites, 'go-favourites', 'CmdOrCtrl+2'),
      command(t.recent, 'go-recent', 'CmdOrCtrl+3'),
      command(t.albums, 'go-albums', 'CmdOrCtrl+4'),
      command(t.labels, 'go-labels', 'CmdOrCtrl+5'),
      command(t.duplicates, 'go-duplicates', 'CmdOrCtrl+6'),
    ],
  };
  const window: Item = {
    role: 'windowMenu',
    label: t.window,
    submenu: mac
      ? [
          { role: 'minimize', label: t.minimize },
          { role: 'zoom', label: t.zoom },
          SEPARATOR,
          { role: 'front', label: t.front },
        ]
      : [
          { role: 'minimize', label: t.minimize },
          { role: 'close', label: t.close },
        ],
  };
  const help: Item = {
    role: 'help',
    label: t.help,
    submenu: [
      command(t.shortcuts, 'shortcuts', mac ? 'Cmd+Shift+/' : 'F1'),
      SEPARATOR,
      { label: t.libraryFolder, click: actions.showLibraryFolder },
      { label: t.logFolder, click: actions.showLogFolder },
      { label: t.diagnostics, click: actions.copyDiagnostics },
      ...(mac ? [] : [SEPARATOR, about]),
    ],
  };
  return [...(mac ? [app] : []), file, edit, photo, view, go, window, help];
}
