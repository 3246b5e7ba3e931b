// One small zustand store per feature, handed down by context so that a test or a gallery can bring its own.
import { type Context, createContext, useContext } from 'react';
import { type StoreApi, useStore } from 'zustand';

export interface Feature<State> {
  readonly Context: Context<StoreApi<State> | null>;
  /** Hook: the selected part of the nearest store. */
  readonly use: <Slice>(selector: (state: State) => Slice) => Slice;
}

export function createFeature<State>(name: string): Feature<State> {
  const FeatureContext = createContext<StoreApi<State> | null>(null);
  FeatureContext.displayName = name;
  return {
    Context: FeatureContext,
    use: (selector) => {
      const store = useContext(FeatureContext);
      if (store === null) throw new Error(`No ${name} store above this component.`);
      return useStore(store, selector);
    },
  };
}
