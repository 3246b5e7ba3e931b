// The desktop app's menu: each item does in the page what a key or a click does there.
import { useEffect, useRef } from 'react';
import { type Command, isCommand, nativeBridge } from '../connection/native.ts';
import { HOME, type Place } from '../shared/place.ts';
import { isTyping } from '../shared/typing.ts';

interface Targets {
  go(place: Place): void;
  settings(): void;
  shortcuts(): void;
  /** Does a verb with the photos that the keys are about. */
  act(verb: string): void;
  show(photoId: string): void;
}

export function useMenuCommands(targets: Targets): void {
  const current = useRef(targets);
  current.current = targets;
  useEffect(() => {
    const bridge = nativeBridge();
    if (bridge === null) return;
    const showWanted = () =>
      bridge.wantedPhoto().then(
        (photo) => photo !== null && current.current.show(photo),
        () => undefined,
      );
    bridge.onCommand((command) => {
      if (command === 'show-wanted') void showWanted();
      else if (isCommand(command)) run(command, current.current);
    });
    // One may have been opened before this page was there.
    void showWanted();
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

function run(command: Command, { go, settings, shortcuts, act }: Targets): void {
  const place = placeOf(command);
  if (place !== null) go(place);
  else if (command === 'settings') settings();
  else if (command === 'shortcuts') shortcuts();
  else if (command === 'find') press('k');
  else if (command.startsWith('photo-')) act(command.slice('photo-'.length));
  // The last edit of a text field, else the last act.
  else if (isTyping(document.activeElement)) document.execCommand('undo');
  else press('z');
}

/** What a key does depends on what is open; whoever listens to it knows. */
function press(key: string): void {
  const at = document.activeElement ?? document.body;
  at.dispatchEvent(new KeyboardEvent('keydown', { key, ctrlKey: true, bubbles: true, cancelable: true }));
}
