/** Count, sum and spread of finite values, in float64. */
export interface Moments {
  readonly count: number;
  readonly sum: number;
  /** What rounding took from `sum` (A. Neumaier, ZAMM 54, 1974). */
  readonly sumLost: number;
  /** Sum of squared deviations from the mean. */
  readonly deviations: number;
  /** Sum of squares. */
  readonly squares: number;
}

export const NO_MOMENTS: Moments = { count: 0, sum: 0, sumLost: 0, deviations: 0, squares: 0 };

/**
 * Moments of both parts (Chan, Golub, LeVeque: Updating formulae and a pairwise algorithm, 1979). The last bits
 * depend on the order of merging, so callers merge in the order of the file.
 */
export function mergeMoments(left: Moments, right: Moments): Moments {
  if (left.count === 0) return right;
  if (right.count === 0) return left;
  const count = left.count + right.count;
  const sum = left.sum + right.sum;
  const lost =
    Math.abs(left.sum) >= Math.abs(right.sum) ? left.sum - sum + right.sum : right.sum - sum + left.sum;
  const apart = mean(right) - mean(left);
  return {
    count,
    sum,
    sumLost: left.sumLost + right.sumLost + (Number.isFinite(lost) ? lost : 0),
    deviations: left.deviations + right.deviations + apart * apart * ((left.count * right.count) / count),
    squares: left.squares + right.squares,
  };
}

export const mean = ({ count, sum, sumLost }: Moments): number => (sum + sumLost) / count;

/** Of the whole population, as numpy's default. */
export const standardDeviation = ({ count, deviations }: Moments): number => Math.sqrt(deviations / count);
