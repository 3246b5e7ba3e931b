// Labels as a file to keep or to take to another library.
import { Button, FileButton } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconDownload, IconUpload } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useUndo } from '../../../shared/undo.tsx';
import { Section } from './Section.tsx';
import { useTools } from './store.ts';
import classes from './Tools.module.css';

export function Files() {
  const { t } = useTranslation();
  const { exported, imported } = useTools((state) => state);
  const done = useUndo();

  const save = async () => {
    const text = await exported();
    if (text === null) return;
    const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
    const link = document.createElement('a');
    link.href = url;
    link.download = 'semblance-labels.json';
    link.click();
    URL.revokeObjectURL(url);
  };
  const open = async (file: File | null) => {
    if (file === null) return;
    const report = await imported(await file.text());
    if (report === null) return;
    const { actId, examples } = report;
    done({ actId, photos: examples }, t('labelTools.imported', { count: report.created, ...report }));
    if (report.unknown > 0) {
      notifications.show({ message: t('labelTools.importUnknown', { count: report.unknown }) });
    }
  };
  return (
    <Section title={t('labelTools.files')} text={t('labelTools.filesText')}>
      <div className={classes.row}>
        <Button
          variant="default"
          size="sm"
          leftSection={<IconDownload size={16} aria-hidden />}
          onClick={() => void save()}
        >
          {t('labelTools.export')}
        </Button>
        <FileButton accept="application/json,.json" onChange={(file) => void open(file)}>
          {(props) => (
            <Button {...props} variant="default" size="sm" leftSection={<IconUpload size={16} aria-hidden />}>
              {t('labelTools.import')}
            </Button>
          )}
        </FileButton>
      </div>
    </Section>
  );
}
