// The environment of child processes: what a user's shell says to Node is not for them (as the app's own fuses say).

const NOT_FOR_CHILDREN = [
  'NODE_OPTIONS',
  'NODE_PATH',
  'ELECTRON_RUN_AS_NODE',
  // `npm start` sets it for an engine on plain Node (DECISIONS 84). Decoders would lose time by it.
  'MALLOC_MMAP_THRESHOLD_',
];
/** onnxruntime tells its makers what it is used for, unless this is set from the beginning (DECISIONS 83). */
const SILENT = { ORT_DISABLE_TELEMETRY: '1' };

/** @param threads libuv's pool; decodes and hashes run on it */
export function childEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
  threads?: number,
): Record<string, string> {
  const kept = Object.entries(environment).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !NOT_FOR_CHILDREN.includes(entry[0]),
  );
  return { ...Object.fromEntries(kept), ...SILENT, ...(threads && { UV_THREADPOOL_SIZE: String(threads) }) };
}
