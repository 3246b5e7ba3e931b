// `npm run eval -- search <photos-dir>`: measures the quality of what the product answers, on a folder of known photos.
import { parseArgs } from 'node:util';
import { evaluateSearch } from './search/evaluate.ts';
import { searchReport } from './search/report.ts';

const USAGE = 'usage: npm run eval -- search <photos-dir> [--model DIR] [--json]';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { model: { type: 'string' }, json: { type: 'boolean', default: false } },
});
const [what, folder] = positionals;

if (what !== 'search' || folder === undefined || positionals.length > 2) {
  console.error(USAGE);
  process.exitCode = 2;
} else {
  const result = await evaluateSearch(folder, values.model, (line) => console.error(line));
  console.log(values.json ? JSON.stringify(result) : searchReport(result));
}
