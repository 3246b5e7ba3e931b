// Puts the menu in place and gives its own items something to do.
import { app, Menu, shell } from 'electron';
import { chooseFolders } from './dialogs.ts';
import type { Engine } from './engine.ts';
import { menuTemplate } from './menu-template.ts';

export function setUpMenu(engine: Engine): void {
  const template = menuTemplate(process.platform, app.isPackaged, {
    addFolder: () => void chooseFolders().then((paths) => addFolders(engine, paths)),
    showLibraryFolder() {
      const directory = engine.libraryDirectory();
      if (directory !== null) shell.showItemInFolder(directory);
    },
  });
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}

/** Folders named by a person: in the native dialog, on the command line, or dropped on the app's icon. */
export function addFolders(engine: Engine, paths: string[]): void {
  if (paths.length > 0) engine.post({ type: 'add-folders', paths });
}
