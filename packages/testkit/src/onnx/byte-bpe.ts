// A tokenizer in the form of CLIP's own: byte-level BPE with start and end token, but with a handful of merges.

export interface BpeTokenizer {
  /** Content of `tokenizer.json`. */
  tokenizer: object;
  /** Content of `tokenizer_config.json`. */
  config: object;
  startId: number;
  endId: number;
}

const START = '<|startoftext|>';
const END = '<|endoftext|>';
const WORDS = [
  'photo',
  'dog',
  'cat',
  'the',
  'sunset',
  'forest',
  'beach',
  'snow',
  'flower',
  'receipt',
  'city',
  'pizza',
];

/** Bytes alone, bytes at a word's end, start and end token. */
const SMALLEST_VOCABULARY = 2 * 256 + 2;

/**
 * @param vocabulary number of ids; start and end token take the last two, as in CLIP, so that the end token is the
 *   largest id of any text. Ids without a meaning are filled up.
 * @throws RangeError below `SMALLEST_VOCABULARY`
 */
export function byteBpe(vocabulary: number, context: number): BpeTokenizer {
  if (vocabulary < SMALLEST_VOCABULARY)
    throw new RangeError(`A vocabulary has at least ${SMALLEST_VOCABULARY} ids.`);
  const letters = byteLetters();
  const pieces = [...letters, ...letters.map((letter) => `${letter}</w>`)];
  const merges: [string, string][] = [];
  for (const [left, right] of WORDS.flatMap(mergesOf)) {
    const isNew = !pieces.includes(left + right);
    if (isNew && pieces.length < vocabulary - 2) {
      pieces.push(left + right);
      merges.push([left, right]);
    }
  }
  while (pieces.length < vocabulary - 2) pieces.push(`unused${pieces.length}`);
  const startId = vocabulary - 2;
  const endId = vocabulary - 1;
  pieces.push(START, END);
  const vocab = Object.fromEntries(pieces.map((piece, id) => [piece, id]));
  const special = (id: number, content: string): object => ({
    id,
    content,
    single_word: false,
    lstrip: false,
    rstrip: false,
    normalized: false,
    special: true,
  });
  return {
    startId,
    endId,
    tokenizer: {
      version: '1.0',
      truncation: null,
      padding: null,
      added_tokens: [special(startId, START), special(endId, END)],
      normalizer: {
        type: 'Sequence',
        normalizers: [
          { type: 'NFC' },
          { type: 'Replace', pattern: { Regex: '\\s+' }, content: ' ' },
          { type: 'Lowercase' },
        ],
      },
      pre_tokenizer: {
        type: 'Sequence',
        pretokenizers: [
          {
            type: 'Split',
            pattern: { Regex: "'s|'t|'re|'ve|'m|'ll|'d|[\\p{L}]+|[\\p{N}]|[^\\s\\p{L}\\p{N}]+" },
            behavior: 'Removed',
            invert: true,
          },
          { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: false },
        ],
      },
      post_processor: {
        type: 'RobertaProcessing',
        sep: [END, endId],
        cls: [START, startId],
        trim_offsets: false,
        add_prefix_space: false,
      },
      decoder: { type: 'ByteLevel', add_prefix_space: true, trim_offsets: true, use_regex: true },
      model: {
        type: 'BPE',
        dropout: null,
        unk_token: END,
        continuing_subword_prefix: '',
        end_of_word_suffix: '</w>',
        fuse_unk: false,
        vocab,
        merges: merges.map((pair) => pair.join(' ')),
      },
    },
    config: {
      tokenizer_class: 'CLIPTokenizer',
      model_max_length: context,
      bos_token: START,
      eos_token: END,
      unk_token: END,
      pad_token: END,
      do_lower_case: true,
    },
  };
}

/** d + o, do + g</w>. */
function mergesOf(word: string): [string, string][] {
  const letters = [...word].map((letter, i, all) => (i === all.length - 1 ? `${letter}</w>` : letter));
  return letters.slice(1).map((letter, i) => [letters.slice(0, i + 1).join(''), letter]);
}

/** `bytes_to_unicode` of GPT-2: printable bytes stand for themselves, the others for letters from U+0100 on. */
function byteLetters(): string[] {
  let next = 256;
  return Array.from({ length: 256 }, (_, byte) => {
    const printable = (byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || byte >= 174;
    return String.fromCodePoint(printable ? byte : next++);
  });
}
