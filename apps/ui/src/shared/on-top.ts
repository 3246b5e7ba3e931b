// For dialogs that are also asked for while a photo is open: the lightbox is at 9999.

export const OVER_THE_PHOTO = {
  zIndex: 10_001,
  // A portal of its own: the lightbox makes those that were there before it inert.
  portalProps: { reuseTargetNode: false },
} as const;
