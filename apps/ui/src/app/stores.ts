// All feature stores of one window, made around one engine client.
import type { Client } from '../connection/connection.ts';
import { createAlbumsStore } from '../features/albums/store.ts';
import { createDuplicatesStore } from '../features/duplicates/store.ts';
import { createFoldersStore } from '../features/folders/store.ts';
import { createLabelsStores } from '../features/labels/stores.tsx';
import { createLibraryStore } from '../features/library/store.ts';
import { createLightboxStore } from '../features/lightbox/store.ts';
import { createModelsStore } from '../features/models/store.ts';
import { createNavigationStore } from '../features/navigation/store.ts';
import { createProgressStore } from '../features/progress/store.ts';
import { createSearchStore } from '../features/search/store.ts';
import { createAboutStore } from '../features/settings/about-store.ts';
import { createTrashStore } from '../features/trash/store.ts';

export function createStores(client: Client) {
  return {
    library: createLibraryStore(client),
    search: createSearchStore(client),
    progress: createProgressStore(client),
    lightbox: createLightboxStore(client),
    folders: createFoldersStore(client),
    about: createAboutStore(client),
    labels: createLabelsStores(client),
    navigation: createNavigationStore(window.localStorage),
    albums: createAlbumsStore(client),
    duplicates: createDuplicatesStore(client),
    models: createModelsStore(client),
    trash: createTrashStore(client),
  };
}

export type Stores = ReturnType<typeof createStores>;
