// Whether a key press belongs to a text field rather than to the window.
export function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches('input, textarea, select, [contenteditable]');
}

/** An open drawer, dialog or menu takes keys for itself; an open photo is none of these. */
export function hasDialog(): boolean {
  return document.querySelector('[role="dialog"]:not(.yarl__portal), [role="menu"]') !== null;
}

let atKeyDown = false;

// Registered when the window loads, so before any dialog's own listener: a dialog that Escape closes at once (as without
// animations) would be gone by the time the others look.
globalThis.window?.addEventListener(
  'keydown',
  () => {
    atKeyDown = hasDialog();
  },
  true,
);

/** Whether a dialog was open when the key that is being handled went down. */
export function hadDialog(): boolean {
  return atKeyDown || hasDialog();
}
