// The menu's commands: the same names on both sides, and each leads somewhere.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOMS } from '../src/app/rooms.tsx';
import { placeOf } from '../src/app/useMenuCommands.ts';
import { COMMANDS, isCommand, nativeBridge } from '../src/connection/native.ts';

describe('a command', () => {
  it.each(COMMANDS)('%s is one that the menu sends', (command) => {
    const menu = readFileSync(join(import.meta.dirname, '../../desktop/src/main/menu-template.ts'), 'utf8');
    expect(menu).toContain(`'${command}'`);
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
    expect(COMMANDS.filter((command) => !command.startsWith('go-')).map(placeOf)).toEqual([
      null,
      null,
      null,
      null,
    ]);
  });
});

it('a browser has no bridge', () => {
  expect(nativeBridge()).toBeNull();
});
