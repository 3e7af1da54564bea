import {
  alike,
  axisAt,
  broadcast,
  flattened,
  remainder,
  sumOf,
  UNKNOWN,
  type Dimension,
  type Shape,
} from './dimension.ts';
import type { NodeFacts } from './node-facts.ts';

/** Shapes of a node's outputs, in order; null is not known. */
type Rule = (facts: NodeFacts) => readonly (Shape | null)[];

/** A rule for a node with one output. */
const one =
  (rule: (facts: NodeFacts) => Shape | null): Rule =>
  (facts) => [rule(facts)];

const asFirst = one((facts) => facts.shape(0));
/** Every output has the shape of the first input. */
const allAsFirst: Rule = (facts) => facts.node.outputs.map(() => facts.shape(0));

const broadcasting = one(({ shapes }) => {
  const known = shapes.filter((shape) => shape !== null);
  return known.length === shapes.length ? broadcast(known) : null;
});

const replaced = (shape: Shape, at: number, ...by: readonly Dimension[]): Shape => [
  ...shape.slice(0, at),
  ...by,
  ...shape.slice(at + 1),
];

const matMul = one((facts) => {
  const [a, b] = [facts.shape(0), facts.shape(1)];
  if (a === null || b === null || a.length === 0 || b.length === 0) return null;
  const batch = broadcast([a.slice(0, -2), b.slice(0, -2)]);
  if (batch === null) return null;
  const rows = a.length > 1 ? a.slice(-2, -1) : [];
  const columns = b.length > 1 ? b.slice(-1) : [];
  return [...batch, ...rows, ...columns];
});

const gemm = one((facts) => {
  const [a, b] = [facts.shape(0), facts.shape(1)];
  if (a?.length !== 2 || b?.length !== 2) return null;
  const rows = a[facts.int('transA', 0) === 0 ? 0 : 1] ?? UNKNOWN;
  const columns = b[facts.int('transB', 0) === 0 ? 1 : 0] ?? UNKNOWN;
  return [rows, columns];
});

const concat = one((facts) => {
  const known = facts.shapes.filter((shape) => shape !== null);
  const [first] = known;
  if (first === undefined || known.length !== facts.shapes.length) return null;
  const axis = axisAt(facts.int('axis', 0), first.length);
  if (axis === null || known.some(({ length }) => length !== first.length)) return null;
  return first.map((size, at) =>
    at === axis
      ? sumOf(known.map((shape) => shape[at] ?? UNKNOWN))
      : known.reduce((sized, shape) => alike(sized, shape[at] ?? UNKNOWN), size),
  );
});

const gather = one((facts) => {
  const [data, indices] = [facts.shape(0), facts.shape(1)];
  if (data === null || indices === null) return null;
  const axis = axisAt(facts.int('axis', 0), data.length);
  return axis === null ? null : replaced(data, axis, ...indices);
});

const gatherNd = one((facts) => {
  const [data, indices] = [facts.shape(0), facts.shape(1)];
  const depth = indices?.at(-1);
  if (data === null || indices === null || typeof depth !== 'number') return null;
  return [...indices.slice(0, -1), ...data.slice(facts.int('batch_dims', 0) + depth)];
});

const reshape = one((facts) => {
  const data = facts.shape(0);
  const target = facts.contents[1] ?? null;
  const length = facts.shape(1)?.[0];
  if (target === null)
    return typeof length === 'number' && length <= 64 ? Array.from({ length }, () => UNKNOWN) : null;
  const keepsZero = facts.int('allowzero', 0) === 1;
  const sizes = target.map((size, at) => (size === 0 && !keepsZero ? (data?.[at] ?? UNKNOWN) : size));
  const open = sizes.indexOf(-1);
  if (open === -1) return sizes;
  const rest = sizes.filter((_, at) => at !== open);
  return replaced(sizes, open, data === null ? UNKNOWN : remainder(data, rest));
});

const flatten = one((facts) => {
  const data = facts.shape(0);
  if (data === null) return null;
  const axis = facts.int('axis', 1);
  const at = axis < 0 ? axis + data.length : axis;
  return at < 0 || at > data.length ? null : [flattened(data.slice(0, at)), flattened(data.slice(at))];
});

const transpose = one((facts) => {
  const data = facts.shape(0);
  if (data === null) return null;
  const order = facts.ints('perm') ?? (facts.text('perm') === null ? [...data.keys()].toReversed() : null);
  return order?.length === data.length ? order.map((at) => data[at] ?? UNKNOWN) : null;
});

const squeeze = one((facts) => {
  const data = facts.shape(0);
  if (data === null) return null;
  const axes = facts.setting('axes', 1);
  if (axes === null) {
    const isSaid = facts.has(1) || facts.text('axes') !== null;
    return isSaid || data.some((size) => typeof size !== 'number') ? null : data.filter((size) => size !== 1);
  }
  const gone = new Set(axes.map((axis) => axisAt(axis, data.length)));
  return data.filter((_, at) => !gone.has(at));
});

const unsqueeze = one((facts) => {
  const data = facts.shape(0);
  const axes = facts.setting('axes', 1);
  if (data === null || axes === null) return null;
  const rank = data.length + axes.length;
  const added = new Set(axes.map((axis) => axisAt(axis, rank)));
  if (added.size !== axes.length || added.has(null)) return null;
  const left = [...data];
  return Array.from({ length: rank }, (_, at) => (added.has(at) ? 1 : (left.shift() ?? UNKNOWN)));
});

const reduce = one((facts) => {
  const data = facts.shape(0);
  if (data === null) return null;
  const keeps = facts.int('keepdims', 1) === 1;
  const isSaid = facts.has(1) || facts.text('axes') !== null;
  const axes = facts.setting('axes', 1);
  if (isSaid && axes === null) return keeps ? data.map(() => UNKNOWN) : null;
  if ((axes ?? []).length === 0 && facts.int('noop_with_empty_axes', 0) === 1) return data;
  const all = axes === null || axes.length === 0;
  const gone = new Set((axes ?? []).map((axis) => axisAt(axis, data.length)));
  if (gone.has(null)) return null;
  return data.flatMap((size, at) => (all || gone.has(at) ? (keeps ? [1] : []) : [size]));
});

const argument = one((facts) => {
  const data = facts.shape(0);
  const axis = data === null ? null : axisAt(facts.int('axis', 0), data.length);
  if (data === null || axis === null) return null;
  return replaced(data, axis, ...(facts.int('keepdims', 1) === 1 ? [1] : []));
});

const split: Rule = (facts) => {
  const data = facts.shape(0);
  const { length } = facts.node.outputs;
  const axis = data === null ? null : axisAt(facts.int('axis', 0), data.length);
  if (data === null || axis === null) return [];
  const isSaid = facts.has(1) || facts.text('split') !== null;
  const whole = data[axis];
  const sizes = facts.setting('split', 1);
  const part = typeof whole === 'number' ? Math.ceil(whole / length) : null;
  return Array.from({ length }, (_, at): Shape => {
    const even = part === null || typeof whole !== 'number' ? UNKNOWN : Math.min(part, whole - at * part);
    return replaced(data, axis, isSaid ? (sizes?.[at] ?? UNKNOWN) : even);
  });
};

const FAR = 2 ** 31 - 1;

const slice = one((facts) => {
  const data = facts.shape(0);
  if (data === null) return null;
  const [starts, ends] = [facts.setting('starts', 1), facts.setting('ends', 2)];
  const count = starts?.length ?? ends?.length;
  const isSaid = facts.has(3) || facts.text('axes') !== null;
  const axes = facts.setting('axes', 3) ?? (isSaid || count === undefined ? null : [...Array(count).keys()]);
  if (axes === null) return data.map(() => UNKNOWN);
  const steps = facts.has(4) ? facts.numbers(4) : axes.map(() => 1);
  const cut = [...data];
  for (const [at, axis] of axes.entries()) {
    const place = axisAt(axis, data.length);
    if (place === null) return null;
    cut[place] = sliced(data[place] ?? UNKNOWN, starts?.[at], ends?.[at], steps?.[at]);
  }
  return cut;
});

/** How many values `[start, end)` in steps takes of a size, as numpy counts them. */
export function sliced(size: Dimension, start?: number, end?: number, step?: number): Dimension {
  if (start === undefined || end === undefined || step === undefined || step === 0) return UNKNOWN;
  if (typeof size !== 'number') return start === 0 && end >= FAR && step === 1 ? size : UNKNOWN;
  const [least, most] = step > 0 ? [0, size] : [-1, size - 1];
  const within = (place: number) => Math.min(most, Math.max(least, place < 0 ? place + size : place));
  return Math.max(0, Math.ceil((within(end) - within(start)) / step));
}

const expand = one((facts) => {
  const [data, to] = [facts.shape(0), facts.contents[1] ?? null];
  return data === null || to === null ? null : broadcast([data, to]);
});

const tile = one((facts) => {
  const [data, times] = [facts.shape(0), facts.numbers(1)];
  if (data === null) return null;
  return data.map((size, at) => flattened([size, times?.[at] ?? UNKNOWN]));
});

const pad = one((facts) => {
  const [data, pads] = [facts.shape(0), facts.setting('pads', 1)];
  if (data === null) return null;
  if (facts.has(3)) return data.map(() => UNKNOWN);
  return data.map((size, at) => {
    const added = pads === null ? null : (pads[at] ?? 0) + (pads[at + data.length] ?? 0);
    if (added === 0) return size;
    return added === null ? UNKNOWN : sumOf([size, added]);
  });
});

const topK: Rule = (facts) => {
  const data = facts.shape(0);
  const axis = data === null ? null : axisAt(facts.int('axis', -1), data.length);
  if (data === null || axis === null) return [];
  const count = facts.has(1) ? facts.contents[1]?.[0] : facts.int('k', 0);
  return facts.node.outputs.map(() => replaced(data, axis, count ?? UNKNOWN));
};

const oneHot = one((facts) => {
  const indices = facts.shape(0);
  const axis = indices === null ? null : axisAt(facts.int('axis', -1), indices.length + 1);
  if (indices === null || axis === null) return null;
  return [...indices.slice(0, axis), facts.contents[1]?.[0] ?? UNKNOWN, ...indices.slice(axis)];
});

const shapeOf = one((facts) => {
  const data = facts.shape(0);
  if (data === null) return [UNKNOWN];
  return [sliced(data.length, facts.int('start', 0), facts.int('end', FAR), 1)];
});

const constant = one((facts) => {
  if (facts.text('value_int') !== null || facts.text('value_float') !== null) return [];
  const list = facts.text('value_ints') ?? facts.text('value_floats');
  return list === null || list.includes('more') ? null : [list === '' ? 0 : list.split(', ').length];
});

const range = one((facts) => {
  const [start, limit, step] = [0, 1, 2].map((at) => facts.numbers(at)?.[0]);
  if (start === undefined || limit === undefined || step === undefined || step === 0) return [UNKNOWN];
  return [Math.max(0, Math.ceil((limit - start) / step))];
});

/** `ij,jk->ik`: every letter is an axis. Without an arrow the letters that stand once are left, in alphabetical order. */
const einsum = one((facts) => {
  const text = facts.text('equation')?.replaceAll(' ', '') ?? '';
  const [inputs = '', written] = text.split('->');
  const terms = inputs.split(',');
  if (!/^[A-Za-z,]+$/.test(inputs) || terms.length !== facts.shapes.length) return null;
  const sizes = new Map<string, Dimension>();
  for (const [at, term] of terms.entries()) {
    const shape = facts.shape(at);
    if (shape?.length !== term.length) return null;
    for (const [axis, letter] of term.split('').entries()) {
      const size = shape[axis] ?? UNKNOWN;
      sizes.set(letter, alike(sizes.get(letter) ?? size, size));
    }
  }
  const letters = inputs.replaceAll(',', '').split('');
  const single = letters.filter((letter) => letters.indexOf(letter) === letters.lastIndexOf(letter));
  const left = written?.split('') ?? single.toSorted();
  return left.map((letter) => sizes.get(letter) ?? UNKNOWN);
});

const many = (names: string, rule: Rule): [string, Rule][] => names.split(' ').map((name) => [name, rule]);

/** Operators of the standard's domain whose outputs' shapes follow from their inputs. https://onnx.ai/onnx/operators/ */
export const RULES: ReadonlyMap<string, Rule> = new Map([
  ...many(
    'Abs Acos Asin Atan BitwiseNot Cast CastLike Ceil Celu Clip Cos CumSum DequantizeLinear Elu Erf Exp EyeLike Floor ' +
      'Gelu HardSigmoid HardSwish Hardmax Identity InstanceNormalization IsInf IsNaN LeakyRelu Log LogSoftmax ' +
      'LpNormalization LRN Mish Neg Not PRelu QuantizeLinear Reciprocal Relu ReverseSequence RMSNormalization Round ' +
      'Scatter ScatterElements ScatterND Selu Shrink Sigmoid Sign Sin Softmax Softplus Softsign Sqrt Swish Tan Tanh ' +
      'ThresholdedRelu Trilu GroupNormalization',
    asFirst,
  ),
  ['Dropout', allAsFirst],
  ['BatchNormalization', asFirst],
  ['LayerNormalization', asFirst],
  ...many(
    'Add And BitShift BitwiseAnd BitwiseOr BitwiseXor Div Equal Greater GreaterOrEqual Less LessOrEqual Max Mean Min ' +
      'Mod Mul Or Pow Sub Sum Where Xor',
    broadcasting,
  ),
  ...many(
    'ReduceL1 ReduceL2 ReduceLogSum ReduceLogSumExp ReduceMax ReduceMean ReduceMin ReduceProd ReduceSum ReduceSumSquare',
    reduce,
  ),
  ...many('ArgMax ArgMin', argument),
  ['MatMul', matMul],
  ['Gemm', gemm],
  ['Concat', concat],
  ['Gather', gather],
  ['GatherElements', one((facts) => facts.shape(1))],
  ['GatherND', gatherNd],
  ['Reshape', reshape],
  ['Flatten', flatten],
  ['Transpose', transpose],
  ['Squeeze', squeeze],
  ['Unsqueeze', unsqueeze],
  ['Split', split],
  ['Slice', slice],
  ['Expand', expand],
  ['Tile', tile],
  ['Pad', pad],
  ['TopK', topK],
  ['OneHot', oneHot],
  ['Shape', shapeOf],
  ['Size', one(() => [])],
  ['Constant', constant],
  ['ConstantOfShape', one((facts) => facts.contents[0] ?? null)],
  ['Range', range],
  ['NonZero', one((facts) => [facts.shape(0)?.length ?? UNKNOWN, UNKNOWN])],
  ['Einsum', einsum],
]);
