// The parts of the labels that other screens place, in their states.
import type { LabelAssignment, LabelColor } from '@semblance/contract';
import { useState } from 'react';
import { Dot, LABEL_COLORS } from '../../src/features/labels/Dot.tsx';
import { LabelChips } from '../../src/features/labels/LabelChips.tsx';
import { LabelPicker } from '../../src/features/labels/LabelPicker.tsx';

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

export function LabelParts() {
  const [labels, setLabels] = useState(LABELS);
  const [assigned, setAssigned] = useState<ReadonlyMap<number, 'all' | 'some'>>(
    new Map([
      [1, 'all'],
      [3, 'some'],
    ]),
  );
  return (
    <div style={{ display: 'grid', gap: 32, gridTemplateColumns: 'repeat(auto-fill, minmax(280px, 1fr))' }}>
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
      <div style={{ display: 'flex', gap: 12 }}>
        {LABEL_COLORS.map((color) => (
          <Dot key={color} color={color} size={16} />
        ))}
      </div>
    </div>
  );
}
