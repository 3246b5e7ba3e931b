// The switches burnt into the packed Electron, each with the position it must have and why.
import { FuseV1Options } from '@electron/fuses';

export interface Fuse {
  option: FuseV1Options;
  on: boolean;
  why: string;
}

export const FUSES: readonly Fuse[] = [
  { option: FuseV1Options.RunAsNode, on: false, why: 'the app is no Node for other programs' },
  { option: FuseV1Options.EnableCookieEncryption, on: true, why: 'nothing readable on disk' },
  { option: FuseV1Options.EnableNodeOptionsEnvironmentVariable, on: false, why: 'no code by environment' },
  { option: FuseV1Options.EnableNodeCliInspectArguments, on: false, why: 'no debugger from outside' },
  {
    option: FuseV1Options.EnableEmbeddedAsarIntegrityValidation,
    on: true,
    why: 'app.asar is as it was packed',
  },
  { option: FuseV1Options.OnlyLoadAppFromAsar, on: true, why: 'a folder beside it is not run instead' },
  { option: FuseV1Options.LoadBrowserProcessSpecificV8Snapshot, on: false, why: 'there is none' },
  { option: FuseV1Options.GrantFileProtocolExtraPrivileges, on: false, why: 'no page comes from file:' },
  { option: FuseV1Options.WasmTrapHandlers, on: true, why: 'the default; off only costs speed' },
];

export type FuseReading = Readonly<Record<string, unknown>>;

/**
 * @param reading fuse wire as `getCurrentFuseWire` returns it
 * @param states what it calls on and off
 * @returns names of the fuses that are not where they must be
 */
export function wrongFuses(reading: FuseReading, states: { on: unknown; off: unknown }): string[] {
  return FUSES.filter(({ option, on }) => reading[option] !== (on ? states.on : states.off)).map(
    ({ option }) => FuseV1Options[option],
  );
}
