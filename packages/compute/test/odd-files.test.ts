// Broken, hostile and odd files, by name: what each becomes. A change of decoder that changes one of them is to be seen.
// Skipped where the collection (../shared/photos, SEMBLANCE_PHOTOS) is absent.
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { tempDir } from '@semblance/testkit';
import { expect, test } from 'vitest';
import { ingest } from '../src/ingest.ts';

const ODD = join(
  process.env.SEMBLANCE_PHOTOS ?? resolve(import.meta.dirname, '../../../../shared/photos'),
  'odd',
);
const absent = existsSync(ODD) ? false : `no photos at ${ODD}`;

/** The decoded format, upright pixels, and "animated"; or the reason of the failure. */
const EXPECTED = `
Pillow__images_avif_exif.avif avif 512x512
Pillow__images_avif_rot1mir0.avif avif 640x427
Pillow__images_avif_transparency.avif avif 64x64
Pillow__images_bmp_b_badrle.bmp corrupt
Pillow__images_bmp_b_badwidth.bmp corrupt
Pillow__images_broken.png corrupt
Pillow__images_crash-0c7e0e8e11ce787078f00b5b0ca409a167f070e0.tif corrupt
Pillow__images_crash-0e16d3bfb83be87356d026d66919deaefca44dac.tif corrupt
Pillow__images_crash-2020-10-test.tif corrupt
Pillow__images_crash-4f085cc12ece8cde18758d42608bed6a2a2cfb1c.tif corrupt
Pillow__images_crash-63b1dffefc8c075ddc606c0a2f5fdc15ece78863.tif corrupt
Pillow__images_crash-74d2a78403a5a59db1fb0a2b8735ac068a75f6e3.tif corrupt
Pillow__images_crash-86214e58da443d2b80820cff9677a38a33dcbbca.tif corrupt
Pillow__images_crash-f46f5b2f43c370fe65706c11449f567ecc345e74.tif corrupt
Pillow__images_decompression_bomb.gif corrupt
Pillow__images_decompression_bomb_extents.gif gif 100x100 animated
Pillow__images_dispose_prev.gif gif 100x100 animated
Pillow__images_exif_gps.jpg jpeg 8x8
Pillow__images_exif_gps_typeerror.jpg jpeg 800x531
Pillow__images_hopper_orientation_2.jpg jpeg 128x128
Pillow__images_hopper_orientation_3.jpg jpeg 128x128
Pillow__images_hopper_orientation_3.webp webp 128x128
Pillow__images_hopper_orientation_4.webp webp 128x128
Pillow__images_hopper_orientation_6.jpg jpeg 128x128
Pillow__images_hopper_orientation_7.jpg jpeg 128x128
Pillow__images_hopper_orientation_7.webp webp 128x128
Pillow__images_hopper_orientation_8.webp webp 128x128
Pillow__images_invalid-exif.jpg jpeg 200x200
Pillow__images_photoshop-200dpi.jpg jpeg 200x200
Pillow__images_pil_sample_cmyk.jpg jpeg 100x100
Pillow__images_truncated_image.png corrupt
Pillow__images_truncated_jpeg.jpg corrupt
ThreatExchange__data_misc-images_modes_1.png png 1600x1004
duplicate-images__images_not_image.jpg corrupt
exif-samples__Cr_mieux11.tiff tiff 199x47
exif-samples__DudleyLeavittUtah.tiff tiff 196x257
exif-samples__IMG_5195.HEIC heic 2566x3313
exif-samples__Picoawards.tiff tiff 436x547
exif-samples__Rudless.tiff tiff 734x328
exif-samples__Tless0.tiff tiff 643x448
exif-samples__invalid_image01088.jpg jpeg 425x120
exif-samples__invalid_image01137.jpg jpeg 88x64
exif-samples__invalid_image01551.jpg jpeg 61x58
exif-samples__samplefilehub.heif heic 640x426
exif-samples__tests_30-type_error.jpg jpeg 3872x2403
exif-samples__tests_45-gps_ifd.jpg jpeg 1600x900
exif-samples__tests_67-0_length_string.jpg jpeg 4032x2012
go-fuzz-corpus__corpus_0027e9c17f97bc035782fee6b4c725abb5e25f5f-2 corrupt
go-fuzz-corpus__corpus_004b591a0d7156de5a9900269fc572bb62e1e75d-6 corrupt
go-fuzz-corpus__corpus_00517f5aa1e18e23fca42cf38ab134f2ee765434-3 corrupt
go-fuzz-corpus__corpus_00bfcc818f3c7f4e2a136ec36d24a36815e500a4-6 corrupt
go-fuzz-corpus__corpus_00dcf3b74a9553b55b7541ad87e4a9e74ceb945c-1 corrupt
go-fuzz-corpus__corpus_0108cb3ffdd8419f254310bece00b10be94ec6d4-2 png 32x32
go-fuzz-corpus__corpus_01d0b75a26f1fbd2f8bec1dddf8862b8bd30eed9-2 corrupt
go-fuzz-corpus__corpus_034f375ccbb5853b7e42f32841a926f18c3bf735-3 corrupt
go-fuzz-corpus__corpus_037a9faa6125532cad29fda69ff464b845af5514 corrupt
go-fuzz-corpus__corpus_0397df3315cb97a3608b3152906f5d8b825581f3-3 corrupt
go-fuzz-corpus__corpus_03db5e57dcf303c7e09f9cc641acaa4b51f39730-2 corrupt
go-fuzz-corpus__corpus_03e6bc80c237cf54cc011840043346f51032db75-1 webp 400x301
go-fuzz-corpus__corpus_04133dc21ca826d12c8645a7b6ebf19f2ba5644d-3 unsupported
go-fuzz-corpus__corpus_044aa866bb634fd108a080be1e44e1ae4ec002ae-21 corrupt
go-fuzz-corpus__corpus_05745c1bb677851722d5373ef6066687ca8ebadc-25 corrupt
go-fuzz-corpus__corpus_05b901f868969de0fd1680fd2bb205ec8a4c2d76-6 corrupt
go-fuzz-corpus__corpus_0610f4d39b195463c194f0bfcbd3975c7744425a-1 unsupported
go-fuzz-corpus__corpus_063fe8eff10458c1cd55e23b5aabddf0b57d482b-6 corrupt
go-fuzz-corpus__corpus_06699a12e978adeb923e34224cf5f98a9eed9222 corrupt
go-fuzz-corpus__corpus_07210830b1d785b683ad63735b97edabec5f5252-2 corrupt
go-fuzz-corpus__corpus_075eec9966eb512dd1a01fa4cf965eeffffd1f68-1 corrupt
go-fuzz-corpus__corpus_07790ce8acf349bec5b1b70f2641f487a4a94e8d-1 corrupt
go-fuzz-corpus__corpus_0a6b5e50664a1887d985f8d545cb52ec0bd39c23-5 corrupt
go-fuzz-corpus__corpus_0ae161b8de2a9e53c887fed70c1970774aa45383-1 jpeg 150x103
go-fuzz-corpus__corpus_0b326a0ddde0bd0ebd8b6be422deb462674b1b3f-1 corrupt
go-fuzz-corpus__corpus_0b5a11b1c7d83b2a1d0ef0e069b72adae88ed7dd-3 corrupt
go-fuzz-corpus__corpus_0c0e384bafb855aeb514f2ff47618b4f269e643e-2 corrupt
go-fuzz-corpus__corpus_0d068bb092cf30a06c7847af835f2517f743af53-5 corrupt
go-fuzz-corpus__corpus_0d2bd92940f3f4d263f1bfec54e24916ae90c935-2 corrupt
go-fuzz-corpus__corpus_0dd3be4cf3dc65bb5338704a8d8a35263c906690-3 corrupt
go-fuzz-corpus__corpus_117c4e175e2435097beb5068edbae8cc5f9f4cd6-5 corrupt
imagededup__data_mixed_images_ukbench09268_corrupt.jpg corrupt
metadata-extractor__32Bit-72dpi-sRGB-800x600.avif avif 800x600 animated
metadata-extractor__Alpha_Lossless_1_.webp webp 400x301
metadata-extractor__Alpha_Lossless_2_.webp webp 386x395
metadata-extractor__Alpha_Lossy_1_.webp webp 400x301
metadata-extractor__Alpha_Lossy_2_.webp webp 386x395
metadata-extractor__Animation_Lossy.webp webp 320x240 animated
metadata-extractor__HTC_Desire.webp webp 776x909
metadata-extractor__Issue_247-1.nef jpeg 2000x3008
metadata-extractor__Issue_649.avif avif 5472x3648
metadata-extractor__Nikon_D1X.webp webp 600x391
metadata-extractor__cheers_1440x960.heic heic 1440x960
sharp__fixtures_Landscape_6.jpg jpeg 600x450
sharp__fixtures_Landscape_8.jpg jpeg 600x450
sharp__fixtures_Portrait_8.jpg jpeg 450x600
sharp__fixtures_animated-loop-3.webp webp 370x285 animated
sharp__fixtures_concert.jpg jpeg 400x267
sharp__fixtures_grey-8bit-alpha.png png 400x300
sharp__fixtures_rotating-squares.gif gif 80x80 animated
sharp__fixtures_rotating-squares.webp webp 80x80 animated
sharp__fixtures_truncated.jpg corrupt
test-assets__png_density_plot.png png 800x800
test-assets__webp_denali.webp webp 600x315
zero_bytes.jpg corrupt
`;

const rows = EXPECTED.trim()
  .split('\n')
  .map((line) => {
    const [name = '', ...rest] = line.split(' ');
    return [name, rest.join(' ')] as const;
  });

test.skipIf(absent).each(rows)('%s: %s', async (name, expected) => {
  const context = {
    thumbnailDirectory: await tempDir(),
    inputSize: 80,
    embed: async () => new Float32Array(1),
  };
  const result = await ingest({ path: join(ODD, name), embed: false }, context);
  if (!result.ok) return expect('reason' in result ? result.reason : result.halt).toBe(expected);
  const { format, width, height, animated } = result;
  expect(`${format} ${width}x${height}${animated ? ' animated' : ''}`).toBe(expected);
});
