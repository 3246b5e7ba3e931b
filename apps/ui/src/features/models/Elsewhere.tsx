// Models that are not on the list: a folder of one's own, any repository of the hub, or another hub altogether.
import { Button, TextInput } from '@mantine/core';
import { hubRepository, hubUrl } from '@semblance/contract';
import { IconFolderPlus } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './Models.module.css';
import { Section } from './Section.tsx';
import { useModels } from './store.ts';

export function Elsewhere() {
  const { t } = useTranslation();
  const { canChoose, choose } = useModels((state) => state);
  return (
    <Section title={t('models.elsewhere')} text={t('models.elsewhereText')}>
      <div className={classes.ways}>
        {canChoose ? (
          <Button
            variant="default"
            leftSection={<IconFolderPlus size={17} aria-hidden />}
            onClick={() => void choose()}
          >
            {t('models.chooseFolder')}
          </Button>
        ) : (
          <p className={classes.note}>
            {t('models.folderByCommand')} <code>semblance models add &lt;{t('models.folder')}&gt;</code>
          </p>
        )}
        <Repository />
        <Hub />
      </div>
    </Section>
  );
}

function Repository() {
  const { t } = useTranslation();
  const look = useModels((state) => state.look);
  const [text, setText] = useState('');
  const [wrong, setWrong] = useState(false);
  const send = (event: FormEvent) => {
    event.preventDefault();
    const repository = text.trim();
    const right = hubRepository.safeParse(repository).success;
    setWrong(!right);
    if (right) void look({ repository });
  };
  return (
    <form className={classes.form} onSubmit={send}>
      <TextInput
        label={t('models.repository')}
        description={t('models.repositoryText')}
        placeholder="owner/name"
        value={text}
        error={wrong && t('models.repositoryWrong')}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Button type="submit" variant="default" disabled={text.trim() === ''}>
        {t('models.download')}
      </Button>
    </form>
  );
}

function Hub() {
  const { t } = useTranslation();
  const hub = useModels((state) => state.hub);
  const setHub = useModels((state) => state.setHub);
  const [typed, setTyped] = useState<string | null>(null);
  const [wrong, setWrong] = useState(false);
  if (hub === null) return null;
  const text = typed ?? hub.url;
  const send = async (event: FormEvent) => {
    event.preventDefault();
    const url = text.trim() === '' || text.trim() === hub.usual ? null : text.trim();
    const right = url === null || hubUrl.safeParse(url).success;
    setWrong(!right);
    if (right && (await setHub(url))) setTyped(null);
  };
  return (
    <form className={classes.form} onSubmit={(event) => void send(event)}>
      <TextInput
        label={t('models.hub')}
        description={t(hub.fixed ? 'models.hubFixed' : 'models.hubText', { usual: hub.usual })}
        value={text}
        disabled={hub.fixed}
        error={wrong && t('models.hubWrong')}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <Button type="submit" variant="default" disabled={hub.fixed || text === hub.url}>
        {t('models.hubSave')}
      </Button>
    </form>
  );
}
