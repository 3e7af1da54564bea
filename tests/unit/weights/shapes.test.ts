import { expect, it } from 'vitest';
import { broadcast, remainder } from '../../../shared/domain/weights/shapes/dimension.ts';
import { sliced } from '../../../shared/domain/weights/shapes/slice-size.ts';
import {
  againstOnnxruntime,
  floats,
  inferredOf,
  model,
  whole,
  type MadeNode,
} from '../../fixtures/weights/shape-model.ts';

const TENSORS = [
  floats('w', 6, 4),
  floats('wt', 4, 6),
  floats('b', 4),
  floats('row', 1, 6),
  floats('scale', 6),
  floats('batch', 5, 6, 4),
  floats('vector', 6),
  floats('table', 9, 3, 2),
  floats('zero', 1),
  whole('to', [-1, 2, 3]),
  whole('keep', [0, 3, -1]),
  whole('axis0', [0]),
  whole('axis1', [1]),
  whole('axes02', [0, 2]),
  whole('last', [-1]),
  whole('one', [1], []),
  whole('sizes', [1, 2, 3]),
  whole('starts', [1, -2]),
  whole('ends', [9223372036854775000, 2147483647]),
  whole('axes10', [1, 0]),
  whole('back', [-1]),
  whole('far', [-9223372036854775000]),
  whole('indices', [0, 2, 2, 1, 5, 8], [2, 3]),
  whole('where', [0, 1, 2, 0], [2, 2]),
  whole('grown', [4, 1, 6]),
  whole('times', [2, 3]),
  whole('pads', [0, 1, 0, 2]),
  whole('k', [3]),
  whole('depth', [5], []),
  whole('filled', [2, 3]),
  whole('four', [4], []),
  whole('eleven', [11], []),
  whole('three', [3], []),
  whole('six', [6]),
];

const NODES: readonly MadeNode[] = [
  { op: 'Relu', inputs: ['x'] },
  { op: 'Gemm', inputs: ['x', 'w', 'b'] },
  { op: 'Gemm', inputs: ['x', 'wt'], attributes: { transB: 1 } },
  { op: 'Gemm', inputs: ['x', 'x'], attributes: { transA: 1 } },
  { op: 'MatMul', inputs: ['x', 'w'] },
  { op: 'MatMul', inputs: ['x', 'batch'] },
  { op: 'MatMul', inputs: ['x', 'vector'] },
  { op: 'MatMul', inputs: ['vector', 'w'] },
  { op: 'Add', inputs: ['x', 'row'] },
  { op: 'Mul', inputs: ['x', 'zero'] },
  { op: 'Less', inputs: ['x', 'scale'] },
  { op: 'Where', inputs: ['v10', 'x', 'zero'] },
  { op: 'Concat', inputs: ['x', 'v4', 'v0'], attributes: { axis: -1 } },
  { op: 'Concat', inputs: ['row', 'row'], attributes: { axis: 0 } },
  { op: 'Reshape', inputs: ['x', 'to'] },
  { op: 'Reshape', inputs: ['x', 'keep'] },
  { op: 'Flatten', inputs: ['v14'], attributes: { axis: 2 } },
  { op: 'Flatten', inputs: ['table'] },
  { op: 'Transpose', inputs: ['v14'] },
  { op: 'Transpose', inputs: ['v14'], attributes: { perm: [1, 0, 2] } },
  { op: 'Unsqueeze', inputs: ['x', 'axes02'] },
  { op: 'Squeeze', inputs: ['v20', 'axis0'] },
  { op: 'Squeeze', inputs: ['row'] },
  { op: 'ReduceSum', inputs: ['x', 'axis1'] },
  { op: 'ReduceSum', inputs: ['x'], attributes: { keepdims: 0 } },
  { op: 'ReduceMean', inputs: ['v14'], attributes: { axes: [-1, 1], keepdims: 0 } },
  { op: 'ReduceMax', inputs: ['x'] },
  { op: 'ArgMax', inputs: ['x'], attributes: { axis: 1, keepdims: 0 } },
  { op: 'Split', inputs: ['x', 'sizes'], outputs: ['s0', 's1', 's2'], attributes: { axis: 1 } },
  { op: 'Split', inputs: ['x'], outputs: ['e0', 'e1'], attributes: { axis: 1 } },
  { op: 'Slice', inputs: ['x', 'starts', 'ends', 'axes10'] },
  { op: 'Slice', inputs: ['x', 'back', 'far', 'axis1', 'back'] },
  { op: 'Slice', inputs: ['x', 'axis1', 'last', 'axis1'] },
  { op: 'Gather', inputs: ['table', 'indices'] },
  { op: 'Gather', inputs: ['x', 'one'], attributes: { axis: 1 } },
  { op: 'GatherND', inputs: ['table', 'where'] },
  { op: 'GatherElements', inputs: ['row', 'zeros'], attributes: { axis: 1 } },
  { op: 'Expand', inputs: ['row', 'grown'] },
  { op: 'Tile', inputs: ['x', 'times'] },
  { op: 'Pad', inputs: ['x', 'pads'] },
  { op: 'TopK', inputs: ['x', 'k'], outputs: ['top', 'places'] },
  { op: 'OneHot', inputs: ['indices', 'depth', 'pair'] },
  { op: 'Shape', inputs: ['v14'] },
  { op: 'Size', inputs: ['x'] },
  { op: 'ConstantOfShape', inputs: ['filled'] },
  { op: 'Range', inputs: ['four', 'eleven', 'three'] },
  { op: 'NonZero', inputs: ['row'] },
  { op: 'Einsum', inputs: ['x', 'w'], attributes: { equation: 'ni, ij -> jn' } },
  { op: 'Einsum', inputs: ['x', 'w'], attributes: { equation: 'ni,ij' } },
  { op: 'Softmax', inputs: ['x'] },
  { op: 'LayerNormalization', inputs: ['x', 'scale'] },
  { op: 'Clip', inputs: ['x'] },
  { op: 'Cast', inputs: ['x'], attributes: { to: 7 } },
  { op: 'Dropout', inputs: ['x'], outputs: ['kept', 'mask'] },
  { op: 'Constant', inputs: [], outputs: ['c'], attributes: { value_ints: [3, 4, 5] } },
  // what exporters write to keep the batch free: [N, 2, 3] made from the shape of x
  { op: 'Shape', inputs: ['x'], outputs: ['shape'] },
  { op: 'Gather', inputs: ['shape', 'first'], outputs: ['n'] },
  { op: 'Unsqueeze', inputs: ['n', 'axis0'], outputs: ['n1'] },
  { op: 'Concat', inputs: ['n1', 'times'], outputs: ['target'], attributes: { axis: 0 } },
  { op: 'Reshape', inputs: ['x', 'target'], outputs: ['dynamic'] },
  { op: 'Slice', inputs: ['shape', 'axis0', 'axis1'], outputs: ['head'] },
  { op: 'Concat', inputs: ['head', 'last'], outputs: ['target2'], attributes: { axis: 0 } },
  { op: 'Reshape', inputs: ['dynamic', 'target2'], outputs: ['again'] },
];
const MORE = [whole('zeros', [0, 0], [1, 2]), floats('pair', 2), whole('first', [0], [])];

it('the shapes that follow from operators are those onnxruntime gives, for every operator of the list', async () => {
  const { wrong, open } = await againstOnnxruntime(model(NODES, [...TENSORS, ...MORE]));
  expect(wrong).toEqual([]);
  // a slice from the end of a batch, and a count of values that are not 0, depend on the values
  expect(open).toEqual(['v30', 'v46']);
});

it('what does not follow is left out: an operator of another domain, or one that is not known', () => {
  const bytes = model(
    [
      { op: 'Unheard', inputs: ['x'] },
      { op: 'Relu', inputs: ['v0'] },
    ],
    [],
  );
  expect(inferredOf(bytes)).toEqual(new Map());
});

it('a reshape by values that the file does not hold has as many axes as it says, none of them known', () => {
  const nodes = [
    { op: 'Cast', inputs: ['x'], attributes: { to: 7 }, outputs: ['whole'] },
    { op: 'Slice', inputs: ['whole', 'axis0', 'axis1', 'axis0'], outputs: ['row0'] },
    { op: 'Squeeze', inputs: ['row0', 'axis0'], outputs: ['six'] },
    { op: 'Reshape', inputs: ['x', 'six'], outputs: ['any'] },
  ];
  const inferred = inferredOf(model(nodes, [whole('axis0', [0]), whole('axis1', [1])]));
  expect(inferred.get('any')).toEqual(['?', '?', '?', '?', '?', '?']);
});

it('sizes with names are broadcast, divided and cut only where that is certain', () => {
  expect(broadcast([['N', 1], [4]])).toEqual(['N', 4]);
  expect(broadcast([['N'], ['M']])).toEqual(['?']);
  expect(broadcast([[2], [3]])).toBeNull();
  expect(remainder(['N', 12], [4])).toBe('3·N');
  expect(remainder(['3·N', 4], ['N'])).toBe(12);
  expect(remainder(['N', 5], [2])).toBe('?');
  expect(remainder(['N'], ['M'])).toBe('?');
  expect(sliced('N', 0, 2 ** 31 - 1, 1)).toBe('N');
  expect(sliced('N', 1, 2 ** 31 - 1, 1)).toBe('?');
  expect(sliced(5, -1, -100, -1)).toBe(5);
});
