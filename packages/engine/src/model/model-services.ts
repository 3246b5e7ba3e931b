// Everything that works with one model's vectors and texts, put together; made anew for each model, with caches of its own.
import type { Catalog } from '@semblance/catalog';
import type { ComputeClient } from '../compute/client.ts';
import { createFinder, type Finder } from '../services/duplicates-find.ts';
import { createLabelAdapter, type LabelAdapterService } from '../services/label-adapter.ts';
import type { LabelPacksService } from '../services/label-packs.ts';
import { createLabelProposals, type LabelProposalsService } from '../services/label-proposals.ts';
import { createLabelScoring, type LabelScoring } from '../services/label-scoring.ts';
import { createLabelStudio, type LabelStudioService } from '../services/label-studio.ts';
import { createLabelTexts, type LabelTextsService } from '../services/label-texts.ts';
import { createRegions } from '../services/regions.ts';
import { createSearch, type SearchService } from '../services/search.ts';
import { createWhy, type WhyService } from '../services/why.ts';
import type { ActiveModel } from './active-model.ts';

export interface ModelServices {
  model: ActiveModel;
  search: SearchService;
  why: WhyService;
  texts: LabelTextsService;
  scoring: LabelScoring;
  studio: LabelStudioService;
  proposals: LabelProposalsService;
  adapter: LabelAdapterService;
  finder: Finder;
  /** Stops what is under way, and ends the model's processes. */
  dispose(): Promise<void>;
}

export interface ModelServicesDeps {
  catalog: Catalog;
  /** Of the library. */
  directory: string;
  packs: LabelPacksService;
  revision: () => number;
  /** Languages of the model of this id, BCP 47. Never rejects. */
  languages: (id: string) => Promise<readonly string[]>;
  /** The search of an older model, for photos that this one has not seen yet. */
  elder: () => SearchService | null;
  /** A fresh compute process without a model. */
  process: () => ComputeClient;
  onChange: () => void;
}

export function createModelServices(deps: ModelServicesDeps, model: ActiveModel): ModelServices {
  const { catalog, directory, packs, process, onChange, revision } = deps;
  const { vectors, interactive, background } = model;
  const shared = { catalog, vectors, modelKey: model.space };
  const texts = createLabelTexts(interactive);
  const scoring = createLabelScoring({ ...shared, texts });
  const regions = createRegions(catalog, interactive);
  const embed = async (text: string) => (await interactive.call('embedText', [text])).embedding;
  const search = createSearch({
    ...shared,
    compute: interactive,
    regions,
    revision,
    languages: () => deps.languages(model.id),
    adapt: (text) => adapter.adapt(text),
    elder: deps.elder,
  });
  const adapter = createLabelAdapter({
    catalog,
    vectors,
    embed,
    anchors: search.everyday,
    process,
    directory,
    // It moves texts: another text tower needs another one.
    modelKey: model.key,
    onChange,
  });
  const finder = createFinder({ ...shared, compute: background, onChange });
  return {
    model,
    search,
    why: createWhy({ regions, lens: search.lens }),
    texts,
    scoring,
    studio: createLabelStudio({ catalog, scoring, texts }),
    proposals: createLabelProposals({ catalog, vectors, embed, vocabulary: packs.vocabulary }),
    adapter,
    finder,
    async dispose() {
      await finder.dispose();
      await adapter.dispose();
      model.dispose();
    },
  };
}
