// onnxruntime with hardware that is not there: every provider is the CPU, told to be wrong, absent or slow.
import { Tensor } from 'onnxruntime-node';
import { onnxRuntime, type Provider, type Runtime } from '../src/index.ts';

export interface FakeHardware {
  /** Opening fails with this sentence. */
  fails?: string;
  /** Added to every number of an embedding: a wrong kernel. */
  drift?: number;
}

export interface FakeRuntime extends Runtime {
  /** What was opened, in order. */
  opened: { path: string; provider: Provider; threads: number }[];
  /** Graphs that are open now. */
  alive: number;
}

export function fakeRuntime(hardware: Partial<Record<Provider, FakeHardware>>): FakeRuntime {
  const fake: FakeRuntime = {
    opened: [],
    alive: 0,
    providers: () => [...(Object.keys(hardware) as Provider[]), 'cpu'],
    async open(path, options) {
      const { fails, drift = 0 } = hardware[options.provider] ?? {};
      fake.opened.push({ path, ...options });
      if (fails !== undefined) throw new Error(fails);
      const graph = await onnxRuntime.open(path, { ...options, provider: 'cpu' });
      fake.alive += 1;
      return {
        ...graph,
        async run(feeds, outputs) {
          const results = await graph.run(feeds, outputs);
          if (drift === 0) return results;
          return Object.fromEntries(
            Object.entries(results).map(([name, tensor]) => {
              const moved = Float32Array.from(
                tensor.data as Float32Array,
                (value, i) => value + drift * (i % 3),
              );
              return [name, new Tensor('float32', moved, tensor.dims)];
            }),
          );
        },
        async release() {
          fake.alive -= 1;
          await graph.release();
        },
      };
    },
  };
  return fake;
}
