// dialog: nobody sits at the double, so a dialog is dismissed as by Escape, and said so. A test that wants an answer
// puts a function in its place (`dialog.showOpenDialog = …`), which works in Electron too.
import { part } from '../model.ts';

function dismissed(what: string, said: string): void {
  console.error(`double: ${what} was dismissed: ${said}`);
}

const optionsOf = <T>(args: readonly unknown[]): T => args[args.length - 1] as T;

export const dialog = part<Electron.Dialog>('dialog', {
  async showOpenDialog(...args: unknown[]) {
    dismissed('a file dialog', optionsOf<Electron.OpenDialogOptions>(args).title ?? '');
    return { canceled: true, filePaths: [] };
  },
  async showSaveDialog(...args: unknown[]) {
    dismissed('a save dialog', optionsOf<Electron.SaveDialogOptions>(args).title ?? '');
    return { canceled: true, filePath: '' };
  },
  async showMessageBox(...args: unknown[]) {
    const { message, detail, cancelId = 0 } = optionsOf<Electron.MessageBoxOptions>(args);
    dismissed('a message', `${message} ${detail ?? ''}`);
    return { response: cancelId, checkboxChecked: false };
  },
  showErrorBox: (title, content) => dismissed('an error', `${title} ${content}`),
});
