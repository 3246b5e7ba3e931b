// The window with a fake engine: `vite apps/ui` and open /dev/?state=... (see fake-engine.ts for the states).
import { start } from '../src/app/start.tsx';
import { openFake } from './fake-engine.ts';

const root = document.getElementById('root');
if (root !== null) await start(await openFake(new URLSearchParams(window.location.search)), root);
