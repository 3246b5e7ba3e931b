// Where library and models live when nobody says otherwise: one place for the desktop app and the command line.
import { join } from 'node:path';
import envPaths from 'env-paths';

/** `~/.local/share/Semblance/library`, `~/Library/Application Support/...`, `%LOCALAPPDATA%\...`. */
export function defaultLibraryDirectory(): string {
  return join(data(), 'library');
}

/** Beside the library: models serve every library, and outlive one that is thrown away. */
export function defaultModelsDirectory(): string {
  return join(data(), 'models');
}

function data(): string {
  return envPaths('Semblance', { suffix: '' }).data;
}
