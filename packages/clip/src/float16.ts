// Half precision in and out of onnxruntime. TypeScript's ES2024 does not know `Float16Array`.
import { Tensor } from 'onnxruntime-node';

const { Float16Array } = globalThis as unknown as {
  Float16Array: { from(values: ArrayLike<number>): Uint16Array };
};

/**
 * onnxruntime-node 1.30 wraps half precision into a `Float16Array`, which its own native part then reads as empty ("not
 * enough space: expected 6144, got 0"). It does read the bits.
 */
export function halfTensor(values: Float32Array, shape: number[]): Tensor {
  const { buffer, byteOffset, length } = Float16Array.from(values);
  const bits = new Uint16Array(buffer, byteOffset, length);
  return Object.defineProperty(new Tensor('float16', bits, shape), 'data', { value: bits });
}
