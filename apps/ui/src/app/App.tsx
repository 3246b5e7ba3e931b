// The root: looks and language from the settings, then the screen that fits the state of the engine.
import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { useCallback, useEffect } from 'react';
import { type StoreApi, useStore } from 'zustand';
import type { Client } from '../connection/connection.ts';
import { nativeBridge } from '../connection/native.ts';
import { type SettingsState, settingsFeature } from '../features/settings/store.ts';
import { EngineProvider } from '../shared/engine-context.tsx';
import { switchLanguage } from '../shared/i18n.ts';
import { UndoProvider } from '../shared/undo.tsx';
import { Provide } from './Provide.tsx';
import { Shell } from './Shell.tsx';
import type { Stores } from './stores.ts';
import { theme } from './theme.ts';
import { useColorScheme } from './useColorScheme.ts';
import { Connecting, Expired, Refused } from './Waiting.tsx';
import type { EngineState } from './wire.ts';

export interface AppProps {
  client: Client;
  stores: Stores;
  settings: StoreApi<SettingsState>;
  engine: StoreApi<EngineState>;
  mediaBase: string;
}

export function App({ settings, ...rest }: AppProps) {
  const language = useStore(settings, (state) => state.language);
  const wished = useStore(settings, (state) => state.theme);
  const tray = useStore(settings, (state) => state.tray);
  const scheme = useColorScheme(wished);
  useEffect(() => void switchLanguage(language), [language]);
  useEffect(() => nativeBridge()?.tellLooks({ theme: wished, language, tray }), [wished, language, tray]);
  return (
    <MantineProvider theme={theme} forceColorScheme={scheme}>
      <Notifications position="bottom-center" zIndex={10_000} />
      <settingsFeature.Context value={settings}>
        <Provide stores={rest.stores}>
          <Screen {...rest} />
        </Provide>
      </settingsFeature.Context>
    </MantineProvider>
  );
}

function Screen({ client, stores, engine, mediaBase }: Omit<AppProps, 'settings'>) {
  const { link, info, refused } = useStore(engine, (state) => state);
  const undo = useCallback((id: number) => client.acts.undo({ id }), [client]);
  const onUndone = useCallback(() => afterAct(stores), [stores]);
  if (link === 'expired') return <Expired />;
  if (info === null && refused !== null) return <Refused fault={refused} />;
  if (info === null) return <Connecting lost={link === 'lost'} />;
  return (
    <EngineProvider info={info} client={client} mediaBase={mediaBase}>
      <UndoProvider undo={undo} onUndone={onUndone}>
        <Shell lost={link === 'lost'} />
      </UndoProvider>
    </EngineProvider>
  );
}

/** What an act may have changed beside the photos, which follow the library's revision by themselves. */
function afterAct({ library, search, albums, lightbox, trash }: Stores): void {
  void trash.getState().refresh();
  library.getState().reload();
  void albums.getState().load();
  lightbox.getState().refresh();
  if (search.getState().phase === 'done') search.getState().again();
}
