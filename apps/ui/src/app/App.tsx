// The root: looks and language from the settings, then the screen that fits the state of the engine.
import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { useEffect } from 'react';
import { type StoreApi, useStore } from 'zustand';
import { duplicatesFeature } from '../features/duplicates/store.ts';
import { foldersFeature } from '../features/folders/store.ts';
import { library } from '../features/library/store.ts';
import { lightboxFeature } from '../features/lightbox/store.ts';
import { progressFeature } from '../features/progress/store.ts';
import { search } from '../features/search/store.ts';
import { aboutFeature } from '../features/settings/about-store.ts';
import { type SettingsState, settingsFeature } from '../features/settings/store.ts';
import { EngineProvider } from '../shared/engine-context.tsx';
import { switchLanguage } from '../shared/i18n.ts';
import { Shell } from './Shell.tsx';
import type { Stores } from './stores.ts';
import { theme } from './theme.ts';
import { useColorScheme } from './useColorScheme.ts';
import { Connecting, Expired } from './Waiting.tsx';
import type { EngineState } from './wire.ts';

export interface AppProps {
  stores: Stores;
  settings: StoreApi<SettingsState>;
  engine: StoreApi<EngineState>;
  mediaBase: string;
}

export function App({ stores, settings, engine, mediaBase }: AppProps) {
  const language = useStore(settings, (state) => state.language);
  const scheme = useColorScheme(useStore(settings, (state) => state.theme));
  useEffect(() => void switchLanguage(language), [language]);
  return (
    <MantineProvider theme={theme} forceColorScheme={scheme}>
      <Notifications position="bottom-center" zIndex={10_000} />
      <settingsFeature.Context value={settings}>
        <library.Context value={stores.library}>
          <search.Context value={stores.search}>
            <progressFeature.Context value={stores.progress}>
              <lightboxFeature.Context value={stores.lightbox}>
                <foldersFeature.Context value={stores.folders}>
                  <aboutFeature.Context value={stores.about}>
                    <duplicatesFeature.Context value={stores.duplicates}>
                      <Screen engine={engine} mediaBase={mediaBase} />
                    </duplicatesFeature.Context>
                  </aboutFeature.Context>
                </foldersFeature.Context>
              </lightboxFeature.Context>
            </progressFeature.Context>
          </search.Context>
        </library.Context>
      </settingsFeature.Context>
    </MantineProvider>
  );
}

function Screen({ engine, mediaBase }: Pick<AppProps, 'engine' | 'mediaBase'>) {
  const { link, info } = useStore(engine, (state) => state);
  if (link === 'expired') return <Expired />;
  if (info === null) return <Connecting lost={link === 'lost'} />;
  return (
    <EngineProvider info={info} mediaBase={mediaBase}>
      <Shell lost={link === 'lost'} />
    </EngineProvider>
  );
}
