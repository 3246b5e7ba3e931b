// All services of an open library, as the router and the command line use them.
import type { Progress } from '@semblance/contract';
import type { Indexer } from '../indexing/indexer.ts';
import type { Latest } from '../latest.ts';
import type { HostPort } from '../ports.ts';
import type { ActsService } from './acts.ts';
import type { AlbumsService } from './albums.ts';
import type { DuplicatesService } from './duplicates.ts';
import type { FoldersService } from './folders.ts';
import type { LibraryService } from './library.ts';
import type { MarksService } from './marks.ts';
import type { ModelsService } from './models.ts';
import type { SearchService } from './search.ts';
import type { TrashService } from './trash.ts';

export interface EngineServices {
  host: HostPort;
  library: LibraryService;
  folders: FoldersService;
  search: SearchService;
  marks: MarksService;
  albums: AlbumsService;
  acts: ActsService;
  duplicates: DuplicatesService;
  trash: TrashService;
  models: ModelsService;
  indexer: Indexer;
  progress: Latest<Progress>;
}
