// The window with a fake engine: `vite apps/ui` and open /dev/?state=... (see fake-engine.ts for the states).
import { start } from '../src/app/start.tsx';
import { openFake } from './fake-engine.ts';
import { showGallery } from './gallery/Gallery.tsx';
import { showModelSwitch } from './model-switch-parts.tsx';

const root = document.getElementById('root');
const params = new URLSearchParams(window.location.search);
if (root !== null && params.get('state') === 'gallery') await showGallery(root);
else if (root !== null && params.get('state') === 'model-switch')
  await showModelSwitch(root, await openFake(params));
else if (root !== null) await start(await openFake(params), root);
