// All scenes that can be drawn, each with a query for which the starter model ranks it first (see test/pictures).
import type { Random } from '../random.ts';
import { city, drawing, football, pizza, receipt } from './made.ts';
import { flower, forest, snowyMountain } from './nature.ts';
import { beach, cloudySky, sunset } from './skies.ts';

export interface Scene {
  /** Text that finds it. */
  query: string;
  /** SVG content on a canvas of 1200 x 800. */
  draw: (random: Random) => string;
}

export const SCENES = {
  sunset: { query: 'sunset', draw: sunset },
  beach: { query: 'beach', draw: beach },
  'cloudy-sky': { query: 'cloudy sky', draw: cloudySky },
  forest: { query: 'forest', draw: forest },
  'snowy-mountain': { query: 'snow', draw: snowyMountain },
  flower: { query: 'flower', draw: flower },
  receipt: { query: 'receipt', draw: receipt },
  drawing: { query: 'drawing', draw: drawing },
  city: { query: 'city', draw: city },
  pizza: { query: 'pizza', draw: pizza },
  football: { query: 'sports', draw: football },
} satisfies Record<string, Scene>;

export type SceneName = keyof typeof SCENES;

export const SCENE_NAMES = Object.keys(SCENES) as SceneName[];
