// Messages are taken from the main frame of our own window only, while it shows our own page.
import { isOwnPage } from './origin.ts';

/** The part of Electron's `IpcMainEvent` that the decision rests on. */
export interface SenderFacts {
  readonly sender: { readonly id: number };
  /** Null once the frame has navigated or is gone. */
  readonly senderFrame: { readonly url: string; readonly parent: unknown } | null;
}

export function isTrustedSender(event: SenderFacts, windowContentsId: number | null): boolean {
  const frame = event.senderFrame;
  return (
    windowContentsId !== null &&
    event.sender.id === windowContentsId &&
    frame !== null &&
    frame.parent === null &&
    isOwnPage(frame.url)
  );
}
