// Labels for other programs: in XMP sidecars, or in the pictures themselves for those who want it.
import { Button, SegmentedControl, Switch } from '@mantine/core';
import type { TagTarget } from '@semblance/contract';
import { useTranslation } from 'react-i18next';
import { useEngineWords } from '../../../shared/faults.ts';
import { Section } from './Section.tsx';
import { useTools } from './store.ts';
import classes from './Tools.module.css';

export function Sidecars() {
  const { t } = useTranslation();
  const words = useEngineWords();
  const { sidecars, report, writing, setSidecars, writeSidecars } = useTools((state) => state);
  const into = sidecars?.into ?? 'sidecars';
  return (
    <Section title={t('labelTools.sidecars')} text={t('labelTools.sidecarsText')}>
      <SegmentedControl
        className={classes.target}
        size="sm"
        value={into}
        aria-label={t('labelTools.sidecars')}
        data={[
          { value: 'sidecars', label: t('labelTools.intoSidecars') },
          { value: 'files', label: t('labelTools.intoFiles') },
        ]}
        onChange={(value) => void setSidecars({ into: value as TagTarget })}
      />
      {into === 'files' && <p className={classes.warning}>{t('labelTools.filesWarning')}</p>}
      <Switch
        checked={sidecars?.automatic ?? false}
        label={t('labelTools.automatic')}
        onChange={(event) => void setSidecars({ automatic: event.currentTarget.checked })}
      />
      <div className={classes.row}>
        <Button variant="default" size="sm" loading={writing} onClick={() => void writeSidecars()}>
          {t('labelTools.writeNow')}
        </Button>
        <output className={classes.quiet}>
          {report !== null
            ? t('labelTools.written', { count: report.written, unchanged: report.unchanged })
            : sidecars !== null &&
              sidecars.waiting > 0 &&
              t('labelTools.waiting', { count: sidecars.waiting })}
        </output>
      </div>
      {report !== null && report.failed.length > 0 && (
        <ul className={classes.failures}>
          {report.failed.slice(0, 20).map(({ path, message }) => (
            <li key={path}>
              <code>{path}</code> {words(message)}
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
