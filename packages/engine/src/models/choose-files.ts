// Which files of a repository to take. Repositories hold the same weights several times over, for other runtimes and in
// other precisions; the catalogue names what is wanted, and for any other repository its layout decides.
import { SemblanceError } from '@semblance/contract';
import type { HubFile } from './hub.ts';
import { checkedPath, checkTogether } from './safe-path.ts';

const MAX_FILES = 4000;

/** Always taken when there: what a model says of itself, and under which licence. */
const PAPERS = ['README.md?', 'LICENSE?', 'LICENSE.txt?', 'LICENSE.md?'];
const TOKENIZER = [
  'tokenizer.json?',
  'tokenizer_config.json?',
  'special_tokens_map.json?',
  'vocab.json?',
  'merges.txt?',
  'tokenizer.model?',
  'sentencepiece.bpe.model?',
  'spiece.model?',
];
/** Everything right inside the two folders, but for weights of other runtimes. */
const IMMICH = ['config.json?', 'visual/*', 'textual/*', '!*.armnn', '!*.rknn'];

/**
 * @param patterns of the catalogue; null to go by the layout
 * @returns in the repository's order, without the manifest and hidden files; names are safe
 * @throws SemblanceError MODEL_UNSUITABLE when nothing fits, HUB_NOT_FOUND when a named file is gone, HUB_FAILED for
 *   names that are not safe
 */
export function chooseFiles(
  files: readonly HubFile[],
  patterns: readonly string[] | null,
  repository: string,
): HubFile[] {
  const wanted = patterns ?? patternsFor(files, repository);
  const without = wanted.filter((pattern) => pattern.startsWith('!')).map((pattern) => pattern.slice(1));
  const taken = new Set<HubFile>();
  for (const pattern of [...wanted.filter((one) => !one.startsWith('!')), ...PAPERS]) {
    const optional = pattern.endsWith('?');
    const matching = files.filter(
      (file) =>
        matches(file.path, optional ? pattern.slice(0, -1) : pattern) &&
        !without.some((other) => matches(nameOf(file.path), other) || matches(file.path, other)),
    );
    if (matching.length === 0 && !optional) {
      throw new SemblanceError('HUB_NOT_FOUND', `The repository ${repository} has no ${pattern} any more.`);
    }
    for (const file of matching) taken.add(file);
  }
  const chosen = files.filter((file) => taken.has(file) && !isOurs(file.path));
  if (chosen.length > MAX_FILES)
    throw new SemblanceError('HUB_FAILED', `${repository} has too many files for a model.`);
  const paths = chosen.map((file) => checkedPath(file.path));
  checkTogether(paths);
  return chosen;
}

function patternsFor(files: readonly HubFile[], repository: string): string[] {
  const paths = new Set(files.map((file) => file.path));
  if (paths.has('visual/model.onnx') && paths.has('textual/model.onnx')) return IMMICH;
  const configs = ['config.json', 'preprocessor_config.json', ...TOKENIZER];
  // The best precision of which there are both halves.
  for (const ending of ['', '_fp16', '_quantized', '_int8', '_uint8']) {
    const [vision, text] = [`onnx/vision_model${ending}.onnx`, `onnx/text_model${ending}.onnx`];
    if (!paths.has(vision) || !paths.has(text)) continue;
    return [...configs, vision, text, `${vision}_data*?`, `${text}_data*?`];
  }
  for (const folder of ['onnx/', '']) {
    const ending = ['', '_fp16', '_quantized', '_int8'].find((one) => paths.has(`${folder}model${one}.onnx`));
    if (ending !== undefined)
      return [...configs, `${folder}model${ending}.onnx`, `${folder}model${ending}.onnx_data*?`];
  }
  throw new SemblanceError(
    'MODEL_UNSUITABLE',
    `${repository} has no ONNX files of an image and a text encoder, so Semblance cannot run it.`,
  );
}

/** `*` stands for any part of a name, not for a `/`. */
function matches(path: string, pattern: string): boolean {
  const source = pattern
    .split('*')
    .map((part) => part.replace(/[.+^${}()|[\]\\?]/gu, '\\$&'))
    .join('[^/]*');
  return new RegExp(`^${source}$`, 'u').test(path);
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Our own notes are not the hub's to write, and what is hidden is not looked at by anybody. */
function isOurs(path: string): boolean {
  return /^semblance\.json$/iu.test(path) || path.split('/').some((part) => /^\.[^.]/u.test(part));
}
