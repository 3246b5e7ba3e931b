// A quiet offer below the question: a wording whose answer depends less on how it is worded, and what that means.
import { Popover } from '@mantine/core';
import type { Paraphrases } from '@semblance/contract';
import { IconScale } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useEngine } from '../../shared/engine-context.tsx';
import { onlyText } from './chips.ts';
import classes from './Steadier.module.css';
import { useSearch } from './store.ts';
import { exchanged } from './text-edit.ts';

/** An answer is looked at for so long before its wording is questioned. */
const PAUSE_MS = 1200;

export function Steadier() {
  const { t } = useTranslation();
  const { client } = useEngine();
  const { phase, text, parsed, parsedText, results, edit } = useSearch((state) => state);
  const [found, setFound] = useState<{ text: string; wordings: Paraphrases } | null>(null);
  const chip = onlyText(parsed);
  const asked = phase === 'done' && chip !== null && results.length > 0 ? parsedText : null;
  // While photos pour in, the same question is asked again and again; its wording is judged once.
  const judged = found?.text ?? null;
  useEffect(() => {
    if (asked === null || asked === judged) return;
    const control = new AbortController();
    const ask = async () => {
      try {
        const wordings = await client.search.paraphrases({ text: asked }, { signal: control.signal });
        if (!control.signal.aborted) setFound({ text: asked, wordings });
      } catch {
        // An offer that cannot be made is not made.
      }
    };
    const timer = setTimeout(() => void ask(), PAUSE_MS);
    return () => {
      clearTimeout(timer);
      control.abort();
    };
  }, [asked, judged, client]);

  if (found === null || found.text !== parsedText || chip === null || results.length === 0) return null;
  const { suggestion } = found.wordings;
  if (suggestion === null) return null;
  return (
    <div className={classes.steadier} role="status">
      <IconScale size={15} aria-hidden />
      <span>{t('search.steadier.title')}</span>
      <button
        type="button"
        className={classes.wording}
        onClick={() => edit(exchanged(text, parsedText, chip, suggestion), true)}
      >
        “{suggestion}”
      </button>
      <Popover width={340} position="bottom-start" shadow="md" trapFocus returnFocus>
        <Popover.Target>
          <button type="button" className={classes.why}>
            {t('search.steadier.why')}
          </button>
        </Popover.Target>
        <Popover.Dropdown className={classes.panel} aria-label={t('search.steadier.why')}>
          <p>{t('search.steadier.text')}</p>
          <ul>
            <Wording text={chip.text} agreement={found.wordings.own} own />
            {found.wordings.others.map((other) => (
              <Wording key={other.text} {...other} />
            ))}
          </ul>
        </Popover.Dropdown>
      </Popover>
    </div>
  );
}

function Wording({ text, agreement, own = false }: { text: string; agreement: number; own?: boolean }) {
  const { t } = useTranslation();
  const percent = Math.round(agreement * 100);
  return (
    <li data-own={own || undefined}>
      <span>{own ? t('search.steadier.own', { text }) : text}</span>
      <b>{t('search.steadier.percent', { percent })}</b>
      <i aria-hidden>
        <i style={{ width: `${percent}%` }} />
      </i>
    </li>
  );
}
