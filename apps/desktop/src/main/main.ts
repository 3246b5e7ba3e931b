// The desktop app, step by step. What each step decides lies in decisions/, as functions that need no Electron.
import { app } from 'electron';
import { receivePaths } from './arrivals.ts';
import { placesOf } from './decisions/places.ts';
import { appFacts } from './diagnostics.ts';
import { createEngine } from './engine.ts';
import { brokerConnections, guardEveryPage, guardSession } from './guards.ts';
import {
  drainBeforeQuitting,
  isOnlyInstance,
  listenToOtherInstances,
  quitWithLastWindow,
  readCommandLine,
} from './lifecycle.ts';
import { openLog } from './log-file.ts';
import { recallLooks } from './looks.ts';
import { setUpMenu } from './menu.ts';
import { listenToPage } from './page-messages.ts';
import { watchPower } from './power.ts';
import { registerSchemes, serveMedia, servePages } from './protocols.ts';
import { createWorkDisplay } from './show-work.ts';
import { createTrayIcon } from './tray.ts';
import { createWantedPhoto } from './wanted-photo.ts';
import { focusWindow, setUpWindow } from './window.ts';

async function main(): Promise<void> {
  const wishes = readCommandLine();
  if (!isOnlyInstance(wishes)) return app.quit();

  const log = openLog(app.getPath('logs'));
  log.write({ from: 'app', what: 'started', facts: appFacts() });
  process.on('uncaughtExceptionMonitor', ({ stack, message }) =>
    log.write({ from: 'app', what: 'failed', names: stack ?? message }),
  );
  registerSchemes();
  app.enableSandbox();
  guardEveryPage();
  const { platform, resourcesPath: resources } = process;
  const places = placesOf({ platform, resources, isPackaged: app.isPackaged, appPath: app.getAppPath() });
  const showWork = createWorkDisplay(focusWindow);
  const wanted = createWantedPhoto();
  const engine = createEngine({
    places,
    wishes,
    log,
    onWork(work) {
      showWork(work);
      tray.show(work);
    },
    onShow: wanted.show,
  });
  const tray = createTrayIcon(places.icons, {
    open: focusWindow,
    setPaused: (paused) => engine.post({ type: 'set-paused', paused }),
    quit: () => app.quit(),
  });
  quitWithLastWindow(tray.isShown);
  listenToOtherInstances(engine);
  drainBeforeQuitting(engine);

  await app.whenReady();
  recallLooks();
  guardSession();
  servePages(places.pages);
  serveMedia(engine);
  brokerConnections(engine);
  setUpMenu(engine, log);
  listenToPage(engine, wanted, () => {
    setUpMenu(engine, log);
    tray.refresh();
  });
  tray.refresh();
  engine.start();
  watchPower(engine);
  receivePaths(engine, wishes.folders);
  setUpWindow(places, log);
  focusWindow();
}

void main();
