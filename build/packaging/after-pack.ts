// electron-builder's hook after a folder is packed and before it is signed: sets the fuses and reads them back.
import { join } from 'node:path';
import { type FuseConfig, FuseState, FuseVersion, flipFuses, getCurrentFuseWire } from '@electron/fuses';
import { FUSES, wrongFuses } from './fuses.ts';

/** The part of electron-builder's `AfterPackContext` that is used. */
export interface PackedApp {
  appOutDir: string;
  electronPlatformName: string;
  packager: { executableName?: string; appInfo: { productFilename: string } };
}

export async function afterPack(packed: PackedApp): Promise<void> {
  const executable = executableOf(packed);
  const positions = Object.fromEntries(FUSES.map(({ option, on }) => [option, on]));
  await flipFuses(executable, {
    version: FuseVersion.V1,
    strictlyRequireAllFuses: true,
    // Changing the binary breaks the ad-hoc signature that arm64 needs to start at all.
    resetAdHocDarwinSignature: packed.electronPlatformName === 'darwin',
    ...positions,
  } as FuseConfig);
  await checkFuses(executable);
}

/** @throws Error that names every fuse in the wrong position */
export async function checkFuses(executable: string): Promise<void> {
  const { version: _, ...reading } = await getCurrentFuseWire(executable);
  const wrong = wrongFuses(reading, { on: FuseState.ENABLE, off: FuseState.DISABLE });
  if (wrong.length > 0) throw new Error(`Fuses in the wrong position in ${executable}: ${wrong.join(', ')}`);
}

export function executableOf({ appOutDir, electronPlatformName, packager }: PackedApp): string {
  const { productFilename } = packager.appInfo;
  if (electronPlatformName === 'darwin') return join(appOutDir, `${productFilename}.app`);
  if (electronPlatformName === 'win32') return join(appOutDir, `${productFilename}.exe`);
  return join(appOutDir, packager.executableName ?? productFilename);
}
