// ?state=model-switch: the change of the model and the comparison, in the states of fakes/model-switch.ts.
import { MantineProvider } from '@mantine/core';
import { createRoot } from 'react-dom/client';
import '@fontsource-variable/inter/wght.css';
import '@mantine/core/styles.layer.css';
import '../src/app/app.css';
import { theme } from '../src/app/theme.ts';
import type { Connection } from '../src/connection/connection.ts';
import { CompareModels } from '../src/features/models/switch/CompareModels.tsx';
import { ModelSwitch } from '../src/features/models/switch/ModelSwitch.tsx';
import { createModelSwitchStore, modelSwitch } from '../src/features/models/switch/store.ts';
import { EngineProvider } from '../src/shared/engine-context.tsx';
import { preferredLanguage, startI18n } from '../src/shared/i18n.ts';

const MODELS = [
  { id: 'starter', name: 'Starter', active: true },
  { id: 'clip-vit-b-32', name: 'CLIP ViT-B/32', active: false },
  { id: 'clip-multilingual', name: 'CLIP, 50 languages', active: false },
];

export async function showModelSwitch(root: HTMLElement, { client, mediaBase }: Connection): Promise<void> {
  const settings = JSON.parse(window.localStorage.getItem('semblance.settings') ?? '{}');
  await startI18n(settings.language ?? preferredLanguage());
  const store = createModelSwitchStore(client);
  const info = await client.app.info();
  createRoot(root).render(
    <MantineProvider theme={theme} defaultColorScheme="auto">
      <EngineProvider info={info} client={client} mediaBase={mediaBase}>
        <modelSwitch.Context.Provider value={store}>
          <main
            style={{
              display: 'grid',
              height: '100%',
              padding: 24,
              overflow: 'auto',
              gap: 16,
              alignContent: 'start',
            }}
          >
            <h2 style={{ margin: 0 }}>Models</h2>
            <ModelSwitch models={MODELS} />
            <CompareModels models={MODELS} />
          </main>
        </modelSwitch.Context.Provider>
      </EngineProvider>
    </MantineProvider>,
  );
}
