// A picture file, from wherever it came, becomes a search; what is wrong with it is said.
import { notifications } from '@mantine/notifications';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useLightbox } from '../features/lightbox/store.ts';
import { DropError, readPicture } from '../features/search/dropped.ts';
import { useSearch } from '../features/search/store.ts';

export function useSearchByFile(): (file: File) => void {
  const { t } = useTranslation();
  const setPicture = useSearch((state) => state.setPicture);
  const close = useLightbox((state) => state.close);
  return useCallback(
    (file) => {
      readPicture(file).then(
        (picture) => {
          close();
          setPicture(picture);
        },
        (error) => {
          const kind = error instanceof DropError ? error.kind : 'noPicture';
          notifications.show({ message: t(`search.picture.${kind}`) });
        },
      );
    },
    [setPicture, close, t],
  );
}
