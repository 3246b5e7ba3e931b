// What a query means, beyond what a person is shown of it.
import type { FilterName, ParsedQuery } from '@semblance/contract';

/** A stretch of wall-clock time (milliseconds as if UTC, the scale of `takenAt`); `until` is exclusive. */
export interface DateRange {
  from: number;
  until: number;
}

export type Trait = 'favorite' | 'hidden' | 'screenshot' | 'animated' | 'offline' | 'new';
export type Possession = 'gps' | 'album' | 'label' | 'rating' | 'camera';
export type Orientation = 'portrait' | 'landscape' | 'square';

export interface Coordinates {
  /** WGS 84 degrees. */
  latitude: number;
  longitude: number;
}

/** What a filter asks of a photo. Texts are as typed: compare them folded (`fold`). */
export type Condition =
  | { name: 'label' | 'album' | 'in' | 'place' | 'camera' | 'lens' | 'name'; text: string }
  | ({ name: 'date' } & DateRange)
  /** Stars, both ends included; 0 stands for "not rated". */
  | { name: 'rating'; least: number; most: number }
  | { name: 'is'; trait: Trait }
  | { name: 'has'; what: Possession }
  /** Formats as decoded: `jpeg`, `heic`, `nef`, ... */
  | { name: 'type'; formats: readonly string[] }
  | { name: 'orientation'; orientation: Orientation }
  | { name: 'near'; at: Coordinates | { place: string }; km: number };

interface Piece {
  negated: boolean;
  /** Offsets in the typed text, end exclusive. */
  start: number;
  end: number;
}

export interface QueryFilter extends Piece {
  name: FilterName;
  /** As typed. */
  value: string;
  condition: Condition;
}

export interface ExactPhrase extends Piece {
  text: string;
}

export interface Query {
  parsed: ParsedQuery;
  /** For the model. Weights are positive; several texts are added up as unit vectors. */
  texts: { text: string; weight: number }[];
  /** For the model: photos that match one of them are left out. */
  nots: string[];
  exacts: ExactPhrase[];
  filters: QueryFilter[];
}
