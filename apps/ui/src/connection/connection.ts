// What the rest of the window knows of the engine: a typed client, where pictures are, and who hosts it.
import type { ContractRouterClient } from '@orpc/contract';
import type { Contract } from '@semblance/contract';

export type Client = ContractRouterClient<Contract>;

export interface Connection {
  readonly client: Client;
  /** Base for `mediaUrl` of the contract. */
  readonly mediaBase: string;
  readonly host: 'desktop' | 'browser';
  /** Makes a fresh channel after the old one broke; the client stays the same object. */
  reconnect(): Promise<void>;
}
