// Albums filled by hand, and saved searches.
import type { AlbumRecord, Catalog } from '@semblance/catalog';
import {
  type ActResult,
  type Album,
  type AlbumId,
  type PhotoId,
  type PhotoSet,
  SemblanceError,
} from '@semblance/contract';
import type { ActsService, Trace } from './acts.ts';
import { leadsBack } from './album-cycle.ts';
import { countShown } from './count-shown.ts';

export interface AlbumsService {
  list(): Album[];
  of(photoId: PhotoId): Album[];
  /** @throws SemblanceError ALBUM_CYCLE */
  create(request: {
    name: string;
    query: string | null;
    photos?: PhotoSet | undefined;
  }): ActResult & { album: Album };
  /** These throw SemblanceError ALBUM_NOT_FOUND; `change` ALBUM_CYCLE too. */
  change(id: AlbumId, change: { name?: string | undefined; query?: string | undefined }): ActResult;
  remove(id: AlbumId): ActResult;
  add(id: AlbumId, photos: PhotoSet): ActResult;
  take(id: AlbumId, photos: PhotoSet): ActResult;
}

interface Made {
  /** The album came to be with this act: the one that made it was undone. */
  made?: true;
}

interface Created {
  id: AlbumId;
  /** What was there from the start; older acts do not know. */
  photos?: PhotoId[];
}

interface Changed {
  before: AlbumRecord;
  /** Null in older acts, which have only what was there before. */
  after: AlbumRecord | null;
  /** What a person has set; older acts do not say. */
  fields?: Field[];
}

interface Removed extends Made {
  album: AlbumRecord;
  photos: PhotoId[];
}

interface Membership extends Made {
  id: AlbumId;
  /** Those that it has put in, or taken out. */
  photos: PhotoId[];
  /** Those of which it was said too, and which were in, or out, before. */
  already?: PhotoId[];
}

type Field = 'name' | 'query';
const FIELDS: readonly Field[] = ['name', 'query'];

export function createAlbums(catalog: Catalog, acts: ActsService): AlbumsService {
  acts.register<Created>('album-create', {
    *traces({ id, photos = [] }) {
      yield { key: albumKey(id), before: false, inherit: () => undefined };
      for (const photo of photos)
        yield { key: memberKey(id, photo), before: false, inherit: () => undefined };
    },
    undo({ id, photos = [] }, stands) {
      catalog.removeFromAlbum(
        id,
        photos.filter((photo) => stands(memberKey(id, photo))),
      );
      // What came to be in it otherwise since is not this act's to take out.
      const isEmpty = catalog.albumMembers(id).length === 0;
      if (stands(albumKey(id)) && isEmpty) catalog.removeAlbum(id);
      return 0;
    },
  });
  acts.register<Changed>('album-change', {
    read: (payload) => {
      const old = payload as Changed | AlbumRecord;
      return 'before' in old ? old : { before: old, after: null };
    },
    *traces({ before, after, fields = FIELDS.filter((field) => before[field] !== after?.[field]) }) {
      for (const field of fields) {
        yield {
          key: albumKey(before.id, field),
          before: before[field],
          inherit: (value) => Object.assign(before, { [field]: value }),
        };
      }
    },
    undo({ before, after }, stands) {
      const now = catalog.album(before.id);
      const isOurs = (field: Field): boolean =>
        stands(albumKey(before.id, field)) && (after === null || now?.[field] === after[field]);
      catalog.changeAlbum(before.id, {
        ...(isOurs('name') && { name: before.name }),
        ...(isOurs('query') && { query: before.query }),
      });
      return 0;
    },
  });
  acts.register<Removed>('album-remove', {
    *traces(payload) {
      const { album, photos } = payload;
      yield existence(album.id, payload);
      for (const field of FIELDS) {
        yield { key: albumKey(album.id, field), before: album[field], inherit: () => undefined };
      }
      for (const photo of photos) {
        yield { key: memberKey(album.id, photo), before: true, inherit: () => undefined };
      }
    },
    // Whatever an act has done in the album, this one has taken away.
    inherit(payload, left) {
      const { album } = payload;
      const members = new Set(payload.photos);
      const ofMembers = memberKey(album.id, '');
      const taken = [...left].filter(([key, before]) => {
        const field = FIELDS.find((one) => key === albumKey(album.id, one));
        if (key.startsWith(ofMembers))
          members[before === true ? 'add' : 'delete'](key.slice(ofMembers.length));
        else if (key === albumKey(album.id)) existence(album.id, payload).inherit(before);
        else if (field === undefined) return false;
        else Object.assign(album, { [field]: before });
        return true;
      });
      payload.photos = [...members];
      return taken.map(([key]) => key);
    },
    undo({ album, photos, made }, stands) {
      const isGone = catalog.album(album.id) === null;
      if (isGone && made === undefined && stands(albumKey(album.id))) catalog.restoreAlbum(album, photos);
      return photos.length;
    },
  });
  acts.register<Membership>('album-add', {
    traces: (payload) => memberships(payload, false),
    undo(payload, stands) {
      const { id, photos, made } = payload;
      const out = catalog.removeFromAlbum(
        id,
        photos.filter((photo) => stands(memberKey(id, photo))),
      );
      unmake(id, made, stands);
      return out.length;
    },
  });
  acts.register<Membership>('album-take', {
    traces: (payload) => memberships(payload, true),
    undo(payload, stands) {
      const { id, photos, made } = payload;
      const back = photos.filter((photo) => stands(memberKey(id, photo)));
      const count = catalog.album(id) === null ? 0 : catalog.addToAlbum(id, back).length;
      unmake(id, made, stands);
      return count;
    },
  });

  /** What was done in the album since it was made is undone by now, and so is its making. */
  function unmake(id: AlbumId, made: true | undefined, stands: (key: string) => boolean): void {
    if (made !== undefined && stands(albumKey(id))) catalog.removeAlbum(id);
  }

  function known(id: AlbumId): AlbumRecord {
    const album = catalog.album(id);
    if (album === null) throw new SemblanceError('ALBUM_NOT_FOUND', 'This album does not exist any more.');
    return album;
  }

  function byHand(id: AlbumId): AlbumRecord {
    const album = known(id);
    if (album.query === null) return album;
    throw new SemblanceError('NOT_SUPPORTED_HERE', 'A saved search chooses its photos by itself.');
  }

  function checked(album: { id: AlbumId | null; name: string; query: string | null }): void {
    if (!leadsBack(catalog, album)) return;
    throw new SemblanceError('ALBUM_CYCLE', 'This saved search would look for its photos in itself.');
  }

  function views(records: AlbumRecord[]): Album[] {
    const covers = catalog.tiles(records.flatMap(({ cover }) => (cover === null ? [] : [cover])));
    return records.map(({ id, name, query, photos, cover }) => ({
      id,
      name,
      query,
      photos,
      cover: covers.get(cover ?? '') ?? null,
    }));
  }

  return {
    list: () => views(catalog.albums()),
    of: (photoId) => views(catalog.albumsOf(photoId)),
    create({ name, query, photos }) {
      let id = 0;
      const result = acts.perform('album-create', () => {
        checked({ id: null, name, query });
        id = catalog.createAlbum(name, query);
        const added =
          photos === undefined || query !== null
            ? []
            : catalog.addToAlbum(id, catalog.actOn(catalog.photoIds(photos)));
        return {
          payload: { id, photos: added },
          photos: photos === undefined ? 0 : countShown(catalog.photoIds(photos), added),
        };
      });
      const [album] = views([known(id)]);
      return { ...result, album: album as Album };
    },
    change: (id, change) =>
      acts.perform('album-change', () => {
        const before = known(id);
        checked({ id, name: change.name ?? before.name, query: change.query ?? before.query });
        catalog.changeAlbum(id, {
          ...(change.name === undefined ? {} : { name: change.name }),
          ...(change.query === undefined ? {} : { query: change.query }),
        });
        const fields = FIELDS.filter((field) => change[field] !== undefined);
        return { payload: { before, after: known(id), fields }, photos: 0 };
      }),
    remove: (id) =>
      acts.perform('album-remove', () => {
        const album = known(id);
        const photos = catalog.albumMembers(id);
        catalog.removeAlbum(id);
        return { payload: { album, photos }, photos: photos.length };
      }),
    add: (id, photos) =>
      acts.perform('album-add', () => {
        byHand(id);
        const shown = catalog.photoIds(photos);
        const all = catalog.actOn(shown);
        const added = catalog.addToAlbum(id, all);
        const payload: Membership = { id, photos: added, already: without(all, added) };
        return added.length === 0 ? null : { payload, photos: countShown(shown, added) };
      }),
    take: (id, photos) =>
      acts.perform('album-take', () => {
        byHand(id);
        const shown = catalog.photoIds(photos);
        const all = catalog.actOn(shown);
        const taken = catalog.removeFromAlbum(id, all);
        const payload: Membership = { id, photos: taken, already: without(all, taken) };
        return taken.length === 0 ? null : { payload, photos: countShown(shown, taken) };
      }),
  };
}

function albumKey(id: AlbumId, field?: Field): string {
  return field === undefined ? `album ${id}` : `album ${id} ${field}`;
}

function memberKey(id: AlbumId, photo: PhotoId): string {
  return `member ${id} ${photo}`;
}

/** Whoever puts photos into an album wants it to be there; its name and its query go with it. */
function existence(id: AlbumId, payload: Made): Trace {
  return {
    key: albumKey(id),
    before: payload.made === undefined,
    inherit(before) {
      if (before === false) payload.made = true;
      else delete payload.made;
    },
  };
}

/** @param changed whether the photos that the act has changed were in the album */
function* memberships(payload: Membership, changed: boolean): Generator<Trace> {
  const { id, photos, already = [] } = payload;
  yield existence(id, payload);
  const found = new Map<PhotoId, boolean>();
  for (const photo of already) found.set(photo, !changed);
  for (const photo of photos) found.set(photo, changed);
  let inherited = false;
  for (const [photo, before] of found) {
    yield {
      key: memberKey(id, photo),
      before,
      inherit(value) {
        inherited = true;
        found.set(photo, value === true);
      },
    };
  }
  if (!inherited) return;
  payload.photos = [...found.keys()].filter((photo) => found.get(photo) === changed);
  payload.already = without([...found.keys()], payload.photos);
}

function without(all: readonly PhotoId[], some: readonly PhotoId[]): PhotoId[] {
  const left = new Set(all);
  for (const id of some) left.delete(id);
  return [...left];
}
