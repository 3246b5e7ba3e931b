// ?state=gallery: the components in their states on one page, to be looked at in both themes and checked by axe.
import { Button, Checkbox, MantineProvider, SegmentedControl, Switch, TextInput } from '@mantine/core';
import type { PhotoTile } from '@semblance/contract';
import { IconFolderPlus, IconPlugConnectedX, IconSearchOff } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import '@fontsource-variable/inter/wght.css';
import '@mantine/core/styles.layer.css';
import '../../src/app/app.css';
import { theme } from '../../src/app/theme.ts';
import { KindIcon } from '../../src/features/duplicates/KindIcon.tsx';
import { Safety } from '../../src/features/duplicates/Safety.tsx';
import { ProgressStrip } from '../../src/features/progress/ProgressStrip.tsx';
import { createProgressStore, progressFeature } from '../../src/features/progress/store.ts';
import { EngineProvider } from '../../src/shared/engine-context.tsx';
import { GridSkeleton } from '../../src/shared/grid/GridSkeleton.tsx';
import { preferredLanguage, startI18n } from '../../src/shared/i18n.ts';
import { Notice } from '../../src/shared/Notice.tsx';
import { Stars } from '../../src/shared/Stars.tsx';
import { PROGRESS } from '../fake-data.ts';
import { openFake } from '../fake-engine.ts';
import classes from './Gallery.module.css';
import { LabelParts } from './LabelParts.tsx';
import { Navigation, Tiles, VerbBar } from './PhotoParts.tsx';

export async function showGallery(root: HTMLElement): Promise<void> {
  await startI18n(preferredLanguage());
  const { client, mediaBase } = await openFake(new URLSearchParams({ state: 'library', slow: '0' }));
  const [info, { photos }] = await Promise.all([
    client.app.info(),
    client.library.timeline({ offset: 0, limit: 12, view: { kind: 'all' } }),
  ]);
  createRoot(root).render(
    <MantineProvider theme={theme} defaultColorScheme="auto">
      <EngineProvider info={info} client={client} mediaBase={mediaBase}>
        <Gallery photos={photos} client={client} />
      </EngineProvider>
    </MantineProvider>,
  );
}

type Client = Parameters<typeof createProgressStore>[0];

const KINDS = ['exact', 'resaved', 'edited', 'burst', 'similar'] as const;

function Gallery({ photos, client }: { photos: readonly PhotoTile[]; client: Client }) {
  return (
    <main className={classes.page}>
      <h1>Components</h1>
      <Part title="Photos: as it is, favourite, offline, chosen, found, with similar ones, without a picture">
        <Tiles photos={photos} />
      </Part>
      <Part title="Chosen photos">
        <VerbBar ids={photos.slice(0, 3).map((photo) => photo.id)} />
      </Part>
      <Part title="Stars">
        {[null, 1, 3, 5].map((value) => (
          <Stars key={value} value={value} onRate={() => undefined} />
        ))}
      </Part>
      <Part title="Sidebar">
        <Navigation />
      </Part>
      <Part title="Progress">
        {(['scanning', 'indexing', 'paused', 'stopped'] as const).map((state) => (
          <Strip key={state} state={state} client={client} />
        ))}
      </Part>
      <Part title="Labels">
        <LabelParts />
      </Part>
      <Part title="Kinds of duplicates">
        {KINDS.map((kind) => (
          <KindIcon key={kind} kind={kind} size={48} />
        ))}
        <Safety />
      </Part>
      <Part title="Messages">
        <Notice
          icon={<IconSearchOff size={32} />}
          title="Nothing here"
          action={<Button>Do something</Button>}
        >
          What it means, in a sentence or two, and what can be done about it.
        </Notice>
        <Notice icon={<IconPlugConnectedX size={32} />} title="The engine is not answering" urgent>
          It is being started again.
        </Notice>
      </Part>
      <Part title="Controls">
        <Button leftSection={<IconFolderPlus size={18} />}>Primary</Button>
        <Button variant="default">Default</Button>
        <Button color="red.9">Grave</Button>
        <Button disabled>Disabled</Button>
        <Button loading>Busy</Button>
        <TextInput aria-label="Name" placeholder="Placeholder" />
        <TextInput aria-label="Other name" defaultValue="Typed" error="What is wrong with it" />
        <Checkbox label="Chosen" defaultChecked />
        <Checkbox label="Not chosen" />
        <Switch label="On" defaultChecked />
        <SegmentedControl data={['One', 'Two', 'Three']} aria-label="Which" />
      </Part>
      <Part title="Waiting for photos">
        <div className={classes.skeleton}>
          <GridSkeleton rowHeight={120} label="Loading" />
        </div>
      </Part>
    </main>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={classes.part} aria-label={title}>
      <h2>{title}</h2>
      <div className={classes.states}>{children}</div>
    </section>
  );
}

function Strip({ state, client }: { state: keyof typeof PROGRESS; client: Client }) {
  const store = createProgressStore(client);
  const progress = PROGRESS[state];
  if (progress !== undefined) store.setState({ progress });
  return (
    <progressFeature.Context.Provider value={store}>
      <div className={classes.strip}>
        <ProgressStrip />
      </div>
    </progressFeature.Context.Provider>
  );
}
