// Copies of photos for elsewhere: the host asks for a folder, or the browser downloads them.
import { notifications } from '@mantine/notifications';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { toFault } from '../connection/faults.ts';
import { useEngine } from '../shared/engine-context.tsx';
import { useFaultText } from '../shared/faults.ts';
import { fileName, fileSize } from '../shared/format.ts';

export function useExport(): (ids: readonly string[]) => void {
  const { t, i18n } = useTranslation();
  const { client, download } = useEngine();
  const say = useFaultText();
  return useCallback(
    (ids) => {
      const tell = (message: string) => notifications.show({ message });
      client.photos.export({ photos: { kind: 'photos', ids: [...ids] } }).then(
        (report) => {
          if (report.kind === 'cancelled') return;
          const count = report.photos;
          const size = fileSize(i18n.language, report.bytes);
          if (report.kind === 'copied') {
            tell(t('export.copied', { count, size, folder: fileName(report.folder) }));
            const [first] = report.failed;
            if (first === undefined) return;
            tell(
              t('export.failed', {
                count: report.failed.length,
                file: fileName(first.path),
                why: t(`export.why.${first.why}`),
              }),
            );
            return;
          }
          const link = document.createElement('a');
          link.href = download(report.ticket);
          link.download = report.fileName;
          link.click();
          tell(t('export.download', { count, size }));
          if (report.missing > 0) tell(t('export.missing', { count: report.missing }));
        },
        (error) => tell(say(toFault(error))),
      );
    },
    [client, download, say, t, i18n.language],
  );
}
