// Metadata from tags, sidecars and names.
import { utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { wallClock } from '@semblance/core';
import { tempDir } from '@semblance/testkit';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { readBlock, readMetadata } from '../src/metadata/exif.ts';
import { gatherMetadata } from '../src/metadata/index.ts';

const pixel = () => sharp({ create: { width: 8, height: 8, channels: 3, background: '#336699' } });

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

/** As Lightroom and digiKam write it. */
const XMP = `<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:lr="http://ns.adobe.com/lightroom/1.0/"
 xmlns:digiKam="http://www.digikam.org/ns/1.0/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:exif="http://ns.adobe.com/exif/1.0/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"
 xmp:Rating="4" photoshop:DateCreated="2019-05-06T07:08:09+03:00" exif:GPSLatitude="39,55.5N" exif:GPSLongitude="32,51.2W">
<dc:subject><rdf:Bag><rdf:li>ocean</rdf:li><rdf:li>aile</rdf:li></rdf:Bag></dc:subject>
<lr:hierarchicalSubject><rdf:Bag><rdf:li>places|ankara</rdf:li></rdf:Bag></lr:hierarchicalSubject>
<digiKam:TagsList><rdf:Seq><rdf:li>people/grandma</rdf:li><rdf:li>places/ankara</rdf:li></rdf:Seq></digiKam:TagsList>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">A long day</rdf:li></rdf:Alt></dc:description>
</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>`;

describe('XMP', () => {
  const known = {
    rating: 4,
    caption: 'A long day',
    keywords: ['ocean', 'aile', 'people/grandma', 'places/ankara'],
    takenAt: Date.UTC(2019, 4, 6, 7, 8, 9),
    dateSource: 'xmp',
  };

  it('inside a picture', async () => {
    const facts = readMetadata(await pixel().withXmp(XMP).jpeg().toBuffer(), 'jpeg');
    expect(facts).toMatchObject(known);
    expect(facts.place?.latitude).toBeCloseTo(39.925);
    expect(facts.place?.longitude).toBeCloseTo(-32.8533);
  });

  it('broken XMP does not take the EXIF with it', async () => {
    const data = await pixel()
      .withExif({ IFD0: { Make: 'Testmake' } })
      .withXmp(XMP.replace('</rdf:Bag>', '<unclosed'))
      .jpeg()
      .toBuffer();
    const facts = readMetadata(data, 'jpeg');
    expect(facts.camera.make).toBe('Testmake');
    expect(facts.keywords).toEqual([]);
  });

  it('entities are not expanded', () => {
    const bomb = XMP.replace(
      '<x:xmpmeta',
      '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]><x:xmpmeta',
    ).replace('ocean', '&b;&b;&b;');
    expect(readBlock(Buffer.from(bomb)).keywords.join('')).not.toContain('aaaaaaaaaaaa');
  });
});

describe('beside a picture', () => {
  async function beside(name: string, files: Record<string, string>) {
    const folder = await tempDir();
    for (const [file, content] of Object.entries(files)) await writeFile(join(folder, file), content);
    return gatherMetadata(join(folder, name), await pixel().jpeg().toBuffer(), 'jpeg');
  }

  it('an XMP sidecar', async () => {
    expect(await beside('a.jpg', { 'a.jpg.xmp': XMP })).toMatchObject({ rating: 4, caption: 'A long day' });
    expect(await beside('a.jpg', { 'a.xmp': XMP })).toMatchObject({ dateSource: 'xmp' });
  });

  it('is found in a folder that is looked at once for all its photos, also when it comes later', async () => {
    const folder = await tempDir();
    const data = await pixel().jpeg().toBuffer();
    const look = (name: string) => gatherMetadata(join(folder, name), data, 'jpeg');
    await writeFile(join(folder, 'a.jpg.xmp'), XMP);
    await utimes(folder, 1_700_000_000, 1_700_000_000);
    expect(await look('a.jpg')).toMatchObject({ rating: 4 });
    expect(await look('b.jpg')).toMatchObject({ rating: null });
    await writeFile(join(folder, 'b.xmp'), XMP);
    await utimes(folder, 1_700_000_001, 1_700_000_001);
    expect(await look('b.jpg')).toMatchObject({ rating: 4 });
  });

  it('the JSON of a Google Takeout, also under a cut name', async () => {
    const json = JSON.stringify({
      title: 'x',
      description: 'Deniz kenarı',
      photoTakenTime: { timestamp: '1562243696' },
      geoData: { latitude: 0, longitude: 0 },
      geoDataExif: { latitude: 41, longitude: 29 },
      favorited: true,
    });
    const name = 'PXL_20210101_120000123.PORTRAIT.jpg';
    const facts = await beside(name, { 'PXL_20210101_120000123.PORTRAIT.jpg.supplement.json': json });
    expect(facts).toMatchObject({
      takenAt: wallClock(1_562_243_696_000),
      dateSource: 'takeout',
      caption: 'Deniz kenarı',
      favourite: true,
      place: { latitude: 41, longitude: 29 },
    });
  });

  it('the name speaks when nothing else does', async () => {
    const facts = await beside('IMG_20190704_123456.jpg', {});
    expect(facts).toMatchObject({ takenAt: Date.UTC(2019, 6, 4, 12, 34, 56), dateSource: 'name' });
    expect(await beside('DSC_0001.jpg', {})).toMatchObject({ takenAt: null, dateSource: null });
  });

  it('the date of the last edit counts only when nothing says when the photo was taken', async () => {
    const folder = await tempDir();
    const edited = await pixel()
      .withExif({ IFD0: { DateTime: '2023:01:02 03:04:05' } })
      .jpeg()
      .toBuffer();
    const look = (name: string) => gatherMetadata(join(folder, name), edited, 'jpeg');
    const at = Date.UTC(2023, 0, 2, 3, 4, 5);
    expect(await look('a.jpg')).toMatchObject({ takenAt: at, dateSource: 'exif' });
    expect(await look('IMG_20190704_123456.jpg')).toMatchObject({ dateSource: 'name' });
    await writeFile(join(folder, 'b.jpg.json'), '{"photoTakenTime":{"timestamp":"1562243696"}}');
    expect(await look('b.jpg')).toMatchObject({ dateSource: 'takeout' });
    await writeFile(join(folder, 'c.xmp'), XMP);
    expect(await look('c.jpg')).toMatchObject({ takenAt: Date.UTC(2019, 4, 6, 7, 8, 9), dateSource: 'xmp' });
  });

  it('rubbish, huge files and folders under these names are passed over', async () => {
    for (const content of [
      '',
      'null',
      '[]',
      '{"photoTakenTime":{"timestamp":"soon"}}',
      '<x',
      'a'.repeat(2_000_000),
    ]) {
      const facts = await beside('a.jpg', { 'a.jpg.json': content, 'a.jpg.xmp': content });
      expect(facts).toMatchObject({ takenAt: null, caption: null, keywords: [] });
    }
  });
});
