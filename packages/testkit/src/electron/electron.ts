// The module that `import … from 'electron'` means under the double. A name that is not here is not modelled, and
// importing it fails by that name.
import { app } from './modules/app.ts';
import { BrowserWindow, webContents } from './modules/browser-window.ts';
import { ClipboardItem, clipboard } from './modules/clipboard.ts';
import { dialog } from './modules/dialog.ts';
import { ipcMain } from './modules/ipc-main.ts';
import { Menu, MenuItem } from './modules/menu.ts';
import { nativeImage } from './modules/native-image.ts';
import { net, protocol } from './modules/protocol.ts';
import { session } from './modules/session.ts';
import {
  Notification,
  nativeTheme,
  powerMonitor,
  powerSaveBlocker,
  screen,
  shell,
} from './modules/system.ts';
import { Tray } from './modules/tray.ts';
import { MessageChannelMain, utilityProcess } from './modules/utility-process.ts';

const electron = {
  app,
  BrowserWindow,
  ClipboardItem,
  clipboard,
  dialog,
  ipcMain,
  Menu,
  MenuItem,
  MessageChannelMain,
  nativeImage,
  nativeTheme,
  net,
  Notification,
  powerMonitor,
  powerSaveBlocker,
  protocol,
  screen,
  session,
  shell,
  Tray,
  utilityProcess,
  webContents,
} satisfies Partial<typeof Electron.CrossProcessExports>;

export default electron;
export {
  app,
  BrowserWindow,
  ClipboardItem,
  clipboard,
  dialog,
  ipcMain,
  Menu,
  MenuItem,
  MessageChannelMain,
  Notification,
  nativeImage,
  nativeTheme,
  net,
  powerMonitor,
  powerSaveBlocker,
  protocol,
  screen,
  session,
  shell,
  Tray,
  utilityProcess,
  webContents,
};
