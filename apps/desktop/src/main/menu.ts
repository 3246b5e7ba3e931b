// Puts the menu in place, in the user's language, and gives its own items something to do.
import { app, Menu, shell } from 'electron';
import { addFolders } from './arrivals.ts';
import { copyDiagnostics } from './diagnostics.ts';
import { chooseFolders, mainWindow } from './dialogs.ts';
import type { Engine } from './engine.ts';
import type { Log } from './log-file.ts';
import { words } from './looks.ts';
import { menuTemplate } from './menu-template.ts';
import { focusWindow } from './window.ts';

/** Again whenever the language changes. */
export function setUpMenu(engine: Engine, log: Log): void {
  const facts = { platform: process.platform, isPackaged: app.isPackaged, words: words() };
  const template = menuTemplate(facts, {
    addFolders: () => void chooseFolders().then((paths) => addFolders(engine, paths)),
    showLibraryFolder() {
      const directory = engine.libraryDirectory();
      if (directory !== null) shell.showItemInFolder(directory);
    },
    showLogFolder: () => void shell.openPath(log.directory),
    copyDiagnostics: () => void copyDiagnostics(engine, log),
    send(command) {
      focusWindow();
      mainWindow()?.webContents.send('semblance:command', command);
    },
  });
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}
