// Photos of sensitive labels are blurred wherever they appear. Whoever asks for one sees it until the window is closed.
import { useSyncExternalStore } from 'react';

/** What is known of a photo's veil; photos that nothing is known of have none. */
interface Veilable {
  id: string;
  sensitive?: boolean | undefined;
}

const asked = new Set<string>();
const listeners = new Set<() => void>();

export function unveil(ids: Iterable<string>): void {
  for (const id of ids) asked.add(id);
  for (const listener of listeners) listener();
}

export function veilAgain(ids: Iterable<string>): void {
  for (const id of ids) asked.delete(id);
  for (const listener of listeners) listener();
}

/** Of the thousands of photos on screen only the sensitive ones listen. */
export function useVeiled(photo: Veilable | undefined): boolean {
  const sensitive = photo?.sensitive === true;
  return useSyncExternalStore(sensitive ? listen : never, () => sensitive && !asked.has(photo.id));
}

const never = () => () => undefined;

function listen(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
