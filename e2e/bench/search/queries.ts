// Queries as people type them, each asked once: the engine remembers texts, and a remembered one costs no encoder.
const THINGS = [
  'dog',
  'cat',
  'red car',
  'old house',
  'birthday cake',
  'sailing boat',
  'child',
  'snowy mountain',
];
const PLACES = [
  'on a beach',
  'in the rain',
  'at night',
  'in the garden',
  'by the sea',
  'in a kitchen',
  'at sunset',
];
const MORE = ['', 'with friends', 'from above', 'in black and white', 'close up', 'in autumn'];

/** At most 336 of them, all different. */
export function queryTexts(count: number): string[] {
  return Array.from({ length: count }, (_, n) => {
    const thing = THINGS[n % THINGS.length];
    const place = PLACES[Math.floor(n / THINGS.length) % PLACES.length];
    const more = MORE[Math.floor(n / THINGS.length / PLACES.length) % MORE.length];
    return `${thing} ${place} ${more}`.trim();
  });
}
