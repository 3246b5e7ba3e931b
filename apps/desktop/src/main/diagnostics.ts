// "Copy Diagnostics": gathers facts about the app and its machine, for a report that a person reads first.
import { readFileSync } from 'node:fs';
import { availableParallelism, release, totalmem } from 'node:os';
import { join } from 'node:path';
import { app, clipboard } from 'electron';
import { diagnosticsText } from './decisions/diagnostics.ts';
import type { Fact } from './decisions/log-entry.ts';
import { askToCopyDiagnostics } from './dialogs.ts';
import type { Engine } from './engine.ts';
import type { Log } from './log-file.ts';

export async function copyDiagnostics(engine: Engine, log: Log): Promise<void> {
  const wish = await askToCopyDiagnostics();
  if (wish === null) return;
  const facts = { app: appFacts(), machine: machineFacts(), library: await engine.facts() };
  clipboard.writeText(diagnosticsText({ facts, log: log.lines(), ...wish }));
}

/** For the log as well. */
export function appFacts(): Record<string, Fact> {
  const { electron = '', chrome = '', node } = process.versions;
  return { version: app.getVersion(), commit: commit(), packaged: app.isPackaged, electron, chrome, node };
}

function machineFacts(): Record<string, Fact> {
  return {
    system: process.platform,
    arch: process.arch,
    // The kernel's version; its name may be somebody's own.
    release: /^[\d.]+/.exec(release())?.[0] ?? '',
    language: app.getLocale(),
    processors: availableParallelism(),
    memoryGB: Math.round(totalmem() / 1e9),
  };
}

/** Stamped into the packed package.json (build/packaging/stamp.ts). */
function commit(): string {
  try {
    const { madeFrom } = JSON.parse(readFileSync(join(app.getAppPath(), 'package.json'), 'utf8'));
    return typeof madeFrom?.commit === 'string' ? madeFrom.commit : '';
  } catch {
    return '';
  }
}
