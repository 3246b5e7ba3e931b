// `node build/samples.ts`: draws the sample pictures that the app offers to try it with (assets/samples). They are
// committed, so that nothing that ships needs the program that drew them.
import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { writeLibrary } from '@semblance/testkit';
import sharp from 'sharp';
import { ROOT } from './steps.ts';

const folder = join(ROOT, 'assets/samples');
rmSync(folder, { recursive: true, force: true });
const photos = await writeLibrary(folder, { count: 33, seed: 21, side: 1080 });
// A PNG is ten times the size of the rest: one of them is enough to show that there are such.
for (const { path } of photos.filter(({ path }) => path.endsWith('.png')).slice(1)) rmSync(path);
// Two that somebody sent back by a messenger: smaller, worse, without a date. Something for the duplicates to find.
for (const photo of photos.filter(({ path }) => path.endsWith('.jpg')).slice(3, 5)) {
  const name = photo.path.slice(dirname(photo.path).length + 1).replace('.jpg', '-WA.jpg');
  await sharp(photo.path)
    .autoOrient()
    .resize(720, 720, { fit: 'inside' })
    .jpeg({ quality: 60 })
    .toFile(join(folder, name));
}
