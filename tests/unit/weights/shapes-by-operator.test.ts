import { describe, expect, it } from 'vitest';
import {
  againstOnnxruntime,
  floats,
  model,
  whole,
  type MadeNode,
} from '../../fixtures/weights/shape-model.ts';

const codes = (name: string, ...dims: number[]) => ({
  ...{ name, dims, data_type: 2 },
  raw_data: new Uint8Array(dims.reduce((product, size) => product * size, 1)),
});
const flags = (name: string, values: readonly number[]) => ({
  ...{ name, dims: [values.length], data_type: 9 },
  raw_data: Uint8Array.from(values),
});
const scale = { name: 'scale', dims: [], data_type: 1, raw_data: new Uint8Array(Float32Array.of(1).buffer) };

const TENSORS = [
  floats('image', 2, 4, 9, 7),
  floats('line', 3, 5, 11),
  floats('kernel', 6, 4, 3, 2),
  floats('grouped', 8, 2, 3, 3),
  floats('narrow', 5, 2, 3),
  floats('up', 4, 3, 3, 2),
  floats('sequence', 9, 5, 3),
  floats('rnnW', 1, 4, 3),
  floats('rnnR', 1, 4, 4),
  floats('gruW', 1, 12, 3),
  floats('gruR', 1, 12, 4),
  floats('lstmW', 2, 16, 3),
  floats('lstmR', 2, 16, 4),
  floats('four', 4),
  floats('square', 5, 3, 3),
  floats('boxes', 1, 6, 4),
  floats('scores', 1, 2, 6),
  floats('rois', 5, 4),
  floats('grid', 2, 3, 8, 2),
  floats('columns', 2, 20, 12),
  floats('queries', 2, 5, 12),
  floats('keys', 2, 7, 4),
  floats('values', 2, 7, 10),
  floats('heads', 2, 3, 5, 4),
  floats('shown', 2, 3, 7, 4),
  floats('wide', 2, 3, 7, 6),
  floats('past', 2, 3, 2, 4),
  floats('pastWide', 2, 3, 2, 6),
  codes('bytes', 2, 3),
  codes('others', 3, 4),
  codes('pictures', 1, 2, 5, 5),
  codes('stencil', 3, 2, 2, 2),
  codes('zero', ...[]),
  scale,
  whole('batch', [0, 0, 0, 0, 0]),
  whole('classes', [0, 1, 2, 0, 1]),
  whole('threeLines', [0, 2, 3]),
  whole('size6', [6], []),
  whole('image4', [4, 5]),
  whole('block', [2, 2]),
  whole('most', [3]),
  whole('sizes', [2, 4, 12, 3]),
  whole('cut', [5, 3]),
  flags('chosen', [1, 0, 1, 1]),
];

const ml = (op: string, attributes: NonNullable<MadeNode['attributes']>, outputs = ['a']): MadeNode => ({
  ...{ op, domain: 'ai.onnx.ml', inputs: ['x'], outputs, attributes },
});
const tree = {
  nodes_treeids: [0, 0, 0],
  nodes_nodeids: [0, 1, 2],
  nodes_featureids: [0, 0, 0],
  nodes_modes: { strings: ['BRANCH_LEQ', 'LEAF', 'LEAF'] },
  nodes_values: { floats: [0.5, 0, 0] },
  nodes_truenodeids: [1, 0, 0],
  nodes_falsenodeids: [2, 0, 0],
};
const leaves = (of: string) => ({
  [`${of}_treeids`]: [0, 0],
  [`${of}_nodeids`]: [1, 2],
  [`${of}_ids`]: [0, 1],
  [`${of}_weights`]: { floats: [1, 2] },
});

const two = ['a', 'b'];
const three = ['a', 'b', 'c'];

/** Each with inputs whose sizes are known, or with x [N, 6] made [N, 2, 3] by the node before it. */
const NODES: readonly (readonly [MadeNode, number?])[] = [
  [{ op: 'Conv', inputs: ['image', 'kernel'] }],
  [
    {
      op: 'Conv',
      inputs: ['image', 'kernel'],
      attributes: { strides: [2, 3], pads: [1, 0, 2, 1], dilations: [2, 1] },
    },
  ],
  [{ op: 'Conv', inputs: ['image', 'kernel'], attributes: { auto_pad: 'SAME_UPPER', strides: [2, 2] } }],
  [{ op: 'Conv', inputs: ['image', 'kernel'], attributes: { auto_pad: 'VALID', kernel_shape: [3, 2] } }],
  [{ op: 'Conv', inputs: ['image', 'grouped'], attributes: { group: 2, pads: [1, 1, 1, 1] } }],
  [{ op: 'ConvInteger', inputs: ['pictures', 'stencil'] }],
  [{ op: 'QLinearConv', inputs: ['pictures', 'scale', 'zero', 'stencil', 'scale', 'zero', 'scale', 'zero'] }],
  [{ op: 'ConvTranspose', inputs: ['image', 'up'] }],
  [
    {
      op: 'ConvTranspose',
      inputs: ['image', 'up'],
      attributes: { strides: [2, 3], pads: [1, 0, 0, 1], output_padding: [1, 0] },
    },
  ],
  [{ op: 'ConvTranspose', inputs: ['image', 'up'], attributes: { strides: [2, 2], auto_pad: 'SAME_LOWER' } }],
  [{ op: 'ConvTranspose', inputs: ['image', 'up'], attributes: { strides: [2, 2], output_shape: [19, 15] } }],
  [{ op: 'ConvTranspose', inputs: ['image', 'up'], attributes: { group: 2, dilations: [2, 2] } }],
  [{ op: 'MaxPool', inputs: ['image'], outputs: two, attributes: { kernel_shape: [2, 2], strides: [2, 2] } }],
  [
    {
      op: 'MaxPool',
      inputs: ['image'],
      attributes: { kernel_shape: [3, 2], strides: [2, 3], ceil_mode: 1, pads: [1, 1, 1, 1] },
    },
  ],
  [
    {
      op: 'MaxPool',
      inputs: ['line'],
      attributes: { kernel_shape: [3], strides: [2], auto_pad: 'SAME_UPPER' },
    },
  ],
  [
    {
      op: 'AveragePool',
      inputs: ['image'],
      attributes: { kernel_shape: [2, 3], ceil_mode: 1, strides: [2, 2] },
    },
  ],
  [{ op: 'LpPool', inputs: ['image'], attributes: { kernel_shape: [3, 3], strides: [2, 1] } }],
  [{ op: 'GlobalAveragePool', inputs: ['image'] }],
  [{ op: 'GlobalMaxPool', inputs: ['line'] }],
  [{ op: 'GlobalLpPool', inputs: ['image'] }],
  [{ op: 'RoiAlign', inputs: ['image', 'rois', 'batch'], attributes: { output_height: 2, output_width: 3 } }],
  [{ op: 'GridSample', inputs: ['image', 'grid'] }],
  [{ op: 'Col2Im', inputs: ['columns', 'image4', 'block'] }, 18],
  [{ op: 'RNN', inputs: ['sequence', 'rnnW', 'rnnR'], outputs: two, attributes: { hidden_size: 4 } }],
  [{ op: 'GRU', inputs: ['sequence', 'gruW', 'gruR'], outputs: two, attributes: { hidden_size: 4 } }],
  [
    {
      op: 'LSTM',
      inputs: ['sequence', 'lstmW', 'lstmR'],
      outputs: three,
      attributes: { hidden_size: 4, direction: 'bidirectional' },
    },
  ],
  [
    {
      op: 'LSTM',
      inputs: ['sequence', 'lstmW', 'lstmR'],
      outputs: ['', 'b'],
      attributes: { hidden_size: 4, direction: 'bidirectional' },
    },
  ],
  [{ op: 'BatchNormalization', inputs: ['image', 'four', 'four', 'four', 'four'] }],
  [{ op: 'LayerNormalization', inputs: ['x', 'x6'], outputs: three }],
  [{ op: 'InstanceNormalization', inputs: ['image', 'four', 'four'] }],
  [{ op: 'LRN', inputs: ['image'], attributes: { size: 3 } }],
  [{ op: 'MeanVarianceNormalization', inputs: ['image'] }],
  [{ op: 'RMSNormalization', inputs: ['x', 'x6'] }, 23],
  [
    {
      op: 'Attention',
      inputs: ['queries', 'keys', 'values'],
      attributes: { q_num_heads: 3, kv_num_heads: 1 },
    },
    23,
  ],
  [{ op: 'Attention', inputs: ['heads', 'shown', 'wide'] }, 23],
  [
    {
      op: 'Attention',
      inputs: ['heads', 'shown', 'wide', '', 'past', 'pastWide'],
      outputs: ['a', 'b', 'c', 'd'],
    },
    23,
  ],
  [{ op: 'Gelu', inputs: ['x'] }, 20],
  [{ op: 'Mish', inputs: ['x'] }, 18],
  [{ op: 'Det', inputs: ['square'] }],
  [{ op: 'MatMulInteger', inputs: ['bytes', 'others'] }],
  [{ op: 'QLinearMatMul', inputs: ['bytes', 'scale', 'zero', 'others', 'scale', 'zero', 'scale', 'zero'] }],
  [{ op: 'DynamicQuantizeLinear', inputs: ['x'], outputs: three }],
  [{ op: 'DepthToSpace', inputs: ['image'], attributes: { blocksize: 2 } }],
  [{ op: 'SpaceToDepth', inputs: ['even'], attributes: { blocksize: 2 } }],
  [{ op: 'Resize', inputs: ['image', '', '', 'sizes'] }],
  [{ op: 'CenterCropPad', inputs: ['image', 'cut'], attributes: { axes: [2, -1] } }, 18],
  [{ op: 'Compress', inputs: ['four', 'chosen'] }],
  [{ op: 'Compress', inputs: ['image', 'chosen'], attributes: { axis: 1 } }],
  [{ op: 'Unique', inputs: ['line'], outputs: ['a', 'b', 'c', 'd'] }],
  [{ op: 'Unique', inputs: ['line'], outputs: ['a', 'b', 'c', 'd'], attributes: { axis: -1 } }],
  [{ op: 'NonMaxSuppression', inputs: ['boxes', 'scores', 'most'] }],
  [{ op: 'Multinomial', inputs: ['x'], attributes: { sample_size: 4 } }],
  [{ op: 'Bernoulli', inputs: ['x'] }],
  [{ op: 'RandomNormal', inputs: [], attributes: { shape: [2, 5] } }],
  [{ op: 'RandomUniformLike', inputs: ['x'] }],
  [{ op: 'HannWindow', inputs: ['size6'] }],
  [
    {
      op: 'SoftmaxCrossEntropyLoss',
      inputs: ['logits', 'classes'],
      outputs: two,
      attributes: { reduction: 'none' },
    },
  ],
  [{ op: 'NegativeLogLikelihoodLoss', inputs: ['logits', 'classes'] }],
  [{ op: 'Sinh', inputs: ['x'] }],
  [{ op: 'Atanh', inputs: ['x'] }],
  [ml('Scaler', { offset: { floats: [1] }, scale: { floats: [2] } })],
  [ml('Normalizer', { norm: 'L2' })],
  [ml('Binarizer', {})],
  [ml('LinearRegressor', { targets: 2, coefficients: { floats: Array.from({ length: 12 }, () => 1) } })],
  [
    ml(
      'LinearClassifier',
      {
        classlabels_ints: [0, 1, 2],
        intercepts: { floats: [0, 0, 0] },
        coefficients: { floats: Array.from({ length: 18 }, () => 1) },
      },
      two,
    ),
  ],
  [ml('TreeEnsembleRegressor', { ...tree, ...leaves('target'), n_targets: 2 })],
  [ml('TreeEnsembleClassifier', { ...tree, ...leaves('class'), classlabels_int64s: [0, 1, 2] }, two)],
  [ml('OneHotEncoder', { cats_int64s: [1, 2, 3] })],
  [ml('FeatureVectorizer', { inputdimensions: [6] })],
  [{ op: 'ArrayFeatureExtractor', domain: 'ai.onnx.ml', inputs: ['x', 'threeLines'] }],
  [{ op: 'AffineGrid', inputs: ['theta', 'sizes'] }, 20],
];
const MORE = [floats('theta', 2, 2, 3), floats('x6', 6), floats('even', 2, 3, 4, 6), floats('logits', 5, 3)];
/** What no shape can say: how many values are chosen, or are different. */
const BY_VALUE = new Set(['Compress', 'Unique', 'NonMaxSuppression']);

describe('the shape that follows is the one onnxruntime gives, for', () => {
  for (const [node, opset = 17] of NODES)
    it(`${node.op} of ${node.inputs.join(', ')} with ${JSON.stringify(node.attributes ?? {})}`, async () => {
      const used = [...TENSORS, ...MORE].filter(({ name }) => node.inputs.includes(name));
      const { wrong, open } = await againstOnnxruntime(model([node], used, opset));
      expect(wrong).toEqual([]);
      expect(open.length > 0).toBe(BY_VALUE.has(node.op));
    });

  it.each([
    [{ op: 'Conv', inputs: ['rows', 'narrow'], attributes: { pads: [1, 1] } }, ['N', 5, 3]],
    [{ op: 'MaxPool', inputs: ['rows'], attributes: { kernel_shape: [3] } }, ['N', 2, 1]],
    [{ op: 'GlobalAveragePool', inputs: ['rows'] }, ['N', 2, 1]],
    [{ op: 'GRU', inputs: ['rows', 'gruW', 'gruR'], attributes: { hidden_size: 4 } }, ['N', 1, 2, 4]],
  ] as const)('%o over a batch of any size', async (node, shape) => {
    const tensors = [...TENSORS, whole('to', [-1, 2, 3])];
    const used = tensors.filter(({ name }) => name === 'to' || node.inputs.some((input) => input === name));
    const bytes = model([{ op: 'Reshape', inputs: ['x', 'to'], outputs: ['rows'] }, node], used);
    const { wrong, inferred } = await againstOnnxruntime(bytes);
    expect(wrong).toEqual([]);
    expect(inferred.get('v1')).toEqual(shape);
  });
});
