// Packs, proposals, sidecars and the trained network, as far as a screen has to show them.
import type { AdapterStatus, PhotoTile, SidecarSettings } from '@semblance/contract';
import type { Client } from '../../src/connection/connection.ts';

type Answer = <T>(value: T | (() => T)) => Promise<T>;
type Names =
  | 'packs'
  | 'addPack'
  | 'propose'
  | 'export'
  | 'import'
  | 'writeSidecars'
  | 'sidecars'
  | 'setSidecars'
  | 'adapter';

const PACKS = [
  ['scenes', 'Scenes', ['Beach', 'Sea', 'Mountains', 'Forest', 'Snow', 'Sunset', 'Night', 'City']],
  ['things', 'Things', ['Dog', 'Cat', 'Bird', 'Flowers', 'Food', 'Car', 'Boat', 'House']],
  ['documents', 'Documents and screenshots', ['Screenshot', 'Receipt', 'Document', 'Ticket', 'Map']],
  ['sensitive', 'Sensitive content', ['Nudity', 'Blood and injury', 'Weapons']],
] as const;

export function fakeLabelTools(photos: readonly PhotoTile[], answer: Answer): Pick<Client['labels'], Names> {
  const added = new Set<string>(['Dog']);
  let sidecars: SidecarSettings = { automatic: false, into: 'sidecars', waiting: 128 };
  let adapter: AdapterStatus = {
    state: 'none',
    curve: [],
    before: null,
    after: null,
    examples: 0,
    problem: null,
  };
  const learn = () => {
    const epoch = adapter.curve.length;
    if (epoch > 40) adapter = { ...adapter, state: 'offered', before: 0.61, after: 0.78 };
    else {
      const curve = [
        ...adapter.curve,
        { epoch, train: 1.6 * 0.95 ** epoch, heldOut: 0.4 + 1.2 * 0.93 ** epoch },
      ];
      adapter = { ...adapter, curve };
      setTimeout(learn, 80);
    }
  };
  return {
    packs: () =>
      answer(() =>
        PACKS.map(([id, title, names]) => ({
          id,
          title,
          description: 'What people photograph most, in words that every model knows.',
          labels: names.map((name) => ({
            name,
            descriptions: [`a ${name.toLowerCase()}`],
            added: added.has(name),
          })),
        })),
      ),
    addPack: ({ id, names }) =>
      answer(() => {
        const pack = PACKS.find(([known]) => known === id)?.[2] ?? [];
        const fresh = pack.filter((name) => !added.has(name) && (names?.includes(name) ?? true));
        for (const name of fresh) added.add(name);
        return { actId: fresh.length === 0 ? null : 900, labels: fresh.map((_, i) => 100 + i) };
      }),
    propose: () =>
      answer(() =>
        ['Beach', 'Food', 'Mountains', 'Cat', 'City'].map((name, i) => ({
          name,
          photos: 96 - 17 * i,
          covers: photos.slice(4 * i, 4 * i + 4),
        })),
      ),
    export: () => answer({ text: '{}' }),
    import: () => answer({ actId: 901, created: 3, joined: 1, examples: 24, unknown: 2 }),
    writeSidecars: () =>
      answer(() => {
        sidecars = { ...sidecars, waiting: 0 };
        return { written: 128, unchanged: 12, failed: [] };
      }),
    sidecars: () => answer(() => sidecars),
    setSidecars: (change) =>
      answer(() => {
        sidecars = {
          ...sidecars,
          automatic: change.automatic ?? sidecars.automatic,
          into: change.into ?? sidecars.into,
        };
        return sidecars;
      }),
    adapter: {
      status: () => answer(() => adapter),
      train: () =>
        answer(() => {
          adapter = { ...adapter, state: 'training', curve: [], examples: 64 };
          learn();
          return adapter;
        }),
      use: ({ on }) =>
        answer(() => {
          adapter = { ...adapter, state: on ? 'active' : 'offered' };
          return adapter;
        }),
    },
  };
}
