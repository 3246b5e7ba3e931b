// Native dialogs: the folder chooser (the only way a path enters from a person) and a few calm sentences.
import { BrowserWindow, dialog, type MessageBoxOptions, shell } from 'electron';
import type { Sentence } from './decisions/sentences.ts';
import type { Trouble, Way } from './decisions/ways-out.ts';
import { words } from './looks.ts';

export function mainWindow(): BrowserWindow | null {
  return BrowserWindow.getAllWindows()[0] ?? null;
}

/** @returns absolute paths; empty when cancelled */
export function chooseFolders(): Promise<string[]> {
  return choose({
    title: words().dialog.chooseFolders,
    buttonLabel: words().dialog.add,
    properties: ['openDirectory', 'multiSelections'],
  });
}

/** @returns one absolute path; empty when cancelled */
export function chooseExportFolder(): Promise<string[]> {
  return choose({
    title: words().dialog.chooseExport,
    buttonLabel: words().dialog.copyHere,
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
  await show(sentence, [words().dialog.ok]);
}

/** @returns true for "Try Again", false for "Quit" */
export async function askToTryAgain(sentence: Sentence): Promise<boolean> {
  const { tryAgain, quit } = words().dialog;
  return (await show(sentence, [tryAgain, quit])).response === 0;
}

/** Shows the folder as often as that is asked, and asks again. @param folder absolute */
export async function askWhatNow(
  { sentence, ways }: Trouble,
  folder: string | null,
): Promise<Exclude<Way, 'folder'>> {
  for (;;) {
    const labels = ways.map(({ label }) => label);
    const way = ways[(await show(sentence, labels)).response]?.way ?? 'quit';
    if (way !== 'folder') return way;
    if (folder !== null) await shell.openPath(folder);
  }
}

/** @param folders absolute paths, shown in full: the person must see what is added */
export async function askToAdd(folders: readonly string[]): Promise<boolean> {
  const { dialog: buttons, addDropped } = words();
  const detail = `${folders.join('\n')}\n\n${addDropped.detail}`;
  const sentence = { message: addDropped.message(folders.length), detail };
  return (await show(sentence, [buttons.add, buttons.cancel])).response === 0;
}

/** @returns null when cancelled */
export async function askToCopyDiagnostics(): Promise<{ withNames: boolean } | null> {
  const { dialog: buttons, diagnostics } = words();
  const { message, detail, copy, withNames } = diagnostics;
  const answer = await show({ message, detail }, [copy, buttons.cancel], withNames);
  return answer.response === 0 ? { withNames: answer.checkboxChecked } : null;
}

async function show(
  { message, detail }: Sentence,
  buttons: string[],
  checkbox?: string,
): Promise<Electron.MessageBoxReturnValue> {
  const window = mainWindow();
  const options: MessageBoxOptions = {
    message,
    detail,
    type: 'info',
    title: 'Semblance',
    buttons,
    defaultId: 0,
    cancelId: buttons.length - 1,
    noLink: true,
    ...(checkbox !== undefined && { checkboxLabel: checkbox, checkboxChecked: false }),
  };
  // A dialog of a window that is not shown yet would not be shown either.
  return window?.isVisible() ? dialog.showMessageBox(window, options) : dialog.showMessageBox(options);
}
