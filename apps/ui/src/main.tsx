// Entry of the window in both hosts.
import { start } from './app/start.tsx';
import { openConnection } from './connection/open.ts';

const root = document.getElementById('root');
if (root !== null) await start(await openConnection(), root);
