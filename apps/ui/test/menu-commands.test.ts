// The menu's commands: the same names on both sides, and each leads somewhere.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOMS } from '../src/app/rooms.tsx';
import { placeOf } from '../src/app/useMenuCommands.ts';
import { COMMANDS, isCommand, nativeBridge } from '../src/connection/native.ts';

const MAIN = join(import.meta.dirname, '../../desktop/src/main');
const SENT = ['menu-template.ts', 'wanted-photo.ts']
  .map((file) => readFileSync(join(MAIN, file), 'utf8'))
  .join();
const VERBS = readFileSync(join(import.meta.dirname, '../src/app/verbs.tsx'), 'utf8');

describe('a command', () => {
  it.each(COMMANDS)('%s is one that the app sends', (command) => {
    expect(SENT).toContain(`'${command}'`);
    expect(isCommand(command)).toBe(true);
    expect(isCommand(`${command}!`)).toBe(false);
  });

  it('that goes somewhere names a place that is there', () => {
    const places = COMMANDS.filter((command) => command.startsWith('go-')).map(placeOf);
    expect(places).toHaveLength(6);
    for (const place of places) {
      expect(place).not.toBeNull();
      if (place?.kind === 'room') expect(ROOMS.map(({ id }) => id)).toContain(place.id);
    }
    const others = COMMANDS.filter((command) => !command.startsWith('go-'));
    expect(new Set(others.map(placeOf))).toEqual(new Set([null]));
  });

  it('about photos names a verb that is there', () => {
    const verbs = COMMANDS.filter((command) => command.startsWith('photo-'));
    expect(verbs).toHaveLength(9);
    for (const verb of verbs) expect(VERBS).toContain(`id: '${verb.slice('photo-'.length)}'`);
  });
});

it('a browser has no bridge', () => {
  expect(nativeBridge()).toBeNull();
});
