/** The confidence level of every interval. */
export const CONFIDENCE = 0.95;

export interface Interval {
  readonly lower: number;
  readonly upper: number;
}

/**
 * The percentile interval of bootstrap replicates: their 2.5 % and 97.5 % quantiles, at places α(B + 1) of the sorted
 * replicates with straight lines between (B. Efron, R. Tibshirani, An Introduction to the Bootstrap, 1993, ch. 13;
 * A. Davison, D. Hinkley, Bootstrap Methods, 1997, eq. 5.8). Percentile and not BCa, because every figure is a ratio
 * of sums over many requests, whose skew is small, because the paired differences that gates judge are nearly
 * symmetric, and because BCa's acceleration needs each request's influence again after the requests have gone by.
 * Replicates that are no number (a draw without evidence) are left out; null when fewer than half are left.
 */
export function percentileInterval(replicates: Float64Array, level: number = CONFIDENCE): Interval | null {
  const sorted = replicates.filter((value) => Number.isFinite(value)).toSorted();
  if (sorted.length === 0 || 2 * sorted.length < replicates.length) return null;
  const tail = (1 - level) / 2;
  return { lower: quantile(sorted, tail), upper: quantile(sorted, 1 - tail) };
}

function quantile(sorted: Float64Array, share: number): number {
  const place = Math.min(sorted.length, Math.max(1, share * (sorted.length + 1)));
  const below = Math.floor(place);
  const a = sorted[below - 1] ?? NaN;
  const b = sorted[below] ?? a;
  return a + (place - below) * (b - a);
}

/** The part of an interval that a share, which is no less than 0 and no more than 1, can lie in. */
export const ofShare = (interval: Interval | null): Interval | null =>
  interval && { lower: Math.max(0, interval.lower), upper: Math.min(1, interval.upper) };
