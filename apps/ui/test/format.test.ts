// Facts as people write them: wall-clock dates in any zone, exposure times, sizes, camera names.
import { describe, expect, it } from 'vitest';
import { cameraName, exposureFacts } from '../src/features/lightbox/camera-facts.ts';
import {
  clockTime,
  coordinates,
  exposure,
  fileName,
  fileSize,
  megapixels,
  monthName,
  roughDuration,
} from '../src/shared/format.ts';

const NOTHING = {
  make: null,
  model: null,
  lens: null,
  aperture: null,
  exposureSeconds: null,
  iso: null,
  focalLengthMm: null,
};

describe('format', () => {
  it('prints the clock on the wall, whatever zone this machine is in', () => {
    const moment = Date.UTC(2025, 0, 31, 23, 59);
    expect(clockTime('en-GB', moment)).toBe('23:59');
    expect(monthName('tr', moment)).toBe('Ocak 2025');
  });

  it('writes exposure times as fractions below 0.4 s', () => {
    expect(exposure('en', 1 / 320)).toBe('1/320 s');
    expect(exposure('en', 0.5)).toBe('0.5 s');
    expect(exposure('tr', 2.5)).toBe('2,5 s');
  });

  it('chooses units for sizes, and survives 0', () => {
    expect(fileSize('en', 0)).toBe('0 byte');
    expect(fileSize('en', 6_842_113)).toBe('6.8 MB');
    expect(fileSize('en', 999)).toBe('999 byte');
  });

  it('counts megapixels with a decimal while there are few, and not at all in the smallest pictures', () => {
    expect(megapixels('en', 640, 480)).toBe('0.3 MP');
    expect(megapixels('tr', 640, 480)).toBe('0,3 MP');
    expect(megapixels('en', 320, 200)).toBeNull();
    expect(megapixels('en', 4000, 2500)).toBe('10 MP');
    expect(megapixels('en', 6016, 4016)).toBe('24 MP');
    expect(megapixels('en', 4016, 2480)).toBe('10 MP');
  });

  it('rounds the time left to what can be promised', () => {
    expect(roughDuration(12)).toEqual({ unit: 'seconds', count: 15 });
    expect(roughDuration(150)).toEqual({ unit: 'minutes', count: 3 });
    expect(roughDuration(7300)).toEqual({ unit: 'hours', count: 2 });
  });

  it('writes coordinates with their hemisphere', () => {
    expect(coordinates('en', -33.8568, 151.2153)).toBe('33.8568° S, 151.2153° E');
  });

  it('takes the last part of a path of any platform', () => {
    expect(fileName('/home/a/b.jpg')).toBe('b.jpg');
    expect(fileName('C:\\Photos\\c.jpg')).toBe('c.jpg');
  });

  it('does not say the maker twice', () => {
    expect(cameraName({ ...NOTHING, make: 'NIKON CORPORATION', model: 'NIKON Z 6' })).toBe('NIKON Z 6');
    expect(cameraName({ ...NOTHING, make: 'Apple', model: 'iPhone 15' })).toBe('Apple iPhone 15');
    expect(cameraName(NOTHING)).toBeNull();
    expect(exposureFacts({ ...NOTHING, aperture: 2.8, iso: 1600 }, 'en')).toEqual(['ƒ/2.8', 'ISO 1,600']);
  });
});
