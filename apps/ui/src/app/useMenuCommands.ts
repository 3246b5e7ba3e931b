// The desktop app's menu: each item does in the page what a key or a click does there.
import { useEffect, useRef } from 'react';
import { type Command, isCommand, nativeBridge } from '../connection/native.ts';
import { HOME, type Place } from '../shared/place.ts';
import { isTyping } from '../shared/typing.ts';

interface Targets {
  go(place: Place): void;
  settings(): void;
  shortcuts(): void;
}

export function useMenuCommands(targets: Targets): void {
  const current = useRef(targets);
  current.current = targets;
  useEffect(() => {
    nativeBridge()?.onCommand((command) => {
      if (isCommand(command)) run(command, current.current);
    });
  }, []);
}

/** Where a command leads; null for one that leads nowhere. */
export function placeOf(command: Command): Place | null {
  switch (command) {
    case 'go-photos':
      return HOME;
    case 'go-favourites':
      return { kind: 'favourites' };
    case 'go-recent':
      return { kind: 'recent' };
    case 'go-albums':
    case 'go-labels':
    case 'go-duplicates':
      return { kind: 'room', id: command.slice('go-'.length) };
    default:
      return null;
  }
}

function run(command: Command, { go, settings, shortcuts }: Targets): void {
  const place = placeOf(command);
  if (place !== null) go(place);
  else if (command === 'settings') settings();
  else if (command === 'shortcuts') shortcuts();
  else if (command === 'find') press('k');
  // The last edit of a text field, else the last act.
  else if (isTyping(document.activeElement)) document.execCommand('undo');
  else press('z');
}

/** What a key does depends on what is open; whoever listens to it knows. */
function press(key: string): void {
  const at = document.activeElement ?? document.body;
  at.dispatchEvent(new KeyboardEvent('keydown', { key, ctrlKey: true, bubbles: true, cancelable: true }));
}
