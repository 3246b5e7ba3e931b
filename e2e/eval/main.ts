// `npm run eval -- search <photos-dir>`, `-- duplicates <photos-dir>`: measures the quality of what the product answers,
// on a folder of known photos.
import { parseArgs } from 'node:util';
import { evaluateDuplicates } from './duplicates/evaluate.ts';
import { duplicatesReport } from './duplicates/report.ts';
import { evaluateSearch } from './search/evaluate.ts';
import { searchReport } from './search/report.ts';

const USAGE = `usage: npm run eval -- search <photos-dir> [--model DIR] [--json]
       npm run eval -- duplicates <photos-dir> [--model DIR] [--photos N] [--json]`;

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    model: { type: 'string' },
    json: { type: 'boolean', default: false },
    photos: { type: 'string' },
  },
});
const [what, folder] = positionals;
const say = (line: string): void => console.error(line);

if (folder === undefined || positionals.length > 2) {
  console.error(USAGE);
  process.exitCode = 2;
} else if (what === 'search') {
  const result = await evaluateSearch(folder, values.model, say);
  console.log(values.json ? JSON.stringify(result) : searchReport(result));
} else if (what === 'duplicates') {
  const photos = values.photos === undefined ? undefined : Number(values.photos);
  const result = await evaluateDuplicates(folder, { model: values.model, photos }, say);
  console.log(values.json ? JSON.stringify(result) : duplicatesReport(result));
} else {
  console.error(USAGE);
  process.exitCode = 2;
}
