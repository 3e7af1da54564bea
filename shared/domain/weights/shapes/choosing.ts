import { axisAt, flattened, UNKNOWN } from './dimension.ts';
import { many, one, replaced, type Rule, type Rules } from './rule.ts';

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

/** As many as the values say. */
const compress = one((facts) => {
  const data = facts.shape(0);
  if (facts.text('axis') === null) return [UNKNOWN];
  const axis = data === null ? null : axisAt(facts.int('axis', 0), data.length);
  return data === null || axis === null ? null : replaced(data, axis, UNKNOWN);
});

const unique: Rule = (facts) => {
  const data = facts.shape(0);
  if (data === null) return [];
  const axis = facts.text('axis') === null ? null : axisAt(facts.int('axis', 0), data.length);
  const whole = axis === null ? flattened(data) : (data[axis] ?? UNKNOWN);
  return [axis === null ? [UNKNOWN] : replaced(data, axis, UNKNOWN), [UNKNOWN], [whole], [UNKNOWN]];
};

const loss: Rule = (facts) => [
  (facts.text('reduction') ?? 'mean') === 'none' ? facts.shape(1) : [],
  facts.shape(0),
];

/** Operators that look values up, choose among them, or make one of many. */
export const CHOOSING: Rules = [
  ['Gather', gather],
  ['GatherElements', one((facts) => facts.shape(1))],
  ['GatherND', gatherNd],
  ['TopK', topK],
  ['OneHot', oneHot],
  ['NonZero', one((facts) => [facts.shape(0)?.length ?? UNKNOWN, UNKNOWN])],
  ['Compress', compress],
  ['Unique', unique],
  ['NonMaxSuppression', one(() => [UNKNOWN, 3])],
  ['Multinomial', one((facts) => [facts.shape(0)?.[0] ?? UNKNOWN, facts.int('sample_size', 1)])],
  ...many(
    'ReduceL1 ReduceL2 ReduceLogSum ReduceLogSumExp ReduceMax ReduceMean ReduceMin ReduceProd ReduceSum ReduceSumSquare',
    reduce,
  ),
  ...many('ArgMax ArgMin', argument),
  ...many('NegativeLogLikelihoodLoss SoftmaxCrossEntropyLoss', loss),
];
