// All services of an open library, as the router and the command line use them.
import type { Progress } from '@semblance/contract';
import type { Indexer } from '../indexing/indexer.ts';
import type { Latest } from '../latest.ts';
import type { HostPort } from '../ports.ts';
import type { ActsService } from './acts.ts';
import type { AlbumsService } from './albums.ts';
import type { DuplicatesService } from './duplicates.ts';
import type { ExportService } from './export.ts';
import type { FoldersService } from './folders.ts';
import type { LabelAnswersService } from './label-answers.ts';
import type { LabelRunsService } from './label-runs.ts';
import type { LabelStudioService } from './label-studio.ts';
import type { LabelTools } from './label-tools.ts';
import type { LabelsService } from './labels.ts';
import type { LibraryService } from './library.ts';
import type { MarksService } from './marks.ts';
import type { ModelSwitchService } from './model-switch.ts';
import type { ModelsService } from './models.ts';
import type { SearchService } from './search.ts';
import type { TrashService } from './trash.ts';
import type { WhyService } from './why.ts';

export interface EngineServices {
  host: HostPort;
  library: LibraryService;
  export: ExportService;
  folders: FoldersService;
  search: SearchService;
  why: WhyService;
  marks: MarksService;
  albums: AlbumsService;
  labels: LabelsService;
  labelAnswers: LabelAnswersService;
  labelStudio: LabelStudioService;
  labelRuns: LabelRunsService;
  labelTools: LabelTools;
  acts: ActsService;
  duplicates: DuplicatesService;
  trash: TrashService;
  models: ModelsService;
  modelSwitch: ModelSwitchService;
  indexer: Indexer;
  progress: Latest<Progress>;
}
