import { KEY_BUCKETS, wordsOf } from './key.ts';
import { mergeMoments, NO_MOMENTS, type Moments } from './moments.ts';
import { sumBlock, type BlockSums } from './sum-block.ts';
import type { Values } from './tensor.ts';

const BLOCK = 4096;
/** Below this share of the squares their difference has lost too many digits, and deviations are summed themselves. */
const CANCELLED = 1e-3;

/** What one walk over values gathers. NaN and infinities are counted and then left out. */
export interface Scan {
  min: number;
  max: number;
  zeros: number;
  nans: number;
  infinities: number;
  moments: Moments;
  /** How many values have each first digit of their key. */
  readonly buckets: Uint32Array;
}

export const emptyScan = (): Scan => ({
  min: Number.POSITIVE_INFINITY,
  max: Number.NEGATIVE_INFINITY,
  zeros: 0,
  nans: 0,
  infinities: 0,
  moments: NO_MOMENTS,
  buckets: new Uint32Array(KEY_BUCKETS),
});

/** Adds values; how they are cut into calls decides the last bits of the sums. */
export function scanValues(scan: Scan, values: Values): void {
  const words = wordsOf(values);
  for (let from = 0; from < values.length; from += BLOCK) {
    const to = Math.min(values.length, from + BLOCK);
    const sums = sumBlock(values, words, from, to, scan.buckets);
    if (Number.isFinite(sums.sum)) commit(scan, values.subarray(from, to), sums);
    else scanCarefully(scan, values.subarray(from, to));
  }
}

/** Adds what was gathered from the values that follow. */
export function mergeScan(scan: Scan, next: Scan): void {
  scan.min = Math.min(scan.min, next.min);
  scan.max = Math.max(scan.max, next.max);
  scan.zeros += next.zeros;
  scan.nans += next.nans;
  scan.infinities += next.infinities;
  scan.moments = mergeMoments(scan.moments, next.moments);
  for (const [digit, count] of next.buckets.entries()) {
    if (count > 0) scan.buckets[digit] = (scan.buckets[digit] ?? 0) + count;
  }
}

/** A block that holds NaN or infinity, or whose sum is past float64. */
function scanCarefully(scan: Scan, values: Values): void {
  const finite = values.filter((value) => Number.isFinite(value));
  let nans = 0;
  for (const value of values) if (Number.isNaN(value)) nans += 1;
  scan.nans += nans;
  scan.infinities += values.length - finite.length - nans;
  if (finite.length === 0) return;
  const counted = new Uint32Array(KEY_BUCKETS); // the first walk has counted them
  commit(scan, finite, sumBlock(finite, wordsOf(finite), 0, finite.length, counted));
}

function commit(scan: Scan, values: Values, { sum, squares, min, max, zeros }: BlockSums): void {
  const count = values.length;
  let deviations = squares - (sum * sum) / count;
  if (!(deviations > CANCELLED * squares)) deviations = deviationsFrom(values, sum / count);
  scan.min = Math.min(scan.min, min);
  scan.max = Math.max(scan.max, max);
  scan.zeros += zeros;
  scan.moments = mergeMoments(scan.moments, { count, sum, sumLost: 0, deviations, squares });
}

function deviationsFrom(values: Values, mean: number): number {
  let sum = 0;
  for (const value of values) sum += (value - mean) * (value - mean);
  return sum;
}
