// Reads the JSON files of a model folder. They come from strangers, so nothing about their shape is taken for granted.
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { modelDamaged, modelMissing, reasonOf } from './errors.ts';

export type JsonObject = { [key: string]: unknown };

/**
 * @throws SemblanceError `MODEL_MISSING` when the file cannot be opened, `MODEL_DAMAGED` when it is not a JSON object
 */
export async function readJsonObject(path: string): Promise<JsonObject> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    throw modelMissing(`The model file ${path} cannot be read: ${reasonOf(error)}`);
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw modelDamaged(`The model file ${path} is not valid JSON: ${reasonOf(error)}`, error);
  }
  const object = asObject(value);
  if (object === undefined) {
    throw modelDamaged(`The model file ${path} does not hold a JSON object, so it is no ${basename(path)}.`);
  }
  return object;
}

export function asObject(value: unknown): JsonObject | undefined {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isObject ? (value as JsonObject) : undefined;
}

/** A finite number, or undefined for anything else. */
export function asNumber(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

/** An integer of at least 1, or undefined for anything else. */
export function asCount(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : undefined;
}

/** The strings of an array; undefined when it is no array. */
export function asStrings(value: unknown): string[] | undefined {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : undefined;
}
