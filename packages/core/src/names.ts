// Names that people type, compared as people would.

/** The same for spellings that people take for the same. Turkish dotted and dotless i are not told apart. */
export function foldName(name: string): string {
  return name.normalize('NFKC').trim().toLocaleLowerCase('tr').replaceAll('ı', 'i');
}
