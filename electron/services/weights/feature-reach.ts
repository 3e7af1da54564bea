import {
  edgesOf,
  nodeId,
  reachOf,
  type GraphNode,
  type ModelGraph,
} from '../../../shared/domain/weights/graph.ts';
import type { FeatureReach } from '../../../shared/domain/weights/graph-drawing.ts';
import type { StoredTensor } from './stored-tensor.ts';
import { TensorReader } from './tensor-reader.ts';

/** Operators that leave every feature in its column. */
const COLUMN_WISE = new Set([
  'Identity',
  'Cast',
  'Sub',
  'Add',
  'Mul',
  'Div',
  'Clip',
  'Relu',
  'Abs',
  'Log',
  'Tanh',
]);
const ROWS_AT_ONCE_VALUES = 262_144;

/**
 * Which of the features [N, F] that enter as `input` can reach an output: the values that enter a first dense layer
 * (MatMul, or Gemm with its input as it is) reach it where that layer has a weight other than 0 for them. NaN counts
 * as a weight.
 */
export function featureReach(
  graph: ModelGraph,
  tensors: readonly StoredTensor[],
  { input, output, features }: { input: string; output: string; features: readonly string[] },
): FeatureReach {
  const reached = reachOf(edgesOf(graph), output);
  const nodes = graph.nodes.filter((_, at) => reached.has(nodeId(at)));
  const layers = new Set<string>();
  const otherwise = new Set<string>();
  const largest = new Float64Array(features.length);
  const values = new Set([input]);
  if (graph.outputs.some(({ name }) => name === input)) otherwise.add('the input itself');
  for (const value of values)
    for (const node of nodes.filter(({ inputs, captured }) => [...inputs, ...captured].includes(value))) {
      const layer = denseLayer(node, value, tensors, features.length);
      if (layer !== null) {
        layers.add(layer.tensor.name);
        raise(largest, layer);
      } else if (isColumnWise(node, value, tensors)) for (const output of node.outputs) values.add(output);
      else otherwise.add(node.op);
    }
  return {
    layers: [...layers],
    largest: features.map((feature, at) => ({ feature, weight: largest[at] ?? 0 })),
    otherwise: [...otherwise],
  };
}

interface DenseLayer {
  readonly tensor: StoredTensor;
  /** Whether a row of the tensor holds the weights of one feature, or a column does. */
  readonly byRow: boolean;
}

function denseLayer(
  { op, domain, inputs, captured, attributes }: GraphNode,
  value: string,
  tensors: readonly StoredTensor[],
  features: number,
): DenseLayer | null {
  const flag = (name: string) => attributes.some((each) => each.name === name && each.text !== '0');
  const isDense = domain === '' && (op === 'MatMul' || (op === 'Gemm' && !flag('transA')));
  if (!isDense || inputs[0] !== value || inputs.slice(1).includes(value) || captured.length > 0) return null;
  const tensor = tensors.find(({ name }) => name === inputs[1]);
  const byRow = !(op === 'Gemm' && flag('transB'));
  if (tensor === undefined || tensor.shape.length !== 2 || tensor.shape[byRow ? 0 : 1] !== features)
    return null;
  return { tensor, byRow };
}

/** Only with tensors of the file beside the value: another value could carry features from column to column. */
const isColumnWise = (
  { op, domain, inputs, captured }: GraphNode,
  value: string,
  tensors: readonly StoredTensor[],
): boolean =>
  domain === '' &&
  COLUMN_WISE.has(op) &&
  captured.length === 0 &&
  inputs.every((name) => name === value || name === '' || tensors.some((tensor) => tensor.name === name));

function raise(largest: Float64Array, { tensor, byRow }: DenseLayer): void {
  const [rows = 0, columns = 0] = tensor.shape;
  const reader = new TensorReader(tensor);
  try {
    const length = columns * Math.max(1, Math.floor(ROWS_AT_ONCE_VALUES / Math.max(1, columns)));
    for (let from = 0; from < rows * columns; from += length) {
      const values = reader.read(from, Math.min(length, rows * columns - from));
      for (const [at, weight] of values.entries()) {
        const feature = byRow ? Math.floor((from + at) / columns) : (from + at) % columns;
        const size = Number.isNaN(weight) ? Number.MAX_VALUE : Math.min(Number.MAX_VALUE, Math.abs(weight));
        if (size > (largest[feature] ?? 0)) largest[feature] = size;
      }
    }
  } finally {
    reader.close();
  }
}
