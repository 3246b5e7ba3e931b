// Native dialogs: the folder chooser (the only way a path enters from a person) and a few calm sentences.
import { BrowserWindow, dialog, type MessageBoxOptions } from 'electron';
import type { Sentence } from './decisions/sentences.ts';

export function mainWindow(): BrowserWindow | null {
  return BrowserWindow.getAllWindows()[0] ?? null;
}

/** @returns absolute paths; empty when cancelled */
export function chooseFolders(): Promise<string[]> {
  return choose({
    title: 'Add folders to your library',
    buttonLabel: 'Add',
    properties: ['openDirectory', 'multiSelections'],
  });
}

/** @returns one absolute path; empty when cancelled */
export function chooseExportFolder(): Promise<string[]> {
  return choose({
    title: 'Where should the copies go?',
    buttonLabel: 'Copy here',
    properties: ['openDirectory', 'createDirectory'],
  });
}

async function choose(options: Electron.OpenDialogOptions): Promise<string[]> {
  const window = mainWindow();
  const { canceled, filePaths } = await (window?.isVisible()
    ? dialog.showOpenDialog(window, options)
    : dialog.showOpenDialog(options));
  return canceled ? [] : filePaths;
}

export async function tell(sentence: Sentence): Promise<void> {
  await show(sentence, ['OK']);
}

/** @returns true for "Try Again", false for "Quit" */
export async function askToTryAgain(sentence: Sentence): Promise<boolean> {
  return (await show(sentence, ['Try Again', 'Quit'])) === 0;
}

async function show(sentence: Sentence, buttons: string[]): Promise<number> {
  const window = mainWindow();
  const options: MessageBoxOptions = {
    ...sentence,
    type: 'info',
    title: 'Semblance',
    buttons,
    defaultId: 0,
    cancelId: buttons.length - 1,
    noLink: true,
  };
  // A dialog of a window that is not shown yet would not be shown either.
  const { response } = await (window?.isVisible()
    ? dialog.showMessageBox(window, options)
    : dialog.showMessageBox(options));
  return response;
}
