// What is in the library: groups of look-alikes with a name, each a label at one click.
import { Button } from '@mantine/core';
import type { LabelProposal, PackLanguage } from '@semblance/contract';
import { IconSparkles } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { VeiledImage } from '../../../shared/VeiledImage.tsx';
import { useLabels } from '../list-store.ts';
import { useStudio } from '../studio-store.ts';
import { Section } from './Section.tsx';
import { useTools } from './store.ts';
import classes from './Tools.module.css';

export function Proposals({ language }: { language: PackLanguage }) {
  const { t } = useTranslation();
  const { proposals, proposing, propose } = useTools((state) => state);
  return (
    <Section title={t('labelTools.proposals')} text={t('labelTools.proposalsText')}>
      {proposals !== null && proposals.length === 0 && (
        <output className={classes.quiet}>{t('labelTools.proposalsNone')}</output>
      )}
      {proposals !== null && proposals.length > 0 && (
        <ul className={classes.proposals}>
          {proposals.map((proposal) => (
            <Proposal key={proposal.name} proposal={proposal} />
          ))}
        </ul>
      )}
      <div>
        <Button
          variant="default"
          size="sm"
          loading={proposing}
          leftSection={<IconSparkles size={16} aria-hidden />}
          onClick={() => void propose(language)}
        >
          {proposals === null ? t('labelTools.propose') : t('labelTools.proposeAgain')}
        </Button>
      </div>
    </Section>
  );
}

function Proposal({ proposal }: { proposal: LabelProposal }) {
  const { t } = useTranslation();
  const count = useLabels((state) => state.labels.length);
  const show = useLabels((state) => state.show);
  const openNew = useStudio((state) => state.openNew);
  return (
    <li>
      <button
        type="button"
        className={classes.proposal}
        onClick={() => {
          openNew(count, { name: proposal.name });
          show('studio');
        }}
      >
        <span className={classes.covers} aria-hidden>
          {proposal.covers.map((photo) => (
            <VeiledImage key={photo.id} photo={photo} loading="lazy" />
          ))}
        </span>
        <strong>{proposal.name}</strong>
        <span>{t('labelTools.about', { count: proposal.photos })}</span>
      </button>
    </li>
  );
}
