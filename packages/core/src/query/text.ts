// Text as it is compared: spelling, case and accents must not decide whether a name is found.

/** Control and format characters (bidi marks, zero-width) carry no meaning for an encoder or a name; those within a word do not part it. */
export function plain(text: string): string {
  return text
    .normalize('NFC')
    .replace(/\u00ad|\u200c|\u200d|\u2060/gu, '')
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim();
}

/**
 * The same string for every spelling that a person takes for the same: case, accents, composed or not, and the Turkish
 * letters with and without dot (`İZMİR`, `Izmir`, `ızmir` are one). For comparing only, never for showing.
 */
export function fold(text: string): string {
  // Most names are ASCII, and there may be a hundred thousand of them.
  if (/^[!-~]*$/u.test(text)) return text.toLowerCase();
  return plain(text)
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replaceAll('ı', 'i');
}

/** Comparisons as they are typed on any keyboard: `≥` is `>=`. */
export function ascii(text: string): string {
  return text.replaceAll('≥', '>=').replaceAll('≤', '<=');
}

/** For messages: they stay messages, whatever was typed. */
export function short(value: string): string {
  const characters = [...value];
  return characters.length > 40 ? `${characters.slice(0, 40).join('')}...` : value;
}
