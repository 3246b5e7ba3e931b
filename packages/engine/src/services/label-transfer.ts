// Labels as one file to keep or to take to another library: what they are, and their examples by content.
import type { Catalog, LabelAnswer } from '@semblance/catalog';
import {
  type Label,
  type LabelId,
  type LabelImport,
  labelDraft,
  SemblanceError,
  type Verdict,
} from '@semblance/contract';
import { foldName } from '@semblance/core';
import type { ActsService } from './acts.ts';
import { existence, type Made, making, said, unmake, verdictKey } from './label-traces.ts';

export interface LabelTransferService {
  /** All labels when none are named. */
  export(ids?: readonly LabelId[]): string;
  /** Labels of a name that exists here get the examples; others are made. @throws SemblanceError LABEL_FILE_DAMAGED */
  import(text: string): LabelImport;
}

const FORMAT = 'semblance-labels';
const VERSION = 1;

interface SavedLabel extends Omit<Label, 'id' | 'parentId' | 'examples' | 'tagged' | 'suggested' | 'pack'> {
  /** Name of the label it lies below. */
  parent: string | null;
  /** SHA-256 of the photos' bytes: names no file, and is found again wherever the photo lies. */
  examples: { photo: string; verdict: Verdict }[];
}

interface Imported extends Made {
  created: LabelId[];
  /** What was there before the examples. */
  before: LabelAnswer[];
}

export function createLabelTransfer(catalog: Catalog, acts: ActsService): LabelTransferService {
  acts.register<Imported>('label-import', {
    *traces(payload) {
      const { created, before } = payload;
      yield* created.map(making);
      for (const id of new Set(before.map(({ labelId }) => labelId))) {
        if (!created.includes(id)) yield existence(id, payload);
      }
      for (const answer of before) {
        yield {
          key: verdictKey(answer.labelId, answer.photoId),
          before: said(answer),
          inherit: (value) => Object.assign(answer, value),
        };
      }
    },
    undo({ created, before, made }, stands) {
      catalog.answerLabels(before.filter(({ labelId, photoId }) => stands(verdictKey(labelId, photoId))));
      unmake(catalog, [...created, ...(made ?? [])], stands);
      return before.length;
    },
  });

  return {
    export(ids) {
      const all = catalog.labels();
      const names = new Map(all.map((label) => [label.id, label.name]));
      const labels = all
        .filter((label) => ids === undefined || ids.includes(label.id))
        .map(({ id, parentId, createdAt: _, pack: __, ...label }) => ({
          ...label,
          parent: parentId === null ? null : (names.get(parentId) ?? null),
          examples: catalog.labelRows(id).flatMap(({ photoId, verdict }) => {
            const photo = verdict === null ? null : catalog.contentHash(photoId);
            return photo === null ? [] : [{ photo, verdict }];
          }),
        }));
      return `${JSON.stringify({ format: FORMAT, version: VERSION, labels }, null, 1)}\n`;
    },
    import(text) {
      const saved = parse(text);
      let report: Omit<LabelImport, 'actId'> = { created: 0, joined: 0, examples: 0, unknown: 0 };
      const { actId } = acts.perform('label-import', () => {
        const here = new Map(catalog.labels().map((label) => [foldName(label.name), label.id]));
        const created: LabelId[] = [];
        for (const { parent: _, examples: __, ...label } of saved) {
          if (here.has(foldName(label.name))) continue;
          const id = catalog.createLabel({ ...label, parentId: null, pack: null });
          here.set(foldName(label.name), id);
          created.push(id);
        }
        // Only now can each parent be found; one that is not in the file may be here.
        for (const { name, parent } of saved) {
          const id = here.get(foldName(name));
          const parentId = parent === null ? undefined : here.get(foldName(parent));
          if (id === undefined || parentId === undefined || !created.includes(id)) continue;
          if (!liesBelow(parentId, id)) catalog.changeLabel(id, { parentId });
        }
        const now = Date.now();
        let unknown = 0;
        const answers = saved.flatMap(({ name, examples }) =>
          examples.flatMap(({ photo, verdict }): LabelAnswer[] => {
            const photoId = catalog.findByHash(photo);
            const labelId = here.get(foldName(name));
            if (photoId === null || labelId === undefined) {
              unknown += 1;
              return [];
            }
            // What was said here is newer to its owner than what comes in a file.
            const [own] = catalog.labelRows(labelId, [photoId]);
            return (own?.verdict ?? null) === null ? [{ labelId, photoId, verdict, decidedAt: now }] : [];
          }),
        );
        const before = catalog.answerLabels(answers);
        report = {
          created: created.length,
          joined: saved.length - created.length,
          examples: before.length,
          unknown,
        };
        if (created.length === 0 && before.length === 0) return null;
        return { payload: { created, before }, photos: before.length };
      });
      return { actId, ...report };
    },
  };

  /** Whether a label is another one or lies somewhere below it. */
  function liesBelow(id: LabelId, top: LabelId): boolean {
    const parents = new Map(catalog.labels().map((label) => [label.id, label.parentId]));
    for (let at: LabelId | null = id; at !== null; at = parents.get(at) ?? null) if (at === top) return true;
    return false;
  }
}

function parse(text: string): SavedLabel[] {
  const damaged = (why: string, cause?: unknown) =>
    new SemblanceError('LABEL_FILE_DAMAGED', `This file holds no labels that can be read: ${why}`, { cause });
  let content: { format?: unknown; version?: unknown; labels?: unknown };
  try {
    content = JSON.parse(text) ?? {};
  } catch (error) {
    throw damaged('it is not JSON.', error);
  }
  if (content.format !== FORMAT) throw damaged('it was not written by Semblance.');
  if (content.version !== VERSION) throw damaged('it was written by a newer version of Semblance.');
  if (!Array.isArray(content.labels)) throw damaged('its list of labels is missing.');
  return content.labels.map((entry): SavedLabel => {
    const draft = labelDraft.safeParse({ ...entry, parentId: null });
    if (!draft.success)
      throw damaged(`a label in it is not whole (${draft.error.issues[0]?.path.join('.')}).`);
    const { parentId: _, ...label } = draft.data;
    const examples = Array.isArray(entry.examples) ? entry.examples : [];
    return {
      ...label,
      parent: typeof entry.parent === 'string' ? entry.parent : null,
      examples: examples.filter(isExample),
    };
  });
}

function isExample(value: unknown): value is SavedLabel['examples'][number] {
  const { photo, verdict } = (value ?? {}) as Record<string, unknown>;
  return typeof photo === 'string' && /^[0-9a-f]{64}$/.test(photo) && (verdict === 'yes' || verdict === 'no');
}
