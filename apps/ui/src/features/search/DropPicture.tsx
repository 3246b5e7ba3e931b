// A picture file dragged over the window can be let go anywhere on it; in the desktop app a folder as well.
import { IconFolderPlus, IconPhotoSearch } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './DropPicture.module.css';

interface DropPictureProps {
  /** Null: pictures are not taken now. */
  onFile: ((file: File) => void) | null;
  /** Null where folders cannot be added by dropping them. */
  onFolders: ((folders: File[]) => void) | null;
}

export function DropPicture({ onFile, onFolders }: DropPictureProps) {
  const { t } = useTranslation();
  const [over, setOver] = useState(false);
  const take = useRef({ onFile, onFolders });
  take.current = { onFile, onFolders };
  useEffect(() => {
    const control = new AbortController();
    const listen = (type: 'dragenter' | 'dragover' | 'dragleave' | 'drop', act: (event: DragEvent) => void) =>
      window.addEventListener(
        type,
        (event) => {
          if (event.dataTransfer?.types.includes('Files')) act(event);
        },
        { signal: control.signal },
      );
    const onOver = (event: DragEvent) => {
      event.preventDefault();
      if (event.dataTransfer !== null) event.dataTransfer.dropEffect = 'copy';
      setOver(true);
    };
    listen('dragenter', onOver);
    listen('dragover', onOver);
    listen('dragleave', (event) => event.relatedTarget === null && setOver(false));
    listen('drop', (event) => {
      // Else the browser leaves for the file.
      event.preventDefault();
      setOver(false);
      const folders = foldersIn(event.dataTransfer);
      if (folders.length > 0 && take.current.onFolders !== null) return take.current.onFolders(folders);
      const [file] = event.dataTransfer?.files ?? [];
      if (file !== undefined) take.current.onFile?.(file);
    });
    return () => control.abort();
  }, []);
  if (!over) return null;
  return (
    <div className={classes.drop} role="status">
      <div>
        {onFile === null ? (
          <>
            <IconFolderPlus size={32} aria-hidden />
            <strong>{t('search.picture.dropFolder')}</strong>
          </>
        ) : (
          <>
            <IconPhotoSearch size={32} aria-hidden />
            <strong>{t('search.picture.drop')}</strong>
            <span>{t('search.picture.only')}</span>
            {onFolders !== null && <span>{t('search.picture.orFolder')}</span>}
          </>
        )}
      </div>
    </div>
  );
}

/** While something is dragged, a browser does not say what it is; only when it is let go. */
function foldersIn(data: DataTransfer | null): File[] {
  return [...(data?.items ?? [])].flatMap((item) => {
    const file = item.webkitGetAsEntry()?.isDirectory === true ? item.getAsFile() : null;
    return file ?? [];
  });
}
