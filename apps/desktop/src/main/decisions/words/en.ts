// What the app says outside its window, in English: menus, dialogs, notifications.

const NOTHING_LOST = 'Your photos and everything you told Semblance about them are safe.';

export const en = {
  /** The engine's own sentences are English. */
  speaksEnglish: true,
  /** For dates and numbers. */
  locale: 'en-GB',
  menu: {
    file: '&File',
    addFolders: 'Add Folders…',
    close: 'Close Window',
    quit: 'Quit Semblance',
    edit: '&Edit',
    undo: 'Undo',
    redo: 'Redo',
    cut: 'Cut',
    copy: 'Copy',
    paste: 'Paste',
    selectAll: 'Select All',
    find: 'Find…',
    settings: 'Settings…',
    photo: '&Photo',
    favourite: 'Favourite',
    addToAlbum: 'Add to Album…',
    label: 'Label…',
    copyPicture: 'Copy Picture',
    openElsewhere: 'Open in Another Program',
    reveal: 'Show in Folder',
    exportCopies: 'Export Copies…',
    hidePhoto: 'Hide or Show Again',
    trash: 'Move to Trash…',
    view: '&View',
    actualSize: 'Actual Size',
    zoomIn: 'Zoom In',
    zoomOut: 'Zoom Out',
    fullScreen: 'Full Screen',
    reload: 'Reload',
    devTools: 'Developer Tools',
    go: '&Go',
    photos: 'Photos',
    favourites: 'Favourites',
    recent: 'Recently Added',
    albums: 'Albums',
    labels: 'Labels',
    duplicates: 'Duplicates',
    window: '&Window',
    minimize: 'Minimize',
    zoom: 'Zoom',
    front: 'Bring All to Front',
    help: '&Help',
    shortcuts: 'Keyboard Shortcuts',
    libraryFolder: 'Show Library Folder',
    logFolder: 'Show Log Folder',
    diagnostics: 'Copy Diagnostics…',
    about: 'About Semblance',
    services: 'Services',
    hide: 'Hide Semblance',
    hideOthers: 'Hide Others',
    showAll: 'Show All',
  },
  dialog: {
    chooseFolders: 'Add folders to your library',
    add: 'Add',
    chooseExport: 'Where should the copies go?',
    copyHere: 'Copy here',
    ok: 'OK',
    cancel: 'Cancel',
    tryAgain: 'Try Again',
    openFolder: 'Open Folder',
    quit: 'Quit',
  },
  addDropped: {
    message: (count: number) =>
      count === 1 ? 'Add this folder to your library?' : `Add these ${count} folders to your library?`,
    detail: 'Its photos are looked at where they are. Nothing is moved or changed.',
  },
  noFolder: {
    message: 'There is no folder to add here.',
    detail: 'Semblance adds folders. Drop a folder, or a photo whose folder you want to add.',
  },
  addFailed: 'The folder could not be added.',
  restore: {
    button: 'Restore the Copy',
    detail: (when: string) =>
      `A sound copy of ${when} is there. It brings back labels, albums and stars as they were then; what is there now is kept.`,
    done: {
      message: 'The copy is in place.',
      detail: (kept: string) =>
        `Labels, albums and stars are as they were when it was made. What it replaced is in ${kept}.`,
    },
  },
  tray: {
    open: 'Open Semblance',
    pause: 'Pause Indexing',
    resume: 'Resume Indexing',
    quit: 'Quit Semblance',
    working: (percent: number) => `Looking at photos: ${percent}%`,
    scanning: 'Looking for new photos',
    paused: 'Paused',
    stopped: 'Stopped: open Semblance to see why',
    idle: 'All photos can be searched',
  },
  openFailed: {
    message: 'No other program opened this photo.',
    detail: 'Its drive may not be connected, or the system has no program for pictures of this kind.',
  },
  diagnostics: {
    message: 'Copy facts about this app, for a report?',
    detail:
      'Versions, how many photos there are, and what the app did lately. No photos, no labels and no searches are in it.',
    withNames: 'Also messages that may name files and folders',
    copy: 'Copy',
  },
  ready: {
    title: 'Your photos can be searched now',
    body: (count: number) =>
      count === 1 ? 'One photo was looked at.' : `${count.toLocaleString('en')} photos were looked at.`,
  },
  failures: {
    inUse: {
      message: 'This library is open in another program.',
      detail: 'Close it there (another Semblance window, or "semblance serve" in a terminal) and try again.',
    },
    notWritable: {
      message: 'The library folder cannot be written to.',
      detail: 'Check that the disk is connected and not full, and that you may change the folder.',
    },
    tooNew: {
      message: 'This library was made by a newer Semblance.',
      detail: 'Install the newer version to open it. Nothing was changed.',
    },
    corrupt: {
      message: 'The library could not be read.',
      detail:
        'Your photos are not touched. Nothing was deleted: keep the library folder, it may be repaired.',
    },
    model: {
      message: 'The model that understands pictures could not be loaded.',
      detail: `Installing Semblance again restores it. ${NOTHING_LOST}`,
    },
    compute: { message: 'Pictures cannot be read on this computer.', detail: NOTHING_LOST },
    diskFull: { message: 'The disk is full.', detail: `Free some space and try again. ${NOTHING_LOST}` },
    other: { message: 'The library could not be opened.', detail: NOTHING_LOST },
    engineStops: {
      message: 'Semblance had to stop working on your library.',
      detail: `It was restarted several times and stopped again. ${NOTHING_LOST}`,
    },
    windowStops: {
      message: 'The window stopped several times.',
      detail: `Opening it again usually helps. ${NOTHING_LOST}`,
    },
  },
};
