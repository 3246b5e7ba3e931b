// Real cameras' files: size after orientation, date and place of each, by name. The values are exiftool's (13.59), read
// once; what differs from it is said below. Skipped where the collection (../shared/photos, SEMBLANCE_PHOTOS) is absent.
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { tempDir } from '@semblance/testkit';
import { expect, test } from 'vitest';
import { ingest } from '../src/ingest.ts';

const EXIF = join(
  process.env.SEMBLANCE_PHOTOS ?? resolve(import.meta.dirname, '../../../../shared/photos'),
  'exif',
);
const absent = existsSync(EXIF) ? false : `no photos at ${EXIF}`;

/**
 * Not exiftool's: the Olympus D-320L keeps its date in a block of its own, which is not read; of a file without a date of
 * the shot, the XMP date is taken: photoshop:DateCreated before xmp:CreateDate, offsets left out.
 */
const EXPECTED = `
exif-samples__Canon_PowerShot_S40.jpg 480x360 2003-12-14T12:01:44 -
exif-samples__Fujifilm_FinePix6900ZOOM.jpg 100x75 2001-02-19T06:40:05 -
exif-samples__Kodak_CX7530.jpg 100x78 2005-08-13T09:47:23 -0.3713,36.0564
exif-samples__Konica_Minolta_DiMAGE_Z3.jpg 70x100 2005-03-10T15:10:48 -
exif-samples__Nikon_COOLPIX_P1.jpg 100x75 2008-03-07T09:55:46 -
exif-samples__Nikon_D70.jpg 100x66 2008-03-15T09:52:01 -
exif-samples__Olympus_C8080WZ.jpg 100x72 2006-10-22T15:44:29 -
exif-samples__PaintTool_sample.jpg 88x100 - -
exif-samples__Panasonic_DMC-FZ30.jpg 100x75 2008-07-16T11:33:20 -
exif-samples__Ricoh_Caplio_RR330.jpg 100x75 2004-08-31T19:52:58 -
exif-samples__Samsung_Digimax_i50_MP3.jpg 100x75 2006-08-15T17:50:57 -
exif-samples__Sony_HDR-HC3.jpg 100x64 2007-06-15T04:42:32 -
exif-samples__WWL__Polaroid__ION230.jpg 75x100 2026-11-24T14:41:16 -
exif-samples__exif-org_fujifilm-dx10.jpg 1024x768 2001-04-12T20:33:14 -
exif-samples__exif-org_kodak-dc210.jpg 640x480 2000-10-26T16:46:51 -
exif-samples__exif-org_olympus-d320l.jpg 640x480 - -
exif-samples__exif-org_ricoh-rdc5300.jpg 896x600 2000-05-31T21:50:40 -
exif-samples__exif-org_sony-cybershot.jpg 640x480 2000-09-30T10:59:45 -
exif-samples__exif-org_sony-d700.jpg 672x512 1998-12-01T14:22:36 -
exif-samples__gps_DSCN0010.jpg 640x480 2008-10-22T16:28:39 43.4674,11.8851
exif-samples__gps_DSCN0012.jpg 640x480 2008-10-22T16:29:49 43.4672,11.8854
exif-samples__gps_DSCN0021.jpg 640x480 2008-10-22T16:38:20 43.4671,11.8845
exif-samples__gps_DSCN0025.jpg 640x480 2008-10-22T16:43:21 43.4684,11.8816
exif-samples__gps_DSCN0027.jpg 640x480 2008-10-22T16:44:01 43.4684,11.8815
exif-samples__gps_DSCN0029.jpg 640x480 2008-10-22T16:46:53 43.4682,11.8802
exif-samples__gps_DSCN0038.jpg 640x480 2008-10-22T16:52:15 43.4673,11.8792
exif-samples__gps_DSCN0040.jpg 640x480 2008-10-22T16:55:37 43.4660,11.8791
exif-samples__gps_DSCN0042.jpg 640x480 2008-10-22T17:00:07 43.4645,11.8815
exif-samples__long_description.jpg 100x73 2003-08-31T12:00:00 -
exif-samples__orientation_landscape_1.jpg 600x450 - -
exif-samples__orientation_landscape_2.jpg 600x450 - -
exif-samples__orientation_landscape_4.jpg 600x450 - -
exif-samples__orientation_landscape_5.jpg 600x450 - -
exif-samples__orientation_landscape_6.jpg 600x450 - -
exif-samples__orientation_landscape_7.jpg 600x450 - -
exif-samples__orientation_landscape_8.jpg 600x450 - -
exif-samples__orientation_portrait_1.jpg 450x600 - -
exif-samples__orientation_portrait_3.jpg 450x600 - -
exif-samples__orientation_portrait_4.jpg 450x600 - -
exif-samples__orientation_portrait_5.jpg 450x600 - -
exif-samples__orientation_portrait_6.jpg 450x600 - -
exif-samples__orientation_portrait_7.jpg 450x600 - -
exif-samples__orientation_portrait_8.jpg 450x600 - -
exif-samples__xmp_BlueSquare.jpg 360x216 2005-09-07T15:07:40 -
exif-samples__xmp_no_exif.jpg 322x466 2013-09-23T10:09:46 -
metadata-extractor__Canon_IXUS_400.jpg 1136x852 2003-09-06T14:45:48 -
metadata-extractor__Canon_PowerShot_S330.jpg 800x600 2002-11-16T15:27:01 -
metadata-extractor__Casio_QV-7000SX.jpg 320x240 - -
metadata-extractor__FujiFilm_DS-7_1_.jpg 320x240 1996-11-10T20:59:21 -
metadata-extractor__FujiFilm_DS-7_2_.jpg 640x480 1996-11-04T14:55:52 -
metadata-extractor__FujiFilm_DS-7_3_.jpg 640x480 1996-12-20T18:32:02 -
metadata-extractor__FujiFilm_DX-5.jpg 350x263 - -
metadata-extractor__FujiFilm_FinePix1400Zoom_1_.jpg 640x480 2002-08-15T08:13:39 -
metadata-extractor__FujiFilm_FinePix1400Zoom_2_.jpg 640x480 2002-08-15T08:13:51 -
metadata-extractor__FujiFilm_FinePix1400Zoom_3_.jpg 640x480 2002-08-15T08:14:36 -
metadata-extractor__FujiFilm_FinePix6800Zoom.jpg 640x480 2002-05-14T18:14:07 -
metadata-extractor__FujiFilm_FinePixS1Pro_2_.jpg 600x400 2002-07-28T15:50:05 51.8467,-3.3378
metadata-extractor__FujiFilm_FinePixS1Pro_3_.jpg 600x400 2002-09-01T09:19:43 55.1048,-1.8845
metadata-extractor__FujiFilm_FinePixS1Pro_4_.jpg 600x400 2002-09-01T12:03:56 54.9135,-1.5888
metadata-extractor__FujiFilm_FinePixS1Pro_5_.jpg 400x600 2002-08-05T17:49:16 50.7232,-1.9628
metadata-extractor__FujiFilm_FinePixS2Pro.jpg 600x400 2002-08-24T13:59:08 48.8578,2.2970
metadata-extractor__FujiFilm_MX1700.jpg 640x480 2000-09-02T14:30:10 -
metadata-extractor__Kodak_DC210.jpg 640x480 2000-10-26T16:46:51 -
test-assets__dates_datetimeoriginal-gps.jpg 150x100 2025-12-01T11:30:00 39.0000,-108.0000
test-assets__dates_time-created.jpg 100x100 - -
test-assets__gps-position_thompson-springs.jpg 150x103 2022-01-10T15:15:44 39.1150,-108.4010
test-assets__nature_cyclamen_persicum.jpg 512x848 2007-12-06T14:33:18 -
test-assets__nature_el_torcal_rocks.jpg 512x341 2012-08-05T11:39:59 -
test-assets__nature_notocactus_minimus.jpg 512x345 2008-05-23T15:54:59 -
test-assets__nature_orychophragmus_violaceus.jpg 512x574 - -
test-assets__nature_prairie_falcon.jpg 800x533 2022-03-31T11:31:56 -
test-assets__nature_silver_fir.jpg 511x323 - -
test-assets__nature_tanners_ridge.jpg 800x534 2023-09-25T08:33:30 -
test-assets__nature_wood_anemones.jpg 512x307 - -
test-assets__tags_picasa.jpg 100x75 2010-02-13T14:55:31 -
`;

const rows = EXPECTED.trim()
  .split('\n')
  .map((line) => line.split(' ') as [string, string, string, string]);

test.skipIf(absent).each(rows)('%s %s %s %s', async (name, size, date, place) => {
  const context = {
    thumbnailDirectory: await tempDir(),
    inputSize: 80,
    embed: async () => new Float32Array(1),
  };
  const result = await ingest({ path: join(EXIF, name), embed: false }, context);
  if (!result.ok) throw new Error(JSON.stringify(result));
  expect(`${result.width}x${result.height}`).toBe(size);
  // A camera from the future is not believed; how far that is depends on when this runs.
  const believed =
    date === '-' || Date.parse(`${date}Z`) < Date.now() ? date : expect.stringMatching(`^(${date}|-)$`);
  expect(result.takenAt === null ? '-' : new Date(result.takenAt).toISOString().slice(0, 19)).toEqual(
    believed,
  );
  const { latitude, longitude } = result.place ?? {};
  const [north, east] = place === '-' ? [] : place.split(',').map(Number);
  expect(latitude === undefined).toBe(north === undefined);
  expect(latitude ?? 0).toBeCloseTo(north ?? 0, 3);
  expect(longitude ?? 0).toBeCloseTo(east ?? 0, 3);
});
