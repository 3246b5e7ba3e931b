// Which files are taken for photos, and which folders are never looked into.

/** Lower case, without the dot. SVG is left out on purpose: it is a program, not a picture (DESIGN.md section 7). */
const PHOTO_EXTENSIONS: ReadonlySet<string> = new Set([
  ...[
    'jpg',
    'jpeg',
    'jpe',
    'jfif',
    'png',
    'webp',
    'gif',
    'bmp',
    'tif',
    'tiff',
    'avif',
    'heic',
    'heif',
    'hif',
    'jxl',
  ],
  // Camera raw, by maker: Adobe, Canon, Nikon, Sony, Fujifilm, Olympus, Panasonic, Pentax, Samsung, Hasselblad, Phase One,
  // Leica, Epson, Kodak, Minolta, Mamiya, Leaf, Sigma, GoPro.
  ...[
    'dng',
    'cr2',
    'cr3',
    'crw',
    'nef',
    'nrw',
    'arw',
    'srf',
    'sr2',
    'raf',
    'orf',
    'ori',
    'rw2',
    'raw',
    'pef',
  ],
  ...['srw', '3fr', 'fff', 'iiq', 'rwl', 'erf', 'dcr', 'kdc', 'mrw', 'mef', 'mos', 'x3f', 'gpr'],
]);

/** Folders that hold copies, caches or programs, never the user's own photos. Compared in lower case. */
const SKIPPED_FOLDERS: ReadonlySet<string> = new Set([
  '@eadir', // Synology's thumbnails
  '#recycle', // Synology's bin
  '@recycle', // QNAP's bin
  '$recycle.bin',
  'system volume information',
  'lost+found',
  'node_modules',
  '__macosx', // resource forks unpacked from a zip
]);

/** Folders that are one document to their program. Their insides move without notice. */
const PACKAGES: ReadonlySet<string> = new Set([
  ...[
    'photoslibrary',
    'aplibrary',
    'migratedphotolibrary',
    'photolibrary',
    'lrdata',
    'lrlibrary',
    'cocatalog',
  ],
  ...['app', 'bundle', 'framework'],
  // Safari's downloads, until they are whole.
  'download',
]);

export type FileVerdict = 'photo' | 'sniff' | 'no';

/**
 * Judges a file by its name. A known extension is enough: whether the bytes keep its promise is for the decoder to say,
 * and a broken photo must end as a recorded failure rather than be overlooked. A name without any extension is a photo
 * when its first bytes say so (`sniffFormat`). Other extensions are not opened. Names that start with a dot are never
 * photos: they are macOS `._` companions, caches and half-written files (rsync: `.a.jpg.Xy12ab`). So are downloads under way
 * (`a.jpg.part`, `.crdownload`, `.partial`, `.tmp`), because their last ending is not a picture's.
 */
export function judgeFile(name: string): FileVerdict {
  if (name.startsWith('.')) return 'no';
  const extension = extensionOf(name);
  if (extension === '') return 'sniff';
  return PHOTO_EXTENSIONS.has(extension) ? 'photo' : 'no';
}

/** What programs put beside a file of that name while they fetch it: Firefox and aria2 give the file itself a place at once. */
const BESIDE_UNFINISHED = ['.part', '.aria2', '.crdownload', '.partial', '.filepart', '.tmp'];

/** Names that say that another program is writing this file, when they are there. */
export function unfinishedNames(name: string): string[] {
  return BESIDE_UNFINISHED.map((ending) => name + ending);
}

export type FolderVerdict = 'walk' | 'skip' | 'package';

/** Judges a folder by its name. Hidden folders (`.git`, `.Trash`, `.thumbnails`, ...) are skipped without a word. */
export function judgeFolder(name: string): FolderVerdict {
  if (name.startsWith('.') || SKIPPED_FOLDERS.has(name.toLowerCase())) return 'skip';
  return PACKAGES.has(extensionOf(name)) ? 'package' : 'walk';
}

function extensionOf(name: string): string {
  const dot = name.lastIndexOf('.');
  return dot <= 0 ? '' : name.slice(dot + 1).toLowerCase();
}

/** A folder with these files is a library of ours: its thumbnails are no photos, and finding them would never end. */
const LIBRARY_FILES = ['catalog.sqlite', 'library.lock'];

export function isLibrary(names: readonly string[]): boolean {
  return LIBRARY_FILES.every((file) => names.includes(file));
}
