import type { Values } from './tensor.ts';

export interface BlockSums {
  readonly sum: number;
  readonly squares: number;
  readonly min: number;
  readonly max: number;
  readonly zeros: number;
}

type Sum = (values: Values) => BlockSums;

/** Made once for each kind of array, because the engine compiles a loop best that has seen one kind only. */
function makeSum(): Sum {
  return (values) => {
    let [sum0, sum1, squares0, squares1, zeros] = [0, 0, 0, 0, 0];
    let [min, max] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    const even = values.length & ~1;
    for (let at = 0; at < even; at += 2) {
      const first = values[at] ?? 0;
      const second = values[at + 1] ?? 0;
      sum0 += first;
      sum1 += second;
      squares0 += first * first;
      squares1 += second * second;
      if (first < min) min = first;
      if (first > max) max = first;
      if (second < min) min = second;
      if (second > max) max = second;
      if (first === 0) zeros += 1;
      if (second === 0) zeros += 1;
    }
    if (even < values.length) {
      const last = values[even] ?? 0;
      sum0 += last;
      squares0 += last * last;
      if (last < min) min = last;
      if (last > max) max = last;
      if (last === 0) zeros += 1;
    }
    return { sum: sum0 + sum1, squares: squares0 + squares1, min, max, zeros };
  };
}

const sum32 = makeSum();
const sum64 = makeSum();

/** Sums of values, in float64. */
export const sumBlock: Sum = (values) => (values instanceof Float32Array ? sum32 : sum64)(values);
