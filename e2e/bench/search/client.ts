// Starts the host and asks it as the window does: HTTP, a session cookie, one POST per search.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { SearchAnswer, SearchRequest } from '@semblance/contract';

export interface Host {
  /** From before the request is sent until its answer is parsed: milliseconds. */
  search(request: SearchRequest): Promise<{ answer: SearchAnswer; milliseconds: number }>;
  /** Resident memory of the process, without its compute processes: MiB. */
  memory(): number;
  /** Processor time that the process has used so far, its compute processes not counted: milliseconds. */
  processor(): number;
  close(): Promise<void>;
}

export async function startHost(library: string, model: string): Promise<Host> {
  const child = spawn(process.execPath, [`${import.meta.dirname}/host.ts`, library, model], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [link] = (await Promise.race([
    once(createInterface({ input: child.stdout }), 'line'),
    once(child, 'exit').then(() => Promise.reject(new Error('The host ended before it was ready.'))),
  ])) as [string];
  const { origin } = new URL(link);
  const login = await fetch(link, { redirect: 'manual' });
  const cookie = login.headers.get('set-cookie')?.split(';')[0] ?? '';
  const headers = { cookie, origin, 'content-type': 'application/json' };
  return {
    async search(request) {
      const started = performance.now();
      const response = await fetch(`${origin}/rpc/search/run`, {
        method: 'POST',
        headers,
        body: JSON.stringify({ json: request }),
      });
      const body = await response.json();
      const milliseconds = performance.now() - started;
      if (!response.ok) throw new Error(`search.run: ${response.status} ${JSON.stringify(body)}`);
      return { answer: body.json, milliseconds };
    },
    memory: () => residentMegabytes(child),
    processor: () => processorMilliseconds(child),
    async close() {
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      await gone;
    },
  };
}

function residentMegabytes(child: ChildProcess): number {
  const kilobytes = execFileSync('ps', ['-o', 'rss=', '-p', String(child.pid)], { encoding: 'utf8' });
  return Math.round(Number(kilobytes) / 1024);
}

/** From Linux's /proc, in ticks of 10 ms; NaN elsewhere. https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
function processorMilliseconds(child: ChildProcess): number {
  try {
    const fields = readFileSync(`/proc/${child.pid}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ');
    return (Number(fields[11]) + Number(fields[12])) * 10;
  } catch {
    return Number.NaN;
  }
}
