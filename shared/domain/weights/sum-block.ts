import type { Values } from './tensor.ts';

export interface BlockSums {
  readonly sum: number;
  readonly squares: number;
  readonly min: number;
  readonly max: number;
  readonly zeros: number;
}

type Kernel = (
  values: Values,
  words: Uint32Array,
  from: number,
  to: number,
  buckets: Uint32Array,
) => BlockSums;

/** Made once for each width, because the engine compiles a loop best that has seen one kind of array only. */
function makeKernel(words32: 1 | 2): Kernel {
  return (values, words, from, to, buckets) => {
    let [sum0, sum1, squares0, squares1, zeros] = [0, 0, 0, 0, 0];
    let [min, max] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    const even = from + ((to - from) & ~1);
    for (let at = from; at < even; at += 2) {
      const first = values[at] ?? 0;
      const second = values[at + 1] ?? 0;
      const digit0 = (words[at * words32 + words32 - 1] ?? 0) >>> 16;
      const digit1 = (words[at * words32 + 2 * words32 - 1] ?? 0) >>> 16;
      buckets[digit0] = (buckets[digit0] ?? 0) + 1;
      buckets[digit1] = (buckets[digit1] ?? 0) + 1;
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
    if (even < to) {
      const last = values[even] ?? 0;
      const digit = (words[even * words32 + words32 - 1] ?? 0) >>> 16;
      buckets[digit] = (buckets[digit] ?? 0) + 1;
      sum0 += last;
      squares0 += last * last;
      if (last < min) min = last;
      if (last > max) max = last;
      if (last === 0) zeros += 1;
    }
    return { sum: sum0 + sum1, squares: squares0 + squares1, min, max, zeros };
  };
}

const kernel32 = makeKernel(1);
const kernel64 = makeKernel(2);

/** Sums of `values[from, to)`; each value is also counted in the bucket of its first key digit. */
export const sumBlock: Kernel = (values, words, from, to, buckets) =>
  (values instanceof Float32Array ? kernel32 : kernel64)(values, words, from, to, buckets);
