// Hands every feature its store.
import { type Context, createElement, type ReactNode } from 'react';
import { albumsFeature } from '../features/albums/store.ts';
import { duplicatesFeature } from '../features/duplicates/store.ts';
import { foldersFeature } from '../features/folders/store.ts';
import { LabelsProvider } from '../features/labels/stores.tsx';
import { library } from '../features/library/store.ts';
import { lightboxFeature } from '../features/lightbox/store.ts';
import { models } from '../features/models/store.ts';
import { navigationFeature } from '../features/navigation/store.ts';
import { progressFeature } from '../features/progress/store.ts';
import { search } from '../features/search/store.ts';
import { aboutFeature } from '../features/settings/about-store.ts';
import { trashFeature } from '../features/trash/store.ts';
import type { Stores } from './stores.ts';

/** Features with a single store. */
type Single = Omit<Stores, 'labels'>;

const CONTEXTS: { [Name in keyof Single]: Context<Single[Name] | null> } = {
  library: library.Context,
  search: search.Context,
  progress: progressFeature.Context,
  lightbox: lightboxFeature.Context,
  folders: foldersFeature.Context,
  about: aboutFeature.Context,
  navigation: navigationFeature.Context,
  albums: albumsFeature.Context,
  duplicates: duplicatesFeature.Context,
  models: models.Context,
  trash: trashFeature.Context,
};

export function Provide({ stores, children }: { stores: Stores; children: ReactNode }): ReactNode {
  return (Object.keys(CONTEXTS) as (keyof Single)[]).reduce<ReactNode>(
    // That each context gets the store of its own name is said by the type of CONTEXTS.
    (inner, name) => createElement(CONTEXTS[name] as Context<unknown>, { value: stores[name] }, inner),
    <LabelsProvider stores={stores.labels}>{children}</LabelsProvider>,
  );
}
