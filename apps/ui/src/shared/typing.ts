// Whether a key press belongs to a text field rather than to the window.
export function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches('input, textarea, select, [contenteditable]');
}

/** An open drawer, dialog or menu takes keys for itself; an open photo is none of these. */
export function hasDialog(): boolean {
  return document.querySelector('[role="dialog"]:not(.yarl__portal), [role="menu"]') !== null;
}
