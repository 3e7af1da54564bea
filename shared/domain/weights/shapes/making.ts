import { UNKNOWN } from './dimension.ts';
import { many, one, type Rules } from './rule.ts';
import { FAR, sliced } from './slice-size.ts';

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

/** Operators whose values come from attributes, from shapes or from numbers given. */
export const MAKING: Rules = [
  ['Shape', shapeOf],
  ['Size', one(() => [])],
  ['Constant', constant],
  ['ConstantOfShape', one((facts) => facts.contents[0] ?? null)],
  ['Range', range],
  ...many(
    'RandomNormal RandomUniform',
    one((facts) => facts.ints('shape')),
  ),
  ...many(
    'BlackmanWindow HammingWindow HannWindow',
    one((facts) => [facts.contents[0]?.[0] ?? UNKNOWN]),
  ),
];
