// Looking closer at an open photo: why it was found (W), and a part of it to search for (P).
import type { PhotoTile, Region } from '@semblance/contract';
import { IconCrop, IconFlame } from '@tabler/icons-react';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { hasDialog, isTyping } from '../../shared/typing.ts';
import { hasText } from './chips.ts';
import { PartBar, PartPicker } from './PartPicker.tsx';
import { FIRST_BOX } from './part.ts';
import { useSearch } from './store.ts';
import { useWhy } from './useWhy.ts';
import { HeatMap, WhyPanel } from './WhyHere.tsx';

export interface Lens {
  /** Buttons for the viewer's toolbar. */
  tools: ReactNode;
  /** Over the picture of this photo, as large as it. */
  overlay(photo: { id: string }): ReactNode;
  /** Beside the picture, whatever its zoom. */
  aside: ReactNode;
}

/** @param photo the open one */
export function useLens(photo: PhotoTile | null, onPart: (photo: PhotoTile, part: Region) => void): Lens {
  const { t } = useTranslation();
  const query = useSearch((state) =>
    state.phase === 'done' && hasText(state.parsed) ? state.parsedText : '',
  );
  const isFound = useSearch(
    (state) => photo !== null && state.results.some((result) => result.id === photo.id),
  );
  const canExplain = query !== '' && isFound;
  const [mode, setMode] = useState<'off' | 'why' | 'part'>('off');
  const [part, setPart] = useState<string | null>(null);
  const [box, setBox] = useState(FIRST_BOX);
  const id = photo?.id ?? null;
  const explaining = mode === 'why' && canExplain;
  const whole = useWhy(explaining ? id : null, query);
  const alone = useWhy(explaining && part !== null ? id : null, part ?? '');

  // "Why" stays on while one walks from photo to photo; a box belongs to one of them.
  useEffect(() => {
    setBox(FIRST_BOX);
    setMode((now) => (now === 'part' || id === null ? 'off' : now));
  }, [id]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another question has other parts
  useEffect(() => setPart(null), [query]);

  const toggle = (wanted: 'why' | 'part') => setMode((now) => (now === wanted ? 'off' : wanted));
  useEffect(() => {
    if (id === null) return;
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || hasDialog()) return;
      const wanted = { w: canExplain ? ('why' as const) : null, p: 'part' as const }[event.key];
      if (wanted) toggle(wanted);
      else if (event.key === 'Escape' && mode === 'part') setMode('off');
      else return;
      event.preventDefault();
      event.stopImmediatePropagation();
    };
    // Before the viewer, which Escape would close.
    window.addEventListener('keydown', onKey, true);
    return () => window.removeEventListener('keydown', onKey, true);
  });

  const search = () => {
    if (photo === null) return;
    setMode('off');
    onPart(photo, box);
  };
  const shown = part === null ? whole : alone;
  const button = (name: 'why' | 'part', label: string, icon: ReactNode) => (
    <button
      key={name}
      type="button"
      className="yarl__button"
      title={label}
      aria-label={label}
      aria-pressed={mode === name}
      onClick={() => toggle(name)}
    >
      {icon}
    </button>
  );
  return {
    tools: (
      <>
        {canExplain && button('why', t('search.why.show'), <IconFlame size={22} aria-hidden />)}
        {button('part', t('search.part.do'), <IconCrop size={22} aria-hidden />)}
      </>
    ),
    overlay: (other) => {
      if (other.id !== id) return null;
      if (mode === 'part') return <PartPicker box={box} onBox={setBox} onSearch={search} />;
      if (!explaining || shown.state !== 'ready') return null;
      return <HeatMap heat={shown.why.heat} label={t('search.why.map', { text: part ?? query })} />;
    },
    aside:
      mode === 'part' ? (
        <PartBar onSearch={search} onCancel={() => setMode('off')} />
      ) : explaining ? (
        <WhyPanel why={whole} part={part} onPart={setPart} />
      ) : null,
  };
}
