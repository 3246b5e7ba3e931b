// The scripts that the double puts into pages, as text.
import { readFileSync } from 'node:fs';
import { createBridgeEnd } from './bridge.ts';
import { createCodec } from './codec.ts';
import { watchPorts } from './port-close.ts';
import { type PreloadFacts, runPreload } from './preload-world.ts';

/** The page's own world: the end of the bridge that receives what the preload exposes. */
export function pageWorldSource(secret: string): string {
  const name = JSON.stringify(secret);
  return `(${watchPorts})(${name}); (${createBridgeEnd})((${createCodec})(), ${name}, 'page');`;
}

/** @param file the preload as built: CommonJS, because it is sandboxed */
export function preloadSource(file: string, secret: string, facts: Omit<PreloadFacts, 'secret'>): string {
  const bridge = facts.contextIsolation
    ? `(${createBridgeEnd})(codec, ${JSON.stringify(secret)}, 'preload')`
    : 'null';
  return [
    `((codec) => (${runPreload})(codec, ${bridge}, (${watchPorts})(${JSON.stringify(secret)}), ${JSON.stringify({ ...facts, secret })},`,
    `function (require, module, exports, process) {\n${readFileSync(file, 'utf8')}\n}))((${createCodec})());`,
  ].join('\n');
}
