// What this room asks of the engine, and the shapes of a page of groups.
import type { DuplicateGroup, GroupsRequest } from '@semblance/contract';
import type { Client } from '../../connection/connection.ts';

export type DuplicatesClient = Pick<Client, 'duplicates' | 'acts' | 'folders' | 'trash'>;

export type GroupSort = NonNullable<GroupsRequest['sort']>;

export interface GroupsPage {
  total: number;
  groups: readonly DuplicateGroup[];
}
