// Two photos of a group laid over each other: what differs lights up, or a slider or a flicker shows it.

import { ActionIcon, Button, NativeSelect, SegmentedControl, Slider } from '@mantine/core';
import { useReducedMotion } from '@mantine/hooks';
import type { DuplicateGroup, DuplicatePhoto } from '@semblance/contract';
import { IconFlipVertical, IconRotateClockwise } from '@tabler/icons-react';
import { type CSSProperties, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fileName } from '../../shared/format.ts';
import { alignment, hasShapeOf, nextTurn, otherOf, type Turn } from './overlay.ts';
import { Picture } from './Picture.tsx';
import classes from './Stage.module.css';
import { ZoomPane } from './ZoomPane.tsx';
import type { ZoomView } from './zoom.ts';

type Mode = 'difference' | 'slider' | 'flicker';
const MODES: readonly Mode[] = ['difference', 'slider', 'flicker'];
const FLICKER_MS = 650;

interface DifferenceViewProps {
  group: DuplicateGroup;
  view: ZoomView;
  onView(view: ZoomView): void;
}

export function DifferenceView({ group, view, onView }: DifferenceViewProps) {
  const { t } = useTranslation();
  const { photos } = group;
  const calm = useReducedMotion();
  const [mode, setMode] = useState<Mode>('difference');
  const [pair, setPair] = useState(() => otherOf(photos));
  const [strength, setStrength] = useState(4);
  const [cut, setCut] = useState(50);
  const [second, setSecond] = useState(false);
  // Null: as the changes of the two suggest.
  const [turned, setTurned] = useState<Turn | null>(null);
  const [flipped, setFlipped] = useState<boolean | null>(null);
  useEffect(() => {
    if (mode !== 'flicker' || calm) return;
    const timer = setInterval(() => setSecond((now) => !now), FLICKER_MS);
    return () => clearInterval(timer);
  }, [mode, calm]);

  const a = photos[pair.a];
  const b = photos[pair.b];
  if (a === undefined || b === undefined) return null;
  const guess = alignment(a, b);
  const turn = turned ?? guess.turn;
  const flip = flipped ?? guess.flip;
  const sameShape = hasShapeOf(a, b, turn);
  const over: CSSProperties =
    mode === 'difference'
      ? { mixBlendMode: 'difference' }
      : mode === 'slider'
        ? { clipPath: `inset(0 0 0 ${cut}%)` }
        : { visibility: second ? 'visible' : 'hidden' };
  const choices = photos.map((photo, i) => ({
    value: String(i),
    label: `${i + 1}  ${fileName(photo.path)}`,
  }));
  const pick = (side: 'a' | 'b', index: number) => {
    setTurned(null);
    setFlipped(null);
    setPair((from) => {
      const other = side === 'a' ? from.b : from.a;
      if (other === index) return { a: from.b, b: from.a };
      return { ...from, [side]: index };
    });
  };

  return (
    <div className={classes.difference} data-testid="difference" data-mode={mode}>
      <div className={classes.controls}>
        <SegmentedControl
          size="xs"
          aria-label={t('duplicates.differenceMode')}
          value={mode}
          onChange={setMode}
          data={MODES.map((value) => ({ value, label: t(`duplicates.mode.${value}`) }))}
        />
        {mode === 'difference' && (
          <div className={classes.slider}>
            <span>{t('duplicates.strength')}</span>
            <Slider
              size="sm"
              min={1}
              max={16}
              label={null}
              value={strength}
              thumbLabel={t('duplicates.strength')}
              onChange={setStrength}
            />
          </div>
        )}
        {mode === 'slider' && (
          <div className={classes.slider}>
            <span>{t('duplicates.cut')}</span>
            <Slider size="sm" label={null} value={cut} thumbLabel={t('duplicates.cut')} onChange={setCut} />
          </div>
        )}
        {mode === 'flicker' && (
          <Button size="compact-sm" variant="default" onClick={() => setSecond(!second)}>
            {t('duplicates.showOther', { index: (second ? pair.a : pair.b) + 1 })}
          </Button>
        )}
        <div className={classes.pair}>
          <ActionIcon
            variant="default"
            size={30}
            aria-label={t('duplicates.turn')}
            title={t('duplicates.turn')}
            onClick={() => setTurned(nextTurn(turn))}
          >
            <IconRotateClockwise size={16} aria-hidden />
          </ActionIcon>
          <ActionIcon
            variant="default"
            size={30}
            aria-label={t('duplicates.flip')}
            title={t('duplicates.flip')}
            aria-pressed={flip}
            onClick={() => setFlipped(!flip)}
          >
            <IconFlipVertical size={16} aria-hidden />
          </ActionIcon>
          <Side label={t('duplicates.below')} value={pair.a} data={choices} onPick={(i) => pick('a', i)} />
          <Side label={t('duplicates.above')} value={pair.b} data={choices} onPick={(i) => pick('b', i)} />
        </div>
      </div>
      <ZoomPane view={view} ratio={a.width / a.height} pixels={Math.max(a.width, b.width)} onView={onView}>
        <div
          className={classes.overlay}
          style={mode === 'difference' ? { filter: `brightness(${strength})` } : undefined}
        >
          <Layer photo={a} fit="fill" />
          <Layer photo={b} fit={sameShape ? 'fill' : 'contain'} turn={turn} flip={flip} style={over} />
        </div>
        {mode === 'slider' && <span className={classes.cut} style={{ left: `${cut}%` }} />}
      </ZoomPane>
      <p className={classes.legend}>
        {t(`duplicates.modeText.${mode}`)}
        {(flip || turn !== 0) && ` ${t('duplicates.turnedBack')}`}
        {!sameShape && ` ${t('duplicates.notAligned')}`}
      </p>
    </div>
  );
}

interface LayerProps {
  photo: DuplicatePhoto;
  fit: CSSProperties['objectFit'];
  turn?: Turn;
  flip?: boolean;
  style?: CSSProperties;
}

/** Thumbnail and full picture are blended as one: twice over, they would light up by themselves. */
function Layer({ photo, fit, turn = 0, flip = false, style }: LayerProps) {
  const transform = `translate(-50%, -50%) rotate(${turn}deg)${flip ? ' scaleX(-1)' : ''}`;
  const lying = turn === 90 || turn === 270;
  return (
    <div className={classes.blended} style={style}>
      <div className={classes.turned} data-lying={lying || undefined} style={{ transform }}>
        <Picture photo={photo.photo} alt={fileName(photo.path)} full fit={fit} />
      </div>
    </div>
  );
}

interface SideProps {
  label: string;
  value: number;
  data: { value: string; label: string }[];
  onPick(index: number): void;
}

function Side({ label, value, data, onPick }: SideProps) {
  return (
    <NativeSelect
      size="xs"
      aria-label={label}
      title={label}
      value={String(value)}
      data={data}
      onChange={(event) => onPick(Number(event.currentTarget.value))}
    />
  );
}
