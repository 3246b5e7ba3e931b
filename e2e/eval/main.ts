// `npm run eval -- <what> <photos-dir>`: measures the quality of what the product answers, on a folder of known photos.
import { parseArgs } from 'node:util';

interface Options {
  model: string | undefined;
  /** Photos to make variants of (duplicates). */
  photos: number | undefined;
}

type Say = (line: string) => void;
/** Measures, and answers with the numbers and with a report of them. */
type Evaluation = (folder: string, options: Options, say: Say) => Promise<{ json: unknown; report: string }>;

const EVALUATIONS: Readonly<Record<string, Evaluation>> = {
  async search(folder, { model }, say) {
    const { evaluateSearch } = await import('./search/evaluate.ts');
    const { searchReport } = await import('./search/report.ts');
    const json = await evaluateSearch(folder, model, say);
    return { json, report: searchReport(json) };
  },
  async labels(folder, { model }, say) {
    const { evaluateLabels } = await import('./labels/evaluate.ts');
    const { labelsReport } = await import('./labels/report.ts');
    const json = await evaluateLabels(folder, model, say);
    return { json, report: labelsReport(json) };
  },
  async language(folder, { model }, say) {
    const { evaluateLanguage, languageReport } = await import('./language/evaluate.ts');
    const json = await evaluateLanguage(folder, model, say);
    return { json, report: languageReport(json) };
  },
  async binding(folder, { model }, say) {
    const { evaluateBinding, bindingReport } = await import('./binding/evaluate.ts');
    const json = await evaluateBinding(folder, model, say);
    return { json, report: bindingReport(json) };
  },
  async duplicates(folder, { model, photos }, say) {
    const { evaluateDuplicates } = await import('./duplicates/evaluate.ts');
    const { duplicatesReport } = await import('./duplicates/report.ts');
    const json = await evaluateDuplicates(folder, { model, photos }, say);
    return { json, report: duplicatesReport(json) };
  },
};

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    model: { type: 'string' },
    json: { type: 'boolean', default: false },
    photos: { type: 'string' },
  },
});
const [what = '', folder] = positionals;
const evaluate = Object.hasOwn(EVALUATIONS, what) ? EVALUATIONS[what] : undefined;

if (evaluate === undefined || folder === undefined || positionals.length > 2) {
  const names = Object.keys(EVALUATIONS).join(' | ');
  console.error(`usage: npm run eval -- <${names}> <photos-dir> [--model DIR] [--photos N] [--json]`);
  process.exitCode = 2;
} else {
  const photos = values.photos === undefined ? undefined : Number(values.photos);
  const { json, report } = await evaluate(folder, { model: values.model, photos }, (line) =>
    console.error(line),
  );
  console.log(values.json ? JSON.stringify(json) : report);
}
