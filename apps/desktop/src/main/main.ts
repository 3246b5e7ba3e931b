// The desktop app, step by step. What each step decides lies in decisions/, as functions that need no Electron.
import { app } from 'electron';
import { placesOf } from './decisions/places.ts';
import { createEngine } from './engine.ts';
import { brokerConnections, guardEveryPage, guardSession } from './guards.ts';
import {
  drainBeforeQuitting,
  isOnlyInstance,
  listenToOtherInstances,
  quitWithLastWindow,
  readCommandLine,
} from './lifecycle.ts';
import { addFolders, setUpMenu } from './menu.ts';
import { registerSchemes, serveMedia, servePages } from './protocols.ts';
import { openWindow } from './window.ts';

async function main(): Promise<void> {
  const wishes = readCommandLine();
  if (!isOnlyInstance(wishes)) return app.quit();

  registerSchemes();
  app.enableSandbox();
  guardEveryPage();
  quitWithLastWindow();

  const { platform, resourcesPath: resources } = process;
  const places = placesOf({ platform, resources, isPackaged: app.isPackaged, appPath: app.getAppPath() });
  const engine = createEngine(places, wishes);
  listenToOtherInstances(engine);
  drainBeforeQuitting(engine);

  await app.whenReady();
  guardSession();
  servePages(places.pages);
  serveMedia(engine);
  brokerConnections(engine);
  setUpMenu(engine);
  engine.start();
  addFolders(engine, wishes.folders);
  openWindow(places);
}

void main();
