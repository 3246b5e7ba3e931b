// Photos per second of a model folder in onnxruntime-node, and whether the JavaScript tokenizer and the
// runtime reproduce its reference.json.   node speed.mjs MODEL_DIR [threads]   -> one line of JSON
import fs from 'node:fs';
import path from 'node:path';
import { Tokenizer } from '@huggingface/tokenizers';
import ort from 'onnxruntime-node';

// The runtime tells its makers what it is used for otherwise.
process.env.ORT_DISABLE_TELEMETRY = '1';
const dir = process.argv[2];
const threads = Number(process.argv[3] ?? 2);
const json = (name) => JSON.parse(fs.readFileSync(path.join(dir, name), 'utf8'));
const tokenizer = new Tokenizer(json('tokenizer.json'), json('tokenizer_config.json'));
const { texts } = json('reference.json');
const size = json('config.json').vision_config.image_size;
const open = (name) =>
  ort.InferenceSession.create(path.join(dir, 'onnx', `${name}_model.onnx`), { intraOpNumThreads: threads });
const vision = await open('vision');
const text = await open('text');
const dot = (a, b) => a.reduce((sum, v, i) => sum + v * b[i], 0);

let sameIds = true;
let worst = 1;
for (const [query, want] of Object.entries(texts)) {
  const ids = tokenizer.encode(query).ids;
  sameIds &&= JSON.stringify(ids) === JSON.stringify(want.ids);
  const length = 32; // padded, as a batch would be
  const input = new BigInt64Array(length).fill(BigInt(ids.at(-1)));
  const mask = new BigInt64Array(length);
  ids.forEach((id, i) => {
    input[i] = BigInt(id);
    mask[i] = 1n;
  });
  const out = await text.run({
    input_ids: new ort.Tensor('int64', input, [1, length]),
    attention_mask: new ort.Tensor('int64', mask, [1, length]),
  });
  worst = Math.min(worst, dot(Array.from(out.text_embeds.data), want.embedding));
}

const rate = async (batch) => {
  const x = new ort.Tensor(
    'float32',
    Float32Array.from({ length: batch * 3 * size * size }, (_, i) => Math.sin(i)),
    [batch, 3, size, size],
  );
  for (let i = 0; i < 5; i++) await vision.run({ pixel_values: x });
  const start = performance.now();
  let n = 0;
  while (performance.now() - start < 3000) {
    await vision.run({ pixel_values: x });
    n += batch;
  }
  return Math.round((n / (performance.now() - start)) * 1000);
};
console.log(
  JSON.stringify({ sameIds, worstTextCosine: worst, threads, batch1: await rate(1), batch8: await rate(8) }),
);
