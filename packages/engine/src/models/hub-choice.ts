// Which hub models come from: the usual one, the one that a person chose, or the one that the host insists on.
import { mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type HubSettings, hubUrl, SemblanceError } from '@semblance/contract';
import { atomicWrite } from '@semblance/scan';

export interface HubChoice {
  get(): Promise<HubSettings>;
  /** @param url null for the usual one. @throws SemblanceError NOT_SUPPORTED_HERE when the host decides */
  set(url: string | null): Promise<HubSettings>;
}

const USUAL_HUB = 'https://huggingface.co';

export function createHubChoice(file: string, fixed: string | undefined): HubChoice {
  async function get(): Promise<HubSettings> {
    const url = fixed ?? (await chosen(file)) ?? USUAL_HUB;
    return { url, usual: USUAL_HUB, fixed: fixed !== undefined };
  }
  return {
    get,
    async set(url) {
      if (fixed !== undefined) {
        throw new SemblanceError('NOT_SUPPORTED_HERE', `Semblance was started with --hub ${fixed}.`);
      }
      await mkdir(dirname(file), { recursive: true });
      await atomicWrite(file, Buffer.from(`${JSON.stringify({ url })}\n`));
      return get();
    },
  };
}

async function chosen(file: string): Promise<string | null> {
  try {
    const parsed = hubUrl.safeParse(JSON.parse(await readFile(file, 'utf8')).url);
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
