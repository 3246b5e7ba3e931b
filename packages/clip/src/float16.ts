// Half-precision arrays, which onnxruntime takes and gives for float16 tensors. TypeScript's ES2024 does not know them.

type Halves = Uint16Array;
const { Float16Array } = globalThis as unknown as {
  Float16Array: { from(values: ArrayLike<number>): Halves };
};

/** Typed as onnxruntime types it; its items are the numbers, rounded to 11 bits. */
export const toHalves = (values: ArrayLike<number>): Halves => Float16Array.from(values);
