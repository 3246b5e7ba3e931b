// Writes a graph as an ONNX file. Weights are made and written one by one, so a model of any size needs only the
// memory of its largest tensor.
import { readFileSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { basename } from 'node:path';
import protobuf from 'protobufjs';
import {
  type Attributes,
  DATA_TYPE,
  type DataType,
  type Graph,
  type Initializer,
  type Node,
  type Port,
} from './graph.ts';

const schema = protobuf.parse(readFileSync(new URL('./onnx.proto', import.meta.url), 'utf8'), {
  keepCase: true,
}).root;

/** Operator set with LayerNormalization; what exporters of 2023 and later write. */
const OPERATOR_SET = 17;
const IR_VERSION = 8;

/** Field numbers of the three fields that are written by hand (see onnx.proto). */
const MODEL_GRAPH = 7;
const GRAPH_INITIALIZER = 5;
const TENSOR_RAW_DATA = 9;

const BYTES: Record<DataType, number> = { float: 4, uint8: 1, int8: 1, int32: 4, int64: 8, float16: 2 };

export interface SaveOptions {
  /** Weights in a file of their own beside the graph, `<name>.onnx_data`, as models above 2 GB have to have. */
  externalData?: boolean;
}

export async function saveGraph(
  path: string,
  graph: Graph,
  { externalData = false }: SaveOptions = {},
): Promise<void> {
  const head = encode('ModelProto', {
    ir_version: IR_VERSION,
    producer_name: 'semblance-testkit',
    opset_import: [
      { domain: '', version: OPERATOR_SET },
      { domain: 'com.microsoft', version: 1 },
    ],
  });
  const body = encode('GraphProto', {
    name: graph.name,
    node: graph.nodes.map(nodeMessage),
    input: graph.inputs.map(portMessage),
    output: graph.outputs.map(portMessage),
  });
  const dataPath = `${path}_data`;
  // Protobuf lengths come first, so the sizes are added up before any weight exists.
  const heads = externalData
    ? externalHeads(graph.initializers, basename(dataPath))
    : inlineHeads(graph.initializers);
  const size = heads.reduce(
    (sum, { lead, inside, length }) => sum + lead.length + (inside ? length : 0),
    body.length,
  );
  const file = await open(path, 'w');
  const data = externalData ? await open(dataPath, 'w') : null;
  try {
    await write(file, head);
    await write(file, fieldHead(MODEL_GRAPH, size));
    await write(file, body);
    for (const { initializer, lead, inside, length } of heads) {
      await write(file, lead);
      const bytes = initializer.bytes();
      if (bytes.length !== length) throw new Error(`The weights ${initializer.name} do not fit their shape.`);
      await write(inside ? file : (data ?? file), bytes);
    }
  } finally {
    await file.close();
    await data?.close();
  }
}

interface TensorHead {
  initializer: Initializer;
  /** All of a TensorProto but its data, with the field's own head. */
  lead: Uint8Array;
  /** The data follows the head. */
  inside: boolean;
  /** Of the data. */
  length: number;
}

const bytesOf = ({ type, shape }: Initializer): number =>
  shape.reduce((product, side) => product * side, BYTES[type]);

const factsOf = ({ name, type, shape }: Initializer): object => ({
  name,
  data_type: DATA_TYPE[type],
  dims: [...shape],
});

function inlineHeads(initializers: readonly Initializer[]): TensorHead[] {
  return initializers.map(inlineHead);
}

function inlineHead(initializer: Initializer): TensorHead {
  const length = bytesOf(initializer);
  const facts = encode('TensorProto', factsOf(initializer));
  const dataHead = fieldHead(TENSOR_RAW_DATA, length);
  const own = fieldHead(GRAPH_INITIALIZER, facts.length + dataHead.length + length);
  return { initializer, lead: Buffer.concat([own, facts, dataHead]), inside: true, length };
}

/** Shapes and single numbers stay in the graph, where onnxruntime needs them before it opens the other file. */
const SMALLEST_OUTSIDE = 1024;

function externalHeads(initializers: readonly Initializer[], location: string): TensorHead[] {
  let offset = 0;
  return initializers.map((initializer) => {
    const length = bytesOf(initializer);
    if (length < SMALLEST_OUTSIDE) return inlineHead(initializer);
    const entries = { location, offset, length };
    const facts = encode('TensorProto', {
      ...factsOf(initializer),
      external_data: Object.entries(entries).map(([key, value]) => ({ key, value: String(value) })),
      data_location: 1,
    });
    offset += length;
    const own = fieldHead(GRAPH_INITIALIZER, facts.length);
    return { initializer, lead: Buffer.concat([own, facts]), inside: false, length };
  });
}

/** Tag and length of a length-delimited field (wire type 2). */
function fieldHead(field: number, length: number): Uint8Array {
  return protobuf.Writer.create()
    .uint32((field << 3) | 2)
    .uint32(length)
    .finish();
}

function encode(message: string, content: object): Uint8Array {
  return schema.lookupType(`onnx.${message}`).encode(content).finish();
}

function nodeMessage({ operator, inputs, outputs, attributes, domain }: Node): object {
  const name = `${operator}:${outputs[0] ?? ''}`;
  return {
    name,
    op_type: operator,
    input: [...inputs],
    output: [...outputs],
    ...(domain && { domain }),
    attribute: attributeMessages(attributes),
  };
}

/** Whole numbers only, but for `epsilon`: no operator written here needs more. */
function attributeMessages(attributes: Attributes): object[] {
  const { FLOAT, INT, INTS } = { FLOAT: 1, INT: 2, INTS: 7 };
  return Object.entries(attributes).map(([name, value]) => {
    if (typeof value !== 'number') return { name, type: INTS, ints: [...value] };
    return name === 'epsilon' ? { name, type: FLOAT, f: value } : { name, type: INT, i: value };
  });
}

function portMessage({ name, type, shape }: Port): object {
  const dim = shape.map((side) => (typeof side === 'number' ? { dim_value: side } : { dim_param: side }));
  return { name, type: { tensor_type: { elem_type: DATA_TYPE[type], shape: { dim } } } };
}

async function write(file: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length; ) {
    at += (await file.write(bytes, at, bytes.length - at)).bytesWritten;
  }
}
