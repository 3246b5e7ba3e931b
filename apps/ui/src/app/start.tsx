// From a connection to a living window. Separate from the entry so that the fake engine starts the same window.
import { createRoot } from 'react-dom/client';
import '@fontsource-variable/inter/wght.css';
import '@mantine/core/styles.layer.css';
import '@mantine/notifications/styles.layer.css';
import './app.css';
import type { Connection } from '../connection/connection.ts';
import { createSettingsStore } from '../features/settings/store.ts';
import { startI18n } from '../shared/i18n.ts';
import { App } from './App.tsx';
import { createStores } from './stores.ts';
import { syncUrl } from './url-sync.ts';
import { wire } from './wire.ts';

export async function start(connection: Connection, root: HTMLElement): Promise<void> {
  const settings = createSettingsStore(window.localStorage);
  await startI18n(settings.getState().language);
  const stores = createStores(connection.client);
  const { engine, start: startFollowing } = wire(connection, stores);
  syncUrl(stores);
  startFollowing();
  createRoot(root).render(
    <App
      client={connection.client}
      stores={stores}
      settings={settings}
      engine={engine}
      mediaBase={connection.mediaBase}
    />,
  );
}
