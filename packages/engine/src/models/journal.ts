// Every request that left this machine, in a file that people can read too: one JSON object a line. Kept beside the
// models, because downloads belong to no library.
import { appendFile, mkdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type NetworkCall, networkCall } from '@semblance/contract';
import { atomicWrite } from '@semblance/scan';

export interface Journal {
  /** Never fails: a full disk must not make a request look as if it had not been made to the caller. */
  record(call: NetworkCall): Promise<void>;
  /** Newest first. */
  list(limit: number): Promise<{ total: number; calls: NetworkCall[] }>;
  /** When everything recorded until now is written. */
  settled(): Promise<void>;
}

const JOURNAL_FILE = 'network.jsonl';
/** About five thousand requests; the older half goes when there are more. */
const MAX_BYTES = 1_500_000;

export function createJournal(directory: string): Journal {
  const path = join(directory, JOURNAL_FILE);
  let queue: Promise<void> = Promise.resolve();

  async function append(call: NetworkCall): Promise<void> {
    await mkdir(directory, { recursive: true });
    // One small write to a file opened for appending: two processes do not mix their lines.
    await appendFile(path, `${JSON.stringify(call)}\n`, { mode: 0o600 });
    if ((await stat(path)).size <= MAX_BYTES) return;
    const lines = (await readFile(path, 'utf8')).trimEnd().split('\n');
    const kept = lines.slice(Math.floor(lines.length / 2));
    await atomicWrite(path, Buffer.from(`${kept.join('\n')}\n`));
  }

  return {
    record(call) {
      queue = queue.then(() => append(call)).catch(() => undefined);
      return queue;
    },
    settled: () => queue,
    async list(limit) {
      await queue;
      const text = await readFile(path, 'utf8').catch(() => '');
      const calls = text.split('\n').flatMap((line) => {
        const parsed = networkCall.safeParse(parse(line));
        return parsed.success ? [parsed.data] : [];
      });
      return { total: calls.length, calls: calls.reverse().slice(0, limit) };
    },
  };
}

/** A line that was cut short by a power cut is no line. */
function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
