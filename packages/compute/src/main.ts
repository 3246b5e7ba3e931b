// Entry of a compute process. Started by the engine through its SpawnPort; ends when its parent does.
import { constants, setPriority } from 'node:os';
import { createBirpc } from 'birpc';
import { parentChannel } from './channel.ts';
import { createProgram } from './program.ts';

const channel = parentChannel();

// Indexing must never make the machine feel slow.
const background = process.argv.includes('--background');
if (background) setPriority(constants.priority.PRIORITY_BELOW_NORMAL);

createBirpc(createProgram({ pictureThread: background }), {
  post: (message) => channel.post(message),
  on: (listener) => channel.onMessage(listener),
  timeout: -1,
});
channel.onClose(() => process.exit(0));
