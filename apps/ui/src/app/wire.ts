// Joins the features, which do not know each other: progress drives the library and the folders, a finished run
// refreshes the search, and the link's state is kept where the screens look for it.
import type { AppInfo } from '@semblance/contract';
import { createStore, type StoreApi } from 'zustand';
import type { Connection } from '../connection/connection.ts';
import type { Fault } from '../connection/faults.ts';
import { follow, type LinkState } from '../connection/follow.ts';
import type { Stores } from './stores.ts';

export interface EngineState {
  link: LinkState;
  info: AppInfo | null;
  /** Why the engine cannot open the library, if it says so. */
  refused: Fault | null;
}

/** While photos pour in, counts and results are refreshed no more often than this. */
const REFRESH_MS = 5000;

export function wire(
  connection: Connection,
  stores: Stores,
): { engine: StoreApi<EngineState>; start(): () => void } {
  const engine = createStore<EngineState>(() => ({ link: 'connecting', info: null, refused: null }));
  let refreshed = 0;
  let revision = -1;
  let wasWorking = false;
  let later: ReturnType<typeof setTimeout> | undefined;

  const refresh = () => {
    clearTimeout(later);
    later = undefined;
    refreshed = Date.now();
    void stores.folders.getState().load();
    void stores.trash.getState().refresh();
    stores.labels.refresh();
    if (stores.search.getState().phase === 'done') stores.search.getState().again();
  };

  const start = () => {
    const stop = new AbortController();
    void follow(
      connection,
      {
        onState: (link) => {
          const before = engine.getState().link;
          engine.setState({ link });
          if (link !== 'ready') return;
          void stores.folders.getState().load();
          void stores.trash.getState().refresh();
          if (before === 'lost') {
            stores.library.getState().reload();
            if (stores.search.getState().phase === 'error') stores.search.getState().again();
          }
        },
        onRefused: (refused) => engine.setState({ refused }),
        onInfo: (info) => engine.setState({ info }),
        onProgress: (progress) => {
          stores.progress.getState().receive(progress);
          stores.library.getState().follow(progress.revision);
          const working = progress.state === 'indexing' || progress.state === 'scanning';
          const moved = progress.revision !== revision;
          const ended = wasWorking && !working;
          const wait = refreshed + REFRESH_MS - Date.now();
          if (revision >= 0 && (ended || (moved && wait <= 0))) refresh();
          // The last change of a series may be the last for hours.
          else if (revision >= 0 && moved) later ??= setTimeout(refresh, wait);
          revision = progress.revision;
          wasWorking = working;
        },
      },
      stop.signal,
    );
    const unlink = stores.trash.subscribe(({ report }, before) => {
      if (report === null || report === before.report || report.restored === 0) return;
      stores.library.getState().reload();
      void stores.albums.getState().load();
    });
    return () => {
      stop.abort();
      unlink();
      clearTimeout(later);
    };
  };
  return { engine, start };
}
