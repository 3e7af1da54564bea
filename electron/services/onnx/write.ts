import { ATTRIBUTE_TYPE, DATA_TYPE, OnnxModel } from './schema.ts';

const IR_VERSION = 8;
const OPSET = 17;

/** An ONNX graph as plain data. Values flow by name from inputs and initializers through nodes to outputs. */
export interface OnnxGraph {
  readonly name: string;
  readonly inputs: readonly OnnxValue[];
  readonly outputs: readonly OnnxValue[];
  readonly nodes: readonly OnnxNode[];
  readonly initializers: readonly OnnxTensor[];
}

/** A float32 tensor that enters or leaves the graph; a dimension is a size or a name such as "N". */
export interface OnnxValue {
  readonly name: string;
  readonly shape: readonly (number | string)[];
}

/** One operator of the standard's default domain, opset 17. */
export interface OnnxNode {
  readonly op: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes?: Readonly<Record<string, OnnxAttribute>>;
}

export type OnnxAttribute =
  | { readonly int: number }
  | { readonly float: number }
  | { readonly string: string }
  | { readonly ints: readonly number[] }
  | { readonly floats: readonly number[] };

/** A constant, row-major; its length is the product of `shape` ([] is a scalar). */
export interface OnnxTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly data: Float32Array | BigInt64Array;
}

/** The bytes of an ONNX model (IR version 8, opset 17) with this graph; the same graph gives the same bytes. */
export function writeOnnx(graph: OnnxGraph): Uint8Array {
  return OnnxModel.encode({
    ir_version: IR_VERSION,
    producer_name: 'stateside',
    opset_import: [{ domain: '', version: OPSET }],
    graph: {
      name: graph.name,
      node: graph.nodes.map(nodeProto),
      initializer: graph.initializers.map(tensorProto),
      input: graph.inputs.map(valueProto),
      output: graph.outputs.map(valueProto),
    },
  }).finish();
}

const nodeProto = (node: OnnxNode) => ({
  input: node.inputs,
  output: node.outputs,
  name: node.outputs[0] ?? node.op,
  op_type: node.op,
  attribute: Object.entries(node.attributes ?? {}).map(([name, value]) => attributeProto(name, value)),
});

function attributeProto(name: string, value: OnnxAttribute) {
  if ('int' in value) return { name, type: ATTRIBUTE_TYPE.int, i: value.int };
  if ('float' in value) return { name, type: ATTRIBUTE_TYPE.float, f: value.float };
  if ('string' in value)
    return { name, type: ATTRIBUTE_TYPE.string, s: new TextEncoder().encode(value.string) };
  if ('ints' in value) return { name, type: ATTRIBUTE_TYPE.ints, ints: value.ints };
  return { name, type: ATTRIBUTE_TYPE.floats, floats: value.floats };
}

function tensorProto({ name, shape, data }: OnnxTensor) {
  const length = shape.reduce((product, size) => product * size, 1);
  if (length !== data.length) {
    throw new RangeError(
      `Tensor ${name} of shape [${shape.join(', ')}] needs ${length} values, not ${data.length}.`,
    );
  }
  return {
    name,
    dims: shape,
    data_type: data instanceof Float32Array ? DATA_TYPE.float32 : DATA_TYPE.int64,
    raw_data: new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
  };
}

const valueProto = ({ name, shape }: OnnxValue) => ({
  name,
  type: {
    tensor_type: {
      elem_type: DATA_TYPE.float32,
      shape: {
        dim: shape.map((size) => (typeof size === 'number' ? { dim_value: size } : { dim_param: size })),
      },
    },
  },
});
