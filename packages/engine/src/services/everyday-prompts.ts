// What people photograph, in English and Turkish: the cohort that a query's cosines are compared with.

const ENGLISH = [
  'dog, cat, bird, horse, person, people, a woman, a man, a child, a baby, a crowd, food, fruit',
  'a cake, coffee, a plate of food, a car, a bus, a train, a bicycle, a boat, an airplane',
  'a street, a building, a house, a bridge, a tree, flowers, grass, a forest, a mountain, snow',
  'the sea, a beach, a river, the sky, clouds, sunset, night, rain, a room, a kitchen, a bed',
  'a table, a chair, a lamp, a computer, a book, a phone, a screen, text on paper, a toy',
  'a shoe, clothes, sport, a ball, music, a statue, a painting, a sign',
];

const TURKISH = [
  'köpek, kedi, kuş, at, insan, kalabalık, çocuk, yemek, meyve, pasta, araba, otobüs, tren',
  'bisiklet, tekne, uçak, sokak, bina, ev, köprü, ağaç, çiçek, orman, dağ, kar, deniz, plaj',
  'nehir, gökyüzü, gece, yağmur, oda, masa, sandalye, bilgisayar, kitap, telefon, oyuncak, top',
  'heykel',
];

/**
 * Everyday subjects: one of them describes most photos of any library, and few of the others do. They stand for "any
 * query"; they were not taken from the labels of the folder that search is measured on.
 */
export const EVERYDAY_PROMPTS: readonly string[] = [...ENGLISH, ...TURKISH].flatMap((line) =>
  line.split(', '),
);
