// `npm run eval -- <what> <photos-dir>`: measures the quality of what the product answers, on a folder of known photos.
import { parseArgs } from 'node:util';

type Evaluation = (
  folder: string,
  model: string | undefined,
  say: (line: string) => void,
) => Promise<unknown>;

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { model: { type: 'string' }, json: { type: 'boolean', default: false } },
});
const [what, folder] = positionals;

async function evaluationOf(
  name: string | undefined,
): Promise<[Evaluation, (result: never) => string] | null> {
  if (name === 'search') {
    const { evaluateSearch } = await import('./search/evaluate.ts');
    const { searchReport } = await import('./search/report.ts');
    return [evaluateSearch, searchReport];
  }
  if (name === 'binding') {
    const { evaluateBinding, bindingReport } = await import('./binding/evaluate.ts');
    return [evaluateBinding, bindingReport];
  }
  return null;
}

const evaluation = await evaluationOf(what);
if (evaluation === null || folder === undefined || positionals.length > 2) {
  console.error('usage: npm run eval -- <search | binding> <photos-dir> [--model DIR] [--json]');
  process.exitCode = 2;
} else {
  const [evaluate, report] = evaluation;
  const result = await evaluate(folder, values.model, (line) => console.error(line));
  console.log(values.json ? JSON.stringify(result) : report(result as never));
}
