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
}

export const emptyScan = (): Scan => ({
  min: Number.POSITIVE_INFINITY,
  max: Number.NEGATIVE_INFINITY,
  zeros: 0,
  nans: 0,
  infinities: 0,
  moments: NO_MOMENTS,
});

/** Adds values; how they are cut into calls decides the last bits of the sums. */
export function scanValues(scan: Scan, values: Values): void {
  for (let from = 0; from < values.length; from += BLOCK) {
    const block = values.subarray(from, from + BLOCK);
    addSums(scan, block, sumBlock(block));
  }
}

/** Adds a block of values that was summed already. */
export function addSums(scan: Scan, values: Values, sums: BlockSums): void {
  if (Number.isFinite(sums.sum)) commit(scan, values, sums);
  else scanCarefully(scan, values);
}

/** Adds what was gathered from the values that follow. */
export function mergeScan(scan: Scan, next: Scan): void {
  scan.min = Math.min(scan.min, next.min);
  scan.max = Math.max(scan.max, next.max);
  scan.zeros += next.zeros;
  scan.nans += next.nans;
  scan.infinities += next.infinities;
  scan.moments = mergeMoments(scan.moments, next.moments);
}

/** A block that holds NaN or infinity, or whose sum is past float64. */
function scanCarefully(scan: Scan, values: Values): void {
  const finite = values.filter((value) => Number.isFinite(value));
  let nans = 0;
  for (const value of values) if (Number.isNaN(value)) nans += 1;
  scan.nans += nans;
  scan.infinities += values.length - finite.length - nans;
  if (finite.length > 0) commit(scan, finite, sumBlock(finite));
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
