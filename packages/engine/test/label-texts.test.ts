// Words of labels: each description in its templates, unknown words, and wordings that are steadier.
import { expect, test } from 'vitest';
import type { ComputeClient } from '../src/compute/client.ts';
import { createLabelTexts } from '../src/services/label-texts.ts';

/** Texts as angles: what a text is about, moved by how it is worded. */
function texts(angle: (text: string) => number) {
  const asked: string[] = [];
  const call = async (_: string, [text = '']: string[]) => {
    asked.push(text);
    const at = angle(text);
    return {
      embedding: Float32Array.of(Math.cos(at), Math.sin(at)),
      unknownWords: text.includes('zorp') ? ['zorp'] : [],
      truncated: false,
      tokens: 3,
    };
  };
  return { asked, service: createLabelTexts({ call } as unknown as ComputeClient) };
}

/** Photos all around: their order follows the angle of the text. */
const rank = (text: Float32Array): Float32Array =>
  Float32Array.from({ length: 100 }, (_, i) => {
    const at = (i / 100) * 2 * Math.PI;
    return Math.cos(at) * (text[0] ?? 0) + Math.sin(at) * (text[1] ?? 0);
  });

test('a description is the mean of its templates, a unit vector, and encoded once', async () => {
  const { asked, service } = texts((text) => (text === 'boat' ? 0 : text.includes('photo') ? 0.2 : -0.2));
  const embedded = await service.embed('boat');
  expect(Math.hypot(...embedded)).toBeCloseTo(1);
  expect(Math.atan2(embedded[1] ?? 0, embedded[0] ?? 0)).toBeCloseTo(0);
  const before = asked.length;
  await service.embed('boat');
  expect(asked).toHaveLength(before);
  expect(await service.unknownWords(['boat', 'zorp boat', 'zorp'])).toEqual(['zorp']);
});

test('steady words are left alone; for unsteady ones the wording that most others agree with is offered', async () => {
  const steady = texts(() => 0);
  expect(await steady.service.wording('boat', rank, 20)).toEqual({ agreement: 1, suggestion: null });
  const unsteady = texts((text) => (text === 'boat' ? 3 : text.startsWith('a picture of') ? 0.9 : 0.1));
  const { agreement, suggestion } = await unsteady.service.wording('boat', rank, 20);
  expect(agreement).toBeLessThan(0.3);
  expect(suggestion).toBe('a photo of boat');
});
