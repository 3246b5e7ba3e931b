// Hands the host's facts (where pictures are, what this host can do) to any component that shows a photo.
import { type AppInfo, exportUrl, type MediaKind, mediaUrl } from '@semblance/contract';
import { createContext, type ReactNode, useContext, useMemo } from 'react';
import type { Client } from '../connection/connection.ts';

export interface EngineFacts {
  info: AppInfo;
  /** For the stores of rooms, which are made when a room is entered. */
  client: Client;
  /** URL of a photo's picture on this host. */
  picture(kind: MediaKind, photo: { id: string; version: string }): string;
  /** URL of copies that were prepared as a download. */
  download(ticket: string): string;
}

const EngineContext = createContext<EngineFacts | null>(null);

export function EngineProvider(props: {
  info: AppInfo;
  client: Client;
  mediaBase: string;
  children: ReactNode;
}) {
  const { info, client, mediaBase, children } = props;
  const facts = useMemo<EngineFacts>(
    () => ({
      info,
      client,
      picture: (kind, photo) => mediaUrl(mediaBase, kind, photo),
      download: (ticket) => exportUrl(mediaBase, ticket),
    }),
    [info, client, mediaBase],
  );
  return <EngineContext.Provider value={facts}>{children}</EngineContext.Provider>;
}

export function useEngine(): EngineFacts {
  const facts = useContext(EngineContext);
  if (facts === null) throw new Error('No engine above this component.');
  return facts;
}
