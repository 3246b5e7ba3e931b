import { describe, expect, it } from 'vitest';
import { dateFromName, parsePhotoDate, wallClock } from '../src/index.ts';

const iso = (time: number | null) => (time === null ? null : new Date(time).toISOString().slice(0, 19));

describe('dates in tags', () => {
  it.each([
    ['2019:07:04 12:34:56', '2019-07-04T12:34:56'],
    ['2019-07-04 12:34:56', '2019-07-04T12:34:56'],
    ['2024:02:29 00:00:00', '2024-02-29T00:00:00'],
    ['2019-05-06T07:08:09+03:00', '2019-05-06T07:08:09'],
    ['2019-05-06T07:08:09.123Z', '2019-05-06T07:08:09'],
    ['2019-05-06T07:08', '2019-05-06T07:08:00'],
    ['1985-06-01', '1985-06-01T12:00:00'],
  ])('%s', (text, expected) => {
    expect(iso(parsePhotoDate(text))).toBe(expected);
  });

  it.each([
    null,
    undefined,
    '',
    '    :  :     :  :  ',
    '0000:00:00 00:00:00',
    '2023:02:29 10:00:00',
    '2019:13:01 10:00:00',
    '2019:07:04 25:00:00',
    '1700:01:01 00:00:00',
    '9999:01:01 00:00:00',
    '2019:07:04 hello',
    'yesterday',
  ])('nonsense is no date: %s', (text) => {
    expect(parsePhotoDate(text)).toBeNull();
  });
});

describe('dates in file names', () => {
  it.each([
    ['IMG_20190704_123456.jpg', '2019-07-04T12:34:56'],
    ['20190704_123456.jpg', '2019-07-04T12:34:56'],
    ['PXL_20210101_120000123.jpg', '2021-01-01T12:00:00'],
    ['IMG-20190704-WA0001.jpg', '2019-07-04T12:00:00'],
    ['2019-07-04 12.34.56.jpg', '2019-07-04T12:34:56'],
    ['Screenshot_2021-05-06-07-08-09-123_com.app.png', '2021-05-06T07:08:09'],
    ['Screenshot 2021-05-06 at 07.08.09.png', '2021-05-06T07:08:09'],
    ['WhatsApp Image 2019-07-04 at 12.34.56 (1).jpeg', '2019-07-04T12:34:56'],
    ['Ekran görüntüsü 2021-05-06 070809.png', '2021-05-06T07:08:09'],
    ['photo_2021-05-06_07-08-09.jpg', '2021-05-06T07:08:09'],
    ['signal-2020-01-02-120000.jpg', '2020-01-02T12:00:00'],
    ['scan 2004.03.02.tif', '2004-03-02T12:00:00'],
  ])('%s', (name, expected) => {
    expect(iso(dateFromName(name))).toBe(expected);
  });

  it('milliseconds since 1970', () => {
    expect(dateFromName('FB_IMG_1562243696789.jpg')).toBe(wallClock(1_562_243_696_789));
  });

  it.each([
    'DSC_0042.JPG',
    'IMG_5195.HEIC',
    'a123456789012345678901234567890.jpg',
    '20191304_000000.jpg',
    '19000101.jpg',
    '99991231_235959.jpg',
    '12345678.jpg',
    'FB_IMG_9962243696789.jpg',
    '🦊.png',
    '',
  ])('nothing: %s', (name) => {
    expect(dateFromName(name)).toBeNull();
  });
});
