// Pictures that somebody opened with the app: each is shown as the photo that it is in the library. One that is not there yet
// is shown when it comes, for its folder may be added because of it.
import { realpath } from 'node:fs/promises';
import type { Engine } from '@semblance/engine';
import { isBelow } from '../shared/is-below.ts';
import type { FromEngine, ToEngine } from '../shared/messages.ts';

type Services = { folders: Pick<Engine['services']['folders'], 'list'> } & {
  library: Pick<Engine['services']['library'], 'photoAt'>;
};

export interface OpenedFiles {
  look(services: Services, opened: Omit<Extract<ToEngine, { type: 'look-around' }>, 'type'>): Promise<void>;
  /** Something was indexed. */
  lookAgain(services: Services): Promise<void>;
}

export function createOpenedFiles(post: (message: FromEngine) => void): OpenedFiles {
  /** Of the last time that pictures were opened; whoever opens others does not wait for these. */
  let awaited: readonly string[] = [];

  async function show({ library }: Services): Promise<void> {
    const wanted = awaited;
    for (const file of wanted) {
      const photoId = await library.photoAt(file);
      // Others were opened meanwhile, or this one has been shown.
      if (awaited !== wanted) return;
      if (photoId === null) continue;
      awaited = [];
      return post({ type: 'show-photo', photoId });
    }
  }

  return {
    async look(services, { files, folders }) {
      awaited = files;
      await show(services);
      const known = services.folders.list();
      // The library knows real paths only.
      const named = await Promise.all(folders.map((path) => realpath(path).catch(() => path)));
      const unknown = named.filter(
        (path) => !known.some((folder) => folder.path === path || isBelow(folder.path, path)),
      );
      if (unknown.length > 0) post({ type: 'offer-folders', paths: unknown });
    },
    async lookAgain(services) {
      if (awaited.length > 0) await show(services);
    },
  };
}
