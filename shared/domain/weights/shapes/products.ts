import { alike, broadcast, UNKNOWN, type Dimension, type Shape } from './dimension.ts';
import { one, type Rule, type Rules } from './rule.ts';

/** The product of what the inputs `left` and `right` hold. */
const product = (left: number, right: number): Rule =>
  one((facts) => {
    const [a, b] = [facts.shape(left), facts.shape(right)];
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

/** A size divided; `?` where that does not come out even. */
const shared = (size: Dimension | undefined, count: number): Dimension =>
  typeof size === 'number' && count > 0 && size % count === 0 ? size / count : UNKNOWN;

const sum = (a: Dimension, b: Dimension): Dimension =>
  typeof a === 'number' && typeof b === 'number' ? a + b : UNKNOWN;

/** Queries, keys and values as [batch, heads, length, size] or [batch, length, heads · size]; the latter come out so too. */
const attention: Rule = (facts) => {
  const [queries, keys, values] = [facts.shape(0), facts.shape(1), facts.shape(2)];
  if (queries === null || keys === null || values === null) return [];
  const [own, shown] = [facts.int('q_num_heads', 0), facts.int('kv_num_heads', 0)];
  const split = (shape: Shape, heads: number): Shape => {
    const [batch = UNKNOWN, length = UNKNOWN, whole] = shape;
    return shape.length === 4 ? shape : [batch, heads, length, shared(whole, heads)];
  };
  const [query, key, value] = [split(queries, own), split(keys, shown), split(values, shown)];
  const width = value[3] ?? UNKNOWN;
  const answer =
    queries.length === 4
      ? [...query.slice(0, 3), width]
      : [...queries.slice(0, 2), typeof width === 'number' ? own * width : UNKNOWN];
  const past = facts.has(4) ? (facts.shape(4)?.[2] ?? UNKNOWN) : 0;
  const length = past === 0 ? (key[2] ?? UNKNOWN) : sum(past, key[2] ?? UNKNOWN);
  const kept = (shape: Shape): Shape => [...shape.slice(0, 2), length, ...shape.slice(3)];
  return [answer, kept(key), kept(value), [...query.slice(0, 3), length]];
};

/** Operators that multiply and sum along axes. */
export const PRODUCTS: Rules = [
  ['MatMul', product(0, 1)],
  ['MatMulInteger', product(0, 1)],
  ['QLinearMatMul', product(0, 3)],
  ['Gemm', gemm],
  ['Einsum', einsum],
  ['Attention', attention],
  ['Det', one((facts) => facts.shape(0)?.slice(0, -2) ?? null)],
];
