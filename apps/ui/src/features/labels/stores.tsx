// The stores of the labels, joined: what one part does with the labels, the others show.
import type { ReactNode } from 'react';
import { ask, createAskStore } from './ask-store.ts';
import type { LabelCalls } from './calls.ts';
import { createLabelListStore, labelList } from './list-store.ts';
import { createQueueStore, queue } from './queue-store.ts';
import { createRunsStore, runs } from './runs-store.ts';
import { createStudioStore, studio } from './studio-store.ts';
import { createToolsStore, tools } from './tools/store.ts';

/** Many quick answers make one look at the counts. */
const COUNT_AGAIN_MS = 700;

export function createLabelsStores(client: LabelCalls) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const list = createLabelListStore(client);
  const countAgain = (milliseconds: number) => {
    clearTimeout(timer);
    timer = setTimeout(() => void list.getState().load(), milliseconds);
  };
  const studioStore = createStudioStore(client);
  /** The library has changed: photos came, or tags are others now. */
  const refresh = () => {
    // Until the room was opened once, nobody looks.
    if (list.getState().phase === 'loading') return;
    countAgain(0);
    if (studioStore.getState().key !== null) studioStore.getState().again();
  };
  list.subscribe((state, before) => {
    if (state.labels !== before.labels) studioStore.getState().follow(state.labels);
  });
  return {
    list,
    studio: studioStore,
    ask: createAskStore(client, studioStore),
    queue: createQueueStore(client, () => countAgain(COUNT_AGAIN_MS)),
    runs: createRunsStore(client, refresh),
    tools: createToolsStore(client, () => countAgain(0)),
    refresh,
  };
}

export type LabelsStores = ReturnType<typeof createLabelsStores>;

export function LabelsProvider({ stores, children }: { stores: LabelsStores; children: ReactNode }) {
  return (
    <labelList.Context value={stores.list}>
      <studio.Context value={stores.studio}>
        <ask.Context value={stores.ask}>
          <queue.Context value={stores.queue}>
            <runs.Context value={stores.runs}>
              <tools.Context value={stores.tools}>{children}</tools.Context>
            </runs.Context>
          </queue.Context>
        </ask.Context>
      </studio.Context>
    </labelList.Context>
  );
}
