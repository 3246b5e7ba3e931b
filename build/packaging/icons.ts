// Draws the app's icons from assets/icons/icon.svg: `node build/packaging/icons.ts` after the drawing changed.
import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import sharp from 'sharp';
import { icns, ico } from './icon-files.ts';

/** Sides in pixels. Linux takes the files as they are. */
const SIDES = [16, 24, 32, 48, 64, 128, 256, 512, 1024];
/** Pixels per inch at which an SVG user unit is a pixel. */
const SVG_DENSITY = 72;
const DRAWING_SIDE = 1024;

const folder = join(dirname(dirname(import.meta.dirname)), 'assets', 'icons');
const drawing = await readFile(join(folder, 'icon.svg'));
const pictures = new Map<number, Buffer>();

for (const side of SIDES) {
  // Rendered at twice the size and reduced: edges stay crisp at 16 and 32 pixels.
  const density = Math.max(1, (SVG_DENSITY * side * 2) / DRAWING_SIDE);
  const picture = await sharp(drawing, { density })
    .resize(side, side, { kernel: 'lanczos3' })
    .png({ compressionLevel: 9 })
    .toBuffer();
  pictures.set(side, picture);
  await writeFile(join(folder, `${side}x${side}.png`), picture);
}
await writeFile(join(folder, 'icon.ico'), ico(pictures));
await writeFile(join(folder, 'icon.icns'), icns(pictures));
