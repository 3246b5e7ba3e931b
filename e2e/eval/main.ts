// `npm run eval -- search|labels <photos-dir>`: measures the quality of what the product answers, on a folder of known
// photos.
import { parseArgs } from 'node:util';
import { evaluateLabels } from './labels/evaluate.ts';
import { labelsReport } from './labels/report.ts';
import { evaluateSearch } from './search/evaluate.ts';
import { searchReport } from './search/report.ts';

const USAGE = 'usage: npm run eval -- search|labels <photos-dir> [--model DIR] [--json]';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { model: { type: 'string' }, json: { type: 'boolean', default: false } },
});
const [what, folder] = positionals;

const say = (line: string): void => console.error(line);

if ((what !== 'search' && what !== 'labels') || folder === undefined || positionals.length > 2) {
  console.error(USAGE);
  process.exitCode = 2;
} else if (what === 'labels') {
  const result = await evaluateLabels(folder, values.model, say);
  console.log(values.json ? JSON.stringify(result) : labelsReport(result));
} else {
  const result = await evaluateSearch(folder, values.model, say);
  console.log(values.json ? JSON.stringify(result) : searchReport(result));
}
