// Dates as people write them, in two languages.
import { describe, expect, it } from 'vitest';
import { dateMeaning, parseDate } from '../src/query/dates.ts';

const at = (iso: string): number => Date.parse(`${iso}T12:00:00Z`);
const meaning = (text: string, now: string): string | null => {
  const range = parseDate(text, at(now));
  return range === null ? null : dateMeaning(range);
};

describe('dates, on Monday 23 November 2026', () => {
  it.each([
    ['2019', '2019-01-01 - 2019-12-31'],
    ['2020-05', '2020-05-01 - 2020-05-31'],
    ['05.2020', '2020-05-01 - 2020-05-31'],
    ['2020-02-29', '2020-02-29'],
    ['12.05.2019', '2019-05-12'],
    ['2019..2021', '2019-01-01 - 2021-12-31'],
    ['2019-2021', '2019-01-01 - 2021-12-31'],
    ['2021..2019', '2019-01-01 - 2021-12-31'],
    ['2019..', 'from 2019-01-01'],
    ['..2020-05', 'until 2020-05-31'],
    ['>2019', 'from 2020-01-01'],
    ['>=2019', 'from 2019-01-01'],
    ['<2019', 'until 2018-12-31'],
    ['<= 2019', 'until 2019-12-31'],
    ['1990s', '1990-01-01 - 1999-12-31'],
    ["1990'lar", '1990-01-01 - 1999-12-31'],
    ['today', '2026-11-23'],
    ['bugün', '2026-11-23'],
    ['yesterday', '2026-11-22'],
    ['dün', '2026-11-22'],
    ['last week', '2026-11-16 - 2026-11-22'],
    ['geçen hafta', '2026-11-16 - 2026-11-22'],
    ['last weekend', '2026-11-21 - 2026-11-22'],
    ['geçen hafta sonu', '2026-11-21 - 2026-11-22'],
    ['this month', '2026-11-01 - 2026-11-30'],
    ['bu ay', '2026-11-01 - 2026-11-30'],
    ['last month', '2026-10-01 - 2026-10-31'],
    ['geçen ay', '2026-10-01 - 2026-10-31'],
    ['last year', '2025-01-01 - 2025-12-31'],
    ['GEÇEN YIL', '2025-01-01 - 2025-12-31'],
    ['last summer', '2026-06-01 - 2026-08-31'],
    ['geçen yaz', '2026-06-01 - 2026-08-31'],
    ['last winter', '2025-12-01 - 2026-02-28'],
    ['summer 2019', '2019-06-01 - 2019-08-31'],
    ['2019 yazı', '2019-06-01 - 2019-08-31'],
    ['winter 2019', '2019-12-01 - 2020-02-29'],
    ['2019 kışı', '2019-12-01 - 2020-02-29'],
    ['may 2020', '2020-05-01 - 2020-05-31'],
    ['mayıs 2020', '2020-05-01 - 2020-05-31'],
    ['Mayıs', '2026-05-01 - 2026-05-31'],
    ['in december', '2025-12-01 - 2025-12-31'],
    ['aralıkta', '2025-12-01 - 2025-12-31'],
    ['5 may 2020', '2020-05-05'],
    ['5 Mayıs 2020', '2020-05-05'],
    ['may 5', '2026-05-05'],
    ['december 24', '2025-12-24'],
    ['29 şubat', '2024-02-29'],
    ['3 weeks ago', '2026-11-02 - 2026-11-08'],
    ['3 hafta önce', '2026-11-02 - 2026-11-08'],
    ['2 yıl önce', '2024-01-01 - 2024-12-31'],
    ['last 30 days', '2026-10-25 - 2026-11-23'],
    ['son 2 ay', '2026-09-23 - 2026-11-23'],
    // By chrono.
    ['last friday', '2026-11-20'],
    ['May 3 to May 10 2020', '2020-05-03 - 2020-05-10'],
    ['may 2020..july 2020', '2020-05-01 - 2020-07-31'],
    ['iki hafta önce', '2026-11-09 - 2026-11-15'],
    ['two weeks ago', '2026-11-09 - 2026-11-15'],
    ['son üç ay', '2026-08-23 - 2026-11-23'],
    ['son bir hafta', '2026-11-17 - 2026-11-23'],
    ['friday', '2026-11-20'],
    ['monday', '2026-11-23'],
    ['last monday', '2026-11-16'],
    ['cuma', '2026-11-20'],
    ['geçen pazartesi', '2026-11-16'],
    ['weekend', '2026-11-21 - 2026-11-22'],
    ['hafta sonu', '2026-11-21 - 2026-11-22'],
    ['12 Mayıs 2019 Pazar', '2019-05-12'],
    ['this morning', '2026-11-23'],
    ['this evening', '2026-11-23'],
    ['20190512', '2019-05-12'],
    ['the 90s', '1990-01-01 - 1999-12-31'],
    ["90'lar", '1990-01-01 - 1999-12-31'],
    ['10s', '2010-01-01 - 2019-12-31'],
    // Ranges of any two of these.
    ['may..july 2019', '2019-05-01 - 2019-07-31'],
    ['may 2019..july', '2019-05-01 - 2019-07-31'],
    ['november 2019..february', '2019-11-01 - 2020-02-29'],
    ['december..february 2019', '2018-12-01 - 2019-02-28'],
    ['kasım..şubat', '2025-11-01 - 2026-02-28'],
    ['ocak-mart 2019', '2019-01-01 - 2019-03-31'],
    ['ocak-mart', '2026-01-01 - 2026-03-31'],
    ['5 may..yesterday', '2026-05-05 - 2026-11-22'],
    ['2018..may', '2018-01-01 - 2026-05-31'],
    ['last summer..today', '2026-06-01 - 2026-11-23'],
    ['last summer .. yesterday', '2026-06-01 - 2026-11-22'],
    ['last summer..', 'from 2026-06-01'],
    ['..last summer', 'until 2026-08-31'],
    ['geçen yaz..bugün', '2026-06-01 - 2026-11-23'],
    ['..geçen yaz', 'until 2026-08-31'],
    ['geçen yaz…', 'from 2026-06-01'],
    ['mayıs 2019..geçen hafta', '2019-05-01 - 2026-11-22'],
    ['3 weeks ago..now', '2026-11-02 - 2026-11-23'],
    ['>=last summer', 'from 2026-06-01'],
    ['<geçen yaz', 'until 2026-05-31'],
    ['last summer to yesterday', '2026-06-01 - 2026-11-22'],
    ['from 2019 to last month', '2019-01-01 - 2026-10-31'],
    ['between 2019 and 2021', '2019-01-01 - 2021-12-31'],
    ['since last summer', 'from 2026-06-01'],
    ['before 2019', 'until 2018-12-31'],
    ['after may 2019', 'from 2019-06-01'],
    ['until yesterday', 'until 2026-11-22'],
    ['geçen yazdan beri', 'from 2026-06-01'],
    ['geçen yazdan bugüne kadar', '2026-06-01 - 2026-11-23'],
    ["2019'dan 2021'e", '2019-01-01 - 2021-12-31'],
    ['2019 yazından 2020 kışına', '2019-06-01 - 2021-02-28'],
    ["2019'dan önce", 'until 2018-12-31'],
    ["2019'dan sonra", 'from 2020-01-01'],
    ['geçen haftaya kadar', 'until 2026-11-22'],
    ['2019 ile 2021 arası', '2019-01-01 - 2021-12-31'],
  ])('%s', (text, expected) => {
    expect(meaning(text, '2026-11-23')).toBe(expected);
  });

  it.each([
    '',
    'soon',
    '2020-13',
    '2021-02-29',
    '31.04.2020',
    '0000',
    'last banana',
    '32 may 2020',
    '..',
    'dog 2019',
    'last summer..dog',
    'dog..today',
    'last summer..2019..today',
    'since forever',
    'evden okula',
    '20191312',
  ])('no date: %s', (text) => {
    expect(meaning(text, '2026-11-23')).toBeNull();
  });
});

describe('relative to when it is asked', () => {
  it('takes the season that is over for the last one, also in the middle of one', () => {
    expect(meaning('last summer', '2026-07-15')).toBe('2025-06-01 - 2025-08-31');
    expect(meaning('this summer', '2026-07-15')).toBe('2026-06-01 - 2026-08-31');
    expect(meaning('bu kış', '2027-01-15')).toBe('2026-12-01 - 2027-02-28');
    expect(meaning('geçen kış', '2027-01-15')).toBe('2025-12-01 - 2026-02-28');
  });

  it('turns with the year', () => {
    expect(meaning('last month', '2027-01-10')).toBe('2026-12-01 - 2026-12-31');
    expect(meaning('dün', '2027-01-01')).toBe('2026-12-31');
    expect(meaning('this week', '2027-01-01')).toBe('2026-12-28 - 2027-01-03');
  });
});
