import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { parseExifDate, readMetadata } from '../src/metadata.ts';

const pixel = () => sharp({ create: { width: 8, height: 8, channels: 3, background: '#336699' } });

describe('EXIF dates', () => {
  it.each([
    ['2019:07:04 12:34:56', '2019-07-04T12:34:56.000Z'],
    ['2019-07-04 12:34:56', '2019-07-04T12:34:56.000Z'],
    ['2024:02:29 00:00:00', '2024-02-29T00:00:00.000Z'],
  ])('%s', (text, iso) => {
    expect(new Date(parseExifDate(text) ?? Number.NaN).toISOString()).toBe(iso);
  });

  it.each([
    null,
    '',
    '    :  :     :  :  ',
    '0000:00:00 00:00:00',
    '2023:02:29 10:00:00',
    '2019:13:01 10:00:00',
    '2019:07:04 25:00:00',
    '1700:01:01 00:00:00',
    '9999:01:01 00:00:00',
    'yesterday',
  ])('nonsense is no date: %s', (text) => {
    expect(parseExifDate(text)).toBeNull();
  });
});

describe('metadata of a picture', () => {
  it('reads date, camera and place', async () => {
    const data = await pixel()
      .withExif({
        IFD0: { Make: 'Testmake', Model: 'T-1000' },
        IFD2: {
          DateTimeOriginal: '2021:05:06 07:08:09',
          FNumber: '28/10',
          ExposureTime: '1/250',
          ISOSpeedRatings: '400',
          FocalLength: '35/1',
        },
        IFD3: {
          GPSLatitudeRef: 'S',
          GPSLatitude: '33/1 51/1 0/1',
          GPSLongitudeRef: 'E',
          GPSLongitude: '151/1 12/1 0/1',
        },
      })
      .jpeg()
      .toBuffer();
    const { takenAt, camera, place } = readMetadata(data, 'jpeg');
    expect(takenAt).toBe(Date.UTC(2021, 4, 6, 7, 8, 9));
    expect(camera).toMatchObject({
      make: 'Testmake',
      model: 'T-1000',
      aperture: 2.8,
      iso: 400,
      focalLengthMm: 35,
    });
    expect(camera.exposureSeconds).toBeCloseTo(0.004);
    expect(place?.latitude).toBeCloseTo(-33.85);
    expect(place?.longitude).toBeCloseTo(151.2);
  });

  it('takes 0, 0 for a device that does not know', async () => {
    const data = await pixel()
      .withExif({
        IFD3: {
          GPSLatitudeRef: 'N',
          GPSLatitude: '0/1 0/1 0/1',
          GPSLongitudeRef: 'E',
          GPSLongitude: '0/1 0/1 0/1',
        },
      })
      .jpeg()
      .toBuffer();
    expect(readMetadata(data, 'jpeg').place).toBeNull();
  });

  it('has nothing to say about a picture without metadata, or about rubbish', async () => {
    const bare = readMetadata(await pixel().png().toBuffer(), 'png');
    const rubbish = readMetadata(Buffer.from('not a picture'), 'jpeg');
    for (const facts of [bare, rubbish]) {
      expect(facts.takenAt).toBeNull();
      expect(facts.place).toBeNull();
      expect(Object.values(facts.camera).every((value) => value === null)).toBe(true);
    }
  });
});
