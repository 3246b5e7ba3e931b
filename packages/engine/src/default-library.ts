// Where the library lives when nobody says otherwise: one place for the desktop app and the command line.
import { join } from 'node:path';
import envPaths from 'env-paths';

/** `~/.local/share/Semblance/library`, `~/Library/Application Support/...`, `%LOCALAPPDATA%\...`. */
export function defaultLibraryDirectory(): string {
  return join(envPaths('Semblance', { suffix: '' }).data, 'library');
}
