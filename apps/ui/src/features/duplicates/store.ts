// State of the duplicates room, in three slices: what there is, the review, and applying.
import { createStore, type StoreApi } from 'zustand';
import { createFeature } from '../../shared/feature-store.ts';
import { type ApplySlice, applySlice } from './apply-slice.ts';
import type { DuplicatesClient } from './client.ts';
import { type OverviewSlice, overviewSlice } from './overview-slice.ts';
import { type ReviewSlice, reviewSlice } from './review-slice.ts';

export type DuplicatesState = OverviewSlice & ReviewSlice & ApplySlice;

export type SetState = StoreApi<DuplicatesState>['setState'];
export type GetState = StoreApi<DuplicatesState>['getState'];

export const duplicatesFeature = createFeature<DuplicatesState>('duplicates');
export const useDuplicates = duplicatesFeature.use;

export function createDuplicatesStore(client: DuplicatesClient): StoreApi<DuplicatesState> {
  return createStore<DuplicatesState>((set, get) => ({
    ...overviewSlice(client, set, get),
    ...reviewSlice(client, set, get),
    ...applySlice(client, set, get),
  }));
}
