// The query language as a table: what was typed, and what it was understood to mean.
import type { QueryChip } from '@semblance/contract';
import { describe, expect, it } from 'vitest';
import { parseQuery } from '../src/index.ts';

/** A Monday, at noon on the wall clock. */
const NOW = Date.UTC(2026, 10, 23, 12);
const parse = (text: string) => parseQuery(text, { now: NOW });

/** A chip in short: `-label=boat`, `dog`, `2*sunset`, `not people`, `"IMG 42"`. */
function short(chip: QueryChip): string {
  switch (chip.kind) {
    case 'text':
      return chip.weight === 1 ? chip.text : `${chip.weight}*${chip.text}`;
    case 'not':
      return `not ${chip.text}`;
    case 'exact':
      return `${chip.negated ? '-' : ''}"${chip.text}"`;
    case 'filter':
      return `${chip.negated ? '-' : ''}${chip.name}=${chip.meaning}`;
  }
}

const chips = (text: string): string[] => parse(text).parsed.chips.map(short);
const problems = (text: string): string[] =>
  parse(text).parsed.problems.map(({ code, start, end }) => `${code} at "${text.slice(start, end)}"`);

describe('what is looked for, and what is not', () => {
  it.each([
    ['beach -people', ['beach', 'not people']],
    ['dog without leash', ['dog', 'not leash']],
    ['a dog without a leash', ['a dog', 'not leash']],
    ['köpek ama insan yok', ['köpek', 'not insan']],
    ['without people', ['not people']],
    ['street -(red car)', ['street', 'not red car']],
    ['beach -people,-dogs', ['beach', 'not people', 'not dogs']],
    ['－people beach', ['not people', 'beach']],
    ['kişisiz', ['not kişi']],
    ['beach without people at sunset', ['beach', 'not people', 'at sunset']],
    ['street with no cars and no people', ['street', 'not cars', 'not people']],
    ['dog without leash or collar', ['dog', 'not leash', 'not collar']],
    ['a dog that is not brown', ['a dog', 'not brown']],
    ['a dog, not on the beach', ['a dog', 'not on the beach']],
    ['flowers excluding roses', ['flowers', 'not roses']],
    ['nobody on the beach', ['not people', 'on the beach']],
    ['no one in the room', ['not people', 'in the room']],
    ['plajda insan yok', ['plajda', 'not insan']],
    ['plajda hiç insan olmasın', ['plajda', 'not insan']],
    ['insan haricinde plaj', ['not insan', 'plaj']],
    ['dog -(cat, people)', ['dog', 'not cat, people']],
    ['dog without label:boat', ['dog', '-label=boat']],
    ['dog not "copy"', ['dog', '-"copy"']],
    ['köpek etiket:tekne hariç', ['köpek', '-label=tekne']],
    ['"kopya" değil köpek', ['-"kopya"', 'köpek']],
    ['-label:boat yok', ['-label=boat', 'yok']],
    ['everything but people', ['not people']],
    ['all but dogs', ['not dogs']],
    ['insan hariç her şey', ['not insan']],
    ['nobody around', ['not people']],
    ['everything', ['everything']],
    ['her şey', ['her şey']],
    ['dogs except for poodles', ['dogs', 'not poodles']],
    ['a man without a hat and a woman with a hat', ['a man', 'not hat', 'a woman with a hat']],
    ['köpek var ama kırmızı araba yok', ['köpek', 'not kırmızı araba']],
    ['tasma olmadan köpek', ['not tasma', 'köpek']],
    ['insanlar hariç plaj', ['not insanlar', 'plaj']],
    ['kedi değil köpek', ['not kedi', 'köpek']],
    ['İNSANSIZ plaj', ['not insan', 'plaj']],
    ['insansız plaj', ['not insan', 'plaj']],
    ['insansiz plaj', ['not insan', 'plaj']],
    ['tasmasız köpek', ['not tasma', 'köpek']],
    ['bulutsuz gökyüzü', ['not bulut', 'gökyüzü']],
    ['gözlüksüz, şapkasız adam', ['not gözlük', 'not şapka', 'adam']],
    ['insansız hava fotoğrafı', ['not insan', 'hava fotoğrafı']],
    // Words that only look like it.
    ['sessiz sokak', ['sessiz sokak']],
    ['Fransız bayrağı', ['Fransız bayrağı']],
    ['umutsuz adam', ['umutsuz adam']],
    ['mutsuz çocuk', ['mutsuz çocuk']],
    ['sonsuz yol', ['sonsuz yol']],
    ['kimsesiz köpek', ['kimsesiz köpek']],
    ['ıssız sokak', ['ıssız sokak']],
    ['issiz sokak', ['issiz sokak']],
    ['temiz plaj', ['temiz plaj']],
    ['yüzsüz parasız yolsuz bacaksız', ['yüzsüz parasız yolsuz bacaksız']],
    ['huzursuz kedi', ['huzursuz kedi']],
    ['insansız hava aracı', ['insansız hava aracı']],
    ['İnsansız araç', ['İnsansız araç']],
    ['no parking sign', ['no parking sign']],
    ['not defteri', ['not defteri']],
    ['not only dogs', ['not only dogs']],
    ['without', ['without']],
    ['yok', ['yok']],
    ['mother - daughter', ['mother daughter']],
    ['T-shirt 10:30 16:9 C++', ['T-shirt 10:30 16:9 C++']],
    ['foo:bar beach', ['foo:bar beach']],
    ['http://example.org', ['http://example.org']],
    ['__proto__:x constructor:y', ['__proto__:x constructor:y']],
  ])('%s', (text, expected) => {
    expect(chips(text)).toEqual(expected);
    expect(problems(text)).toEqual([]);
  });

  it('adds up several texts, each with its weight', () => {
    expect(parse('2:sunset').texts).toEqual([{ text: 'sunset', weight: 2 }]);
    expect(parse('0.5:beach').texts).toEqual([{ text: 'beach', weight: 0.5 }]);
    expect(parse('boat on a lake + 2:"golden sunset" + 0,5:fog').texts).toEqual([
      { text: 'boat on a lake', weight: 1 },
      { text: 'golden sunset', weight: 2 },
      { text: 'fog', weight: 0.5 },
    ]);
    expect(parse('2: sunset').texts).toEqual([{ text: 'sunset', weight: 2 }]);
    expect(parse('insansız insansız plaj').nots).toEqual(['insan']);
    for (const text of ['2:-people dog', '-2:people dog', '2:label:boat dog', '-2:"people" dog']) {
      expect(problems(text), text).toHaveLength(1);
      expect(parse(text).texts, text).toEqual([{ text: 'dog', weight: 1 }]);
    }
    expect(parse('-(cat, people or dogs)').nots).toEqual(['cat', 'people', 'dogs']);
    expect(parse('-2:people').nots).toEqual(['people']);
    expect(problems('0:fog dog')).toEqual(['bad-number at "0:"']);
    expect(parse('0:fog dog').texts).toEqual([{ text: 'fog dog', weight: 1 }]);
  });

  it('is one text for the model wherever its words stand', () => {
    const query = parse('red rating:5 car "IMG" at night');
    expect(query.texts).toEqual([{ text: 'red car at night', weight: 1 }]);
    expect(chips('red rating:5 car')).toEqual(['red', 'rating=5', 'car']);
  });

  it('keeps quoted phrases from the model', () => {
    expect(chips('"IMG 42" -"copy" “holiday”')).toEqual(['"IMG 42"', '-"copy"', '"holiday"']);
    expect(parse('"IMG 42"').texts).toEqual([]);
  });

  it('says where each piece stands, so that it can be taken out', () => {
    const text = '  2:sunset without people label:"a b" -camera:canon "x y" yer:izmir hariç';
    expect(parse(text).parsed.chips.map(({ start, end }) => text.slice(start, end))).toEqual([
      '2:sunset',
      'without people',
      'label:"a b"',
      '-camera:canon',
      '"x y"',
      'yer:izmir hariç',
    ]);
  });
});

describe('filters', () => {
  it.each([
    ['label:boat', 'label=boat'],
    ['etiket:tekne', 'label=tekne'],
    ['-label:boat', '-label=boat'],
    ['album:"Italy 2019"', 'album=Italy 2019'],
    ['ALBÜM:İtalya', 'album=İtalya'],
    ['in:(My Photos)', 'in=My Photos'],
    ['klasör:2019/italya', 'in=2019/italya'],
    ['place:Ankara', 'place=Ankara'],
    ['yer:"New York"', 'place=New York'],
    ['kamera:nikon', 'camera=nikon'],
    ['lens:50mm', 'lens=50mm'],
    ['name:IMG_42', 'name=IMG_42'],
    ['date:2019..2021', 'date=2019-01-01 - 2021-12-31'],
    ['date:"last summer"', 'date=2026-06-01 - 2026-08-31'],
    ['tarih:"geçen yaz"', 'date=2026-06-01 - 2026-08-31'],
    ['date:2020-05', 'date=2020-05-01 - 2020-05-31'],
    ['date>=2019', 'date=from 2019-01-01'],
    ['date:"last summer"..today', 'date=2026-06-01 - 2026-11-23'],
    ['date:"last summer".."last week"', 'date=2026-06-01 - 2026-11-22'],
    ['date:2019.."last summer"', 'date=2019-01-01 - 2026-08-31'],
    ['date:.."last summer"', 'date=until 2026-08-31'],
    ['date:"last summer"..', 'date=from 2026-06-01'],
    ['date:"last summer" .. "last week"', 'date=2026-06-01 - 2026-11-22'],
    ['date:“last summer”…today', 'date=2026-06-01 - 2026-11-23'],
    ['date:(last summer..today)', 'date=2026-06-01 - 2026-11-23'],
    ['date:>="last summer"', 'date=from 2026-06-01'],
    ['date:last summer', 'date=2026-06-01 - 2026-08-31'],
    ['date:last summer..today', 'date=2026-06-01 - 2026-11-23'],
    ['date:last summer .. last week', 'date=2026-06-01 - 2026-11-22'],
    ['date:..last summer', 'date=until 2026-08-31'],
    ['date:last summer..', 'date=from 2026-06-01'],
    ['date:2019 .. 2021', 'date=2019-01-01 - 2021-12-31'],
    ['date:2019.. 2021', 'date=2019-01-01 - 2021-12-31'],
    ['date:may 2019..july 2019', 'date=2019-05-01 - 2019-07-31'],
    ['date:may 5 2019', 'date=2019-05-05'],
    ['date:last 30 days', 'date=2026-10-25 - 2026-11-23'],
    ['tarih:geçen yaz', 'date=2026-06-01 - 2026-08-31'],
    ['tarih:geçen hafta sonu', 'date=2026-11-21 - 2026-11-22'],
    ['tarih:"geçen yaz"..bugün', 'date=2026-06-01 - 2026-11-23'],
    ['tarih:geçen yaz..dün', 'date=2026-06-01 - 2026-11-22'],
    ['tarih:.."geçen yaz"', 'date=until 2026-08-31'],
    ['tarih:"geçen yaz"..', 'date=from 2026-06-01'],
    ['tarih:geçen yazdan bugüne kadar', 'date=2026-06-01 - 2026-11-23'],
    ['rating:>=4', 'rating=4 - 5'],
    ['rating>=4', 'rating=4 - 5'],
    ['rating >= 4', 'rating=4 - 5'],
    ['rating:>= 4', 'rating=4 - 5'],
    ['rating≥4', 'rating=4 - 5'],
    ['rating=4', 'rating=4'],
    ['rating:3 .. 5', 'rating=3 - 5'],
    ['date >= 2019', 'date=from 2019-01-01'],
    ['date:≤ 2019', 'date=until 2019-12-31'],
    ['near:39.9, 32.8', 'near=within 25 km of 39.9, 32.8'],
    ['near:39.9, 32.8, 10 km', 'near=within 10 km of 39.9, 32.8'],
    ['puan:4+', 'rating=4 - 5'],
    ['rating:<3', 'rating=0 - 2'],
    ['rating:3..5', 'rating=3 - 5'],
    ['rating:5..3', 'rating=3 - 5'],
    ['rating:3..', 'rating=3 - 5'],
    ['rating:..3', 'rating=0 - 3'],
    ['rating:****', 'rating=4'],
    ['rating:★★★★★', 'rating=5'],
    ['type:raw,.JPG', 'type=raw, jpg'],
    ['type:*.png', 'type=png'],
    ['type:raw,', 'type=raw'],
    ['near:33.9S,151.2°E', 'near=within 25 km of -33.9, 151.2'],
    ['near:39.9 32.8', 'near=within 25 km of 39.9, 32.8'],
    ['rating:none', 'rating=none'],
    ['is:favorite', 'is=favorite'],
    ['is:favori', 'is=favorite'],
    ['is:screenshot', 'is=screenshot'],
    ['is:"ekran görüntüsü"', 'is=screenshot'],
    ['has:gps', 'has=gps'],
    ['type:raw', 'type=raw'],
    ['type:.JPG', 'type=jpg'],
    ['orientation:portrait', 'orientation=portrait'],
    ['yön:yatay', 'orientation=landscape'],
    ['near:"Ankara"', 'near=within 25 km of Ankara'],
    ['near:"Ankara, 5 km"', 'near=within 5 km of Ankara'],
    ['near:39.9,32.8', 'near=within 25 km of 39.9, 32.8'],
    ['near:-33.9,151.2,10km', 'near=within 10 km of -33.9, 151.2'],
    ['label: boat', 'label=boat'],
    ["label:'our boat'", 'label=our boat'],
    ['label:‘our boat’', 'label=our boat'],
    ["label:o'neill", "label=o'neill"],
    ['label：boat', 'label=boat'],
    ['label:”our boat”', 'label=our boat'],
    ["date:'last summer'", 'date=2026-06-01 - 2026-08-31'],
    ["date:'last summer'..today", 'date=2026-06-01 - 2026-11-23'],
    ['date:2019 yazı', 'date=2019-06-01 - 2019-08-31'],
    ['date:2025 kasım', 'date=2025-11-01 - 2025-11-30'],
    ['date>=yesterday', 'date=from 2026-11-22'],
    ['near:ankara 10km', 'near=within 10 km of ankara'],
    ['date:2019 to 2021', 'date=2019-01-01 - 2021-12-31'],
  ])('%s', (text, expected) => {
    expect(chips(text)).toEqual([expected]);
    expect(problems(text)).toEqual([]);
  });

  it.each([
    ['date:last summer dress', ['date=2026-06-01 - 2026-08-31', 'dress']],
    ['date:2019 may flowers', ['date=2019-01-01 - 2019-12-31', 'may flowers']],
    ['date:2019.. summer dress', ['date=from 2019-01-01', 'summer dress']],
    ['date:"last summer"..today dog', ['date=2026-06-01 - 2026-11-23', 'dog']],
    ['date:"last summer" "today"', ['date=2026-06-01 - 2026-08-31', '"today"']],
    ['date:last summer -people', ['date=2026-06-01 - 2026-08-31', 'not people']],
    ['-date:last summer label:a', ['-date=2026-06-01 - 2026-08-31', 'label=a']],
    ['date:yesterday 2 dogs', ['date=2026-11-22', '2 dogs']],
    ['date:2019 + date:2020', ['date=2019-01-01 - 2019-12-31', 'date=2020-01-01 - 2020-12-31']],
  ])('%s: a date ends where no date goes on', (text, expected) => {
    expect(chips(text)).toEqual(expected);
    expect(problems(text)).toEqual([]);
  });

  it.each([
    ['date:"last summer dog', 'unbalanced-quote at """'],
    ['label:"boat dog', 'unbalanced-quote at """'],
    ['date:sometime dog', 'bad-date at "date:sometime"'],
    ['date:2020-13 dog', 'bad-date at "date:2020-13"'],
    ['dog date:2021-02-29', 'bad-date at "date:2021-02-29"'],
    ['dog rating:9', 'bad-number at "rating:9"'],
    ['dog near:95,10', 'bad-number at "near:95,10"'],
    ['dog 2:', 'empty-value at "2:"'],
    ['dog near:,', 'bad-number at "near:,"'],
    ['dog rating:..', 'bad-number at "rating:.."'],
    ['dog rating:-3', 'bad-number at "rating:-3"'],
    ['dog type:raw,exe', 'unknown-value at "type:raw,exe"'],
    ['dog is:purple', 'unknown-value at "is:purple"'],
    ['dog type:exe', 'unknown-value at "type:exe"'],
    ['dog label:', 'empty-value at "label:"'],
    ['label: rating:>=4 dog', 'empty-value at "label:"'],
    ['"dog', 'unbalanced-quote at """'],
    ['dog ""', 'empty-value at """"'],
  ])('%s: a problem at its spot, and the rest goes on', (text, expected) => {
    expect(problems(text)).toEqual([expected]);
    expect(parse(text).texts).toEqual([{ text: 'dog', weight: 1 }]);
  });
});

describe('whatever is typed', () => {
  const alphabet = [
    ...[
      '-',
      '"',
      '“',
      '(',
      ')',
      ':',
      '+',
      '2:',
      '0.5:',
      ' ',
      '  ',
      '..',
      '>=',
      ',',
      "'",
      '\n',
      '\0',
      '\u202e',
    ],
    ...[
      'label:',
      'date:',
      'near:',
      'is:',
      'rating',
      'without',
      'no',
      'yok',
      'ama',
      'kişisiz',
      '__proto__:',
      'a',
    ],
    ...['🐕‍🦺', '\ud83d', 'كلب', 'İ', '2019', 'not', 'or', 'and', 'değil', '—'],
  ];
  /** Park & Miller's generator: the same texts every time. */
  let state = 7;
  const random = (n: number): number => {
    state = (state * 48_271) % 2_147_483_647;
    return state % n;
  };
  const texts = Array.from({ length: 400 }, () =>
    Array.from({ length: 1 + random(40) }, () => alphabet[random(alphabet.length)]).join(
      random(2) ? ' ' : '',
    ),
  );
  const long = ['x', '-', '"', ':', '+', 'a ', 'no ', 'label:a ', '-a ', '(', '\0', '"a" ', 'a+ ', '🐕'].map(
    (piece) => piece.repeat(Math.ceil(10_000 / piece.length)).slice(0, 10_000),
  );

  it('is understood or pointed at, within the text', () => {
    for (const text of [...texts, ...long]) {
      const { parsed, texts, nots, exacts, filters } = parse(text);
      for (const { start, end } of [...parsed.chips, ...parsed.problems]) {
        expect(start).toBeGreaterThanOrEqual(0);
        expect(end).toBeGreaterThanOrEqual(start);
        expect(end).toBeLessThanOrEqual(text.length);
      }
      expect(texts.length).toBeLessThanOrEqual(8);
      expect(nots.length).toBeLessThanOrEqual(8);
      expect(exacts.length + filters.length).toBeLessThanOrEqual(50);
      expect(parsed.problems.length).toBeLessThanOrEqual(20);
      const looked = parsed.chips.flatMap((chip) => (chip.kind === 'filter' ? [] : [chip.text]));
      for (const said of [...texts.map((part) => part.text), ...nots, ...looked])
        expect(said.trim()).not.toBe('');
    }
  });

  it('says when there is too much of it', () => {
    expect(problems(Array.from({ length: 9 }, (_, i) => `-a${i}`).join(' '))).toEqual([
      'too-many-parts at "-a8"',
    ]);
    // A text that is not looked for has no chip.
    const texts = 'a + b + c + d + e + f + g + h + one two + j';
    expect(problems(texts)).toEqual(['too-many-parts at "one two"', 'too-many-parts at "j"']);
    expect(chips(texts)).toHaveLength(8);
    expect(problems('label:a '.repeat(51))).toEqual(['too-many-parts at "label:a"']);
  });
});
