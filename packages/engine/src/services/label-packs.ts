// Ready-made labels from assets/label-packs, in the person's language.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Catalog } from '@semblance/catalog';
import {
  DEFAULT_PRECISION,
  type LabelColor,
  type LabelId,
  type LabelPack,
  type PackAdded,
  type PackLanguage,
  SemblanceError,
} from '@semblance/contract';
import { foldName } from '@semblance/core';
import type { ActsService } from './acts.ts';
import { making, unmake } from './label-traces.ts';

type Words = Record<PackLanguage, string>;

/** A file of the folder. Prompts are English: the one language that every model was taught. */
interface PackFile {
  id: string;
  title: Words;
  description: Words;
  color: LabelColor;
  labels: {
    name: Words;
    descriptions: string[];
    exclusions?: string[];
    sensitive?: boolean;
  }[];
}

export interface LabelPacksService {
  list(language: PackLanguage): Promise<LabelPack[]>;
  /**
   * Makes the labels of a pack, or those named, that do not exist yet.
   * @throws SemblanceError LABEL_PACK_NOT_FOUND
   */
  add(id: string, language: PackLanguage, names?: readonly string[]): Promise<PackAdded>;
  /** Everything the packs have words for. */
  vocabulary(): Promise<{ name: Words; descriptions: string[] }[]>;
}

/** Shown in this order; packs that are not named come after. */
const ORDER = ['scenes', 'things', 'activities', 'documents', 'sensitive'];

export function createLabelPacks(
  catalog: Catalog,
  acts: ActsService,
  directory: string | undefined,
): LabelPacksService {
  acts.register<{ ids: LabelId[] }>('label-pack', {
    traces: ({ ids }) => ids.map(making),
    undo: ({ ids }, stands) => unmake(catalog, ids, stands),
  });
  let known: Promise<PackFile[]> | undefined;
  const files = (): Promise<PackFile[]> => {
    known ??= directory === undefined ? Promise.resolve([]) : readPacks(directory);
    return known;
  };
  const existing = (): Set<string> => new Set(catalog.labels().map((label) => foldName(label.name)));

  return {
    async list(language) {
      const taken = existing();
      return (await files()).map((pack) => ({
        id: pack.id,
        title: pack.title[language],
        description: pack.description[language],
        labels: pack.labels.map(({ name, descriptions }) => ({
          name: name[language],
          descriptions,
          added: taken.has(foldName(name[language])),
        })),
      }));
    },
    async add(id, language, names) {
      const pack = (await files()).find((file) => file.id === id);
      if (pack === undefined)
        throw new SemblanceError('LABEL_PACK_NOT_FOUND', 'There is no such pack of labels.');
      const taken = existing();
      const wanted = pack.labels.filter(
        ({ name }) =>
          !taken.has(foldName(name[language])) && (names === undefined || names.includes(name[language])),
      );
      let ids: LabelId[] = [];
      const { actId } = acts.perform('label-pack', () => {
        ids = wanted.map((label) =>
          catalog.createLabel({
            name: label.name[language],
            descriptions: label.descriptions,
            exclusions: label.exclusions ?? [],
            parentId: null,
            color: pack.color,
            precision: DEFAULT_PRECISION,
            automatic: false,
            sensitive: label.sensitive ?? false,
            pack: pack.id,
          }),
        );
        return ids.length === 0 ? null : { payload: { ids }, photos: 0 };
      });
      return { actId, labels: ids };
    },
    vocabulary: async () => (await files()).flatMap((pack) => pack.labels),
  };
}

async function readPacks(directory: string): Promise<PackFile[]> {
  const names = (await readdir(directory)).filter((name) => name.endsWith('.json'));
  const packs = await Promise.all(
    names.map(async (name) => JSON.parse(await readFile(join(directory, name), 'utf8')) as PackFile),
  );
  const place = ({ id }: PackFile) => (ORDER.includes(id) ? ORDER.indexOf(id) : ORDER.length);
  return packs.sort((a, b) => place(a) - place(b) || a.id.localeCompare(b.id));
}
