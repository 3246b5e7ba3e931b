// A photo's picture for the clipboard, as a PNG that the engine makes: handed over by the desktop app, or by the browser
// itself where it may.
import { notifications } from '@mantine/notifications';
import { useCallback, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { nativeBridge } from '../connection/native.ts';
import { useEngine } from '../shared/engine-context.tsx';
import { hasDialog, isTyping } from '../shared/typing.ts';

/** @returns undefined where no program may write a picture to the clipboard */
export function useCopyPicture(): ((id: string) => void) | undefined {
  const { t } = useTranslation();
  const { picture } = useEngine();
  const copy = useCallback(
    (id: string) => {
      const bridge = nativeBridge();
      const done = bridge === null ? write(picture('copy', { id, version: '' })) : bridge.copyPicture(id);
      done.then(
        (copied) => notifications.show({ message: t(copied ? 'photo.copied' : 'photo.copyFailed') }),
        () => notifications.show({ message: t('photo.copyFailed') }),
      );
    },
    [picture, t],
  );
  return nativeBridge() !== null || mayWrite() ? copy : undefined;
}

/** Only pages that came over HTTPS or from this machine have one. */
function mayWrite(): boolean {
  return 'ClipboardItem' in globalThis && typeof navigator.clipboard?.write === 'function';
}

async function write(url: string): Promise<boolean> {
  // Its address has no version: whether the picture is still the same is asked each time.
  const picture = fetch(url, { credentials: 'same-origin', cache: 'no-cache' }).then((response) => {
    if (!response.ok) throw new Error(`${response.status}`);
    return response.blob();
  });
  // At once, with a promise: some browsers forget the gesture while they wait.
  await navigator.clipboard.write([new ClipboardItem({ 'image/png': picture })]);
  return true;
}

/**
 * The system's wish to copy (Ctrl+C, Cmd+C, the menu): the picture, unless text is chosen or being typed.
 *
 * @param run does it; false when there is no one photo to copy
 */
export function useCopyKey(run: () => boolean): void {
  const latest = useRef(run);
  latest.current = run;
  useEffect(() => {
    const onCopy = (event: ClipboardEvent) => {
      if (isTyping(document.activeElement) || hasDialog()) return;
      if (window.getSelection()?.isCollapsed === false) return;
      if (latest.current()) event.preventDefault();
    };
    document.addEventListener('copy', onCopy);
    return () => document.removeEventListener('copy', onCopy);
  }, []);
}
