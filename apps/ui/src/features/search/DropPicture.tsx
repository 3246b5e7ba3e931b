// A picture file dragged over the window can be let go anywhere on it.
import { IconPhotoSearch } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './DropPicture.module.css';

export function DropPicture({ onFile }: { onFile(file: File): void }) {
  const { t } = useTranslation();
  const [over, setOver] = useState(false);
  const take = useRef(onFile);
  take.current = onFile;
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
      const [file] = event.dataTransfer?.files ?? [];
      if (file !== undefined) take.current(file);
    });
    return () => control.abort();
  }, []);
  if (!over) return null;
  return (
    <div className={classes.drop} role="status">
      <div>
        <IconPhotoSearch size={32} aria-hidden />
        <strong>{t('search.picture.drop')}</strong>
        <span>{t('search.picture.only')}</span>
      </div>
    </div>
  );
}
