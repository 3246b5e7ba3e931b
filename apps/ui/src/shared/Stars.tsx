// Five stars to give a photo, or to take away by choosing the same again.
import { IconStar, IconStarFilled } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from './Stars.module.css';

interface StarsProps {
  /** Null: not rated, or not the same for all. */
  value: number | null;
  size?: number;
  onRate(rating: number | null): void;
}

export function Stars({ value, size = 18, onRate }: StarsProps) {
  const { t } = useTranslation();
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset brings a frame and a layout of its own
    <span className={classes.stars} role="group" aria-label={t('photo.rating')}>
      {[1, 2, 3, 4, 5].map((star) => (
        <button
          key={star}
          type="button"
          aria-label={t('photo.stars', { count: star })}
          aria-pressed={value === star}
          title={t('photo.stars', { count: star })}
          onClick={() => onRate(value === star ? null : star)}
        >
          {value !== null && star <= value ? (
            <IconStarFilled size={size} aria-hidden />
          ) : (
            <IconStar size={size} aria-hidden />
          )}
        </button>
      ))}
    </span>
  );
}
