// ?state=label-parts: the parts of the labels that other screens place, in their states, without an engine.
import { MantineProvider } from '@mantine/core';
import type { LabelAssignment, LabelColor } from '@semblance/contract';
import { useState } from 'react';
import { createRoot } from 'react-dom/client';
import '@fontsource-variable/inter/wght.css';
import '@mantine/core/styles.layer.css';
import '../src/app/app.css';
import { theme } from '../src/app/theme.ts';
import { LabelChips } from '../src/features/labels/LabelChips.tsx';
import { LabelPicker } from '../src/features/labels/LabelPicker.tsx';
import { preferredLanguage, startI18n } from '../src/shared/i18n.ts';

const NAMES = [
  'Dogs',
  'Grandma’s garden',
  'Our boat',
  'Receipts and tickets from the journey around the world',
];
const COLORS: readonly LabelColor[] = ['green', 'pink', 'blue', 'yellow'];
const STATES = ['yours', 'tagged', 'suggested', 'tagged'] as const;

const LABELS: LabelAssignment[] = NAMES.map((name, i) => ({
  id: i + 1,
  name,
  color: COLORS[i] ?? 'gray',
  state: STATES[i] ?? 'yours',
  score: i === 0 ? null : 0.9 - i * 0.1,
}));

export async function showLabelParts(root: HTMLElement): Promise<void> {
  await startI18n(preferredLanguage());
  const scheme = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
  createRoot(root).render(
    <MantineProvider theme={theme} forceColorScheme={scheme}>
      <Parts />
    </MantineProvider>,
  );
}

function Parts() {
  const [labels, setLabels] = useState(LABELS);
  const [assigned, setAssigned] = useState<ReadonlyMap<number, 'all' | 'some'>>(
    new Map([
      [1, 'all'],
      [3, 'some'],
    ]),
  );
  return (
    <div style={{ display: 'grid', maxWidth: 320, padding: 24, gap: 32 }}>
      <LabelChips
        labels={labels}
        onOpen={() => undefined}
        onDecide={(id, verdict) =>
          setLabels(
            labels.map((label) =>
              label.id === id ? { ...label, state: verdict === 'yes' ? 'yours' : 'refused' } : label,
            ),
          )
        }
      />
      <LabelChips labels={LABELS.slice(0, 2)} />
      <LabelPicker
        labels={LABELS}
        assigned={assigned}
        onToggle={(id, on) => {
          const next = new Map(assigned);
          if (on) next.set(id, 'all');
          else next.delete(id);
          setAssigned(next);
        }}
        onCreate={() => undefined}
        onClose={() => undefined}
      />
    </div>
  );
}
