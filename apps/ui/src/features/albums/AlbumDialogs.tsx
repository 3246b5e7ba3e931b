// The two questions albums ask: which name, and which album.
import { Button, Modal, TextInput } from '@mantine/core';
import type { ActResult, Album } from '@semblance/contract';
import { IconPhoto, IconPlus } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toFault } from '../../connection/faults.ts';
import { useFaultText } from '../../shared/faults.ts';
import { VeiledImage } from '../../shared/VeiledImage.tsx';
import classes from './AlbumDialogs.module.css';
import { type Naming, useAlbums } from './store.ts';

/** Over the lightbox, which is at 9999. */
const ON_TOP = 10_001;

interface AlbumDialogsProps {
  /** An act was done: a sentence about it, and the album it made, if it made one. */
  onDone(result: ActResult, message: string, made?: Album): void;
}

export function AlbumDialogs({ onDone }: AlbumDialogsProps) {
  const { naming, picking } = useAlbums((state) => state);
  return (
    <>
      {naming !== null && <NameDialog naming={naming} onDone={onDone} />}
      {picking !== null && naming === null && <PickDialog onDone={onDone} />}
    </>
  );
}

function NameDialog({ naming, onDone }: AlbumDialogsProps & { naming: Naming }) {
  const { t } = useTranslation();
  const say = useFaultText();
  const { setNaming, pick, create, rename } = useAlbums((state) => state);
  const isNew = !('id' in naming);
  const [name, setName] = useState(isNew ? (naming.query ?? '') : naming.name);
  const [fault, setFault] = useState('');
  const [busy, setBusy] = useState(false);
  const close = () => {
    setNaming(null);
    pick(null);
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const wanted = name.trim();
    if (wanted === '' || busy) return;
    setBusy(true);
    try {
      if (!isNew) {
        const result = await rename(naming.id, wanted);
        close();
        onDone(result, t('albums.renamed', { name: wanted }));
        return;
      }
      const { photos, query } = naming;
      const made = await create(wanted, {
        ...(photos === null ? {} : { photos }),
        ...(query === null ? {} : { query }),
      });
      close();
      const message =
        made.photos > 0
          ? t('albums.added', { count: made.photos, name: wanted })
          : t('albums.created', { name: wanted });
      onDone(made, message, made.album);
    } catch (error) {
      setFault(say(toFault(error)));
      setBusy(false);
    }
  };
  const title = isNew
    ? naming.query === null
      ? t('albums.new')
      : t('albums.saveSearch')
    : t('albums.rename');
  return (
    <Modal
      opened
      centered
      onClose={close}
      title={title}
      zIndex={ON_TOP}
      portalProps={{ reuseTargetNode: false }}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <form onSubmit={(event) => void submit(event)}>
        <TextInput
          data-autofocus
          label={t('albums.name')}
          value={name}
          maxLength={200}
          error={fault || undefined}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <div className={classes.buttons}>
          <Button variant="default" onClick={close}>
            {t('albums.cancel')}
          </Button>
          <Button type="submit" disabled={name.trim() === ''} loading={busy}>
            {isNew ? t('albums.create') : t('albums.save')}
          </Button>
        </div>
      </form>
    </Modal>
  );
}

function PickDialog({ onDone }: AlbumDialogsProps) {
  const { t } = useTranslation();
  const say = useFaultText();
  const { albums, picking, pick, setNaming, add } = useAlbums((state) => state);
  const [wanted, setWanted] = useState('');
  const [fault, setFault] = useState('');
  const fits = albums.filter(
    (album) =>
      album.query === null && album.name.toLocaleLowerCase().includes(wanted.trim().toLocaleLowerCase()),
  );
  const put = async (album: Album) => {
    if (picking === null) return;
    try {
      const result = await add(album.id, picking);
      pick(null);
      onDone(
        result,
        result.actId === null
          ? t('albums.alreadyThere', { name: album.name })
          : t('albums.added', { count: result.photos, name: album.name }),
      );
    } catch (error) {
      setFault(say(toFault(error)));
    }
  };
  return (
    <Modal
      opened
      centered
      onClose={() => pick(null)}
      title={t('albums.pick')}
      zIndex={ON_TOP}
      portalProps={{ reuseTargetNode: false }}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      {albums.length > 6 && (
        <TextInput
          data-autofocus
          aria-label={t('albums.find')}
          placeholder={t('albums.find')}
          value={wanted}
          onChange={(event) => setWanted(event.currentTarget.value)}
        />
      )}
      {fault !== '' && <p role="alert">{fault}</p>}
      <ul className={classes.list}>
        {fits.map((album) => (
          <li key={album.id}>
            <button type="button" className={classes.album} onClick={() => void put(album)}>
              <span className={classes.cover} aria-hidden>
                {album.cover === null ? <IconPhoto size={18} /> : <VeiledImage photo={album.cover} />}
              </span>
              <span className={classes.name}>{album.name}</span>
              <span className={classes.count}>{t('app.photos', { count: album.photos })}</span>
            </button>
          </li>
        ))}
        <li>
          <button
            type="button"
            className={classes.album}
            onClick={() => setNaming({ photos: picking, query: null })}
          >
            <span className={classes.cover} aria-hidden>
              <IconPlus size={18} />
            </span>
            <span className={classes.name}>{t('albums.new')}</span>
          </button>
        </li>
      </ul>
    </Modal>
  );
}
