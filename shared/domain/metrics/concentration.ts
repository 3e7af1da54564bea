/**
 * Gini coefficient of amounts ≥ 0, 0 (all alike) to 1 − 1/n (one has all): Σ (2i − n − 1)·x₍ᵢ₎ / (n · Σ x), x
 * ascending, i from 1 (C. Gini, Variabilità e mutabilità, 1912, in the form of A. Sen, On Economic Inequality,
 * 1973). Null: there is nothing to share out.
 */
export function gini(amounts: Iterable<number>): number | null {
  return giniOfSorted(Float64Array.from(amounts).toSorted());
}

/** The same of amounts above 0 that are in ascending order, and of so many `zeros` before them. */
export function giniOfSorted(sorted: Float64Array, zeros = 0): number | null {
  const n = zeros + sorted.length;
  let total = 0;
  let weighted = 0;
  for (let at = 0; at < sorted.length; at += 1) {
    const amount = sorted[at] ?? 0;
    total += amount;
    weighted += (2 * (zeros + at + 1) - n - 1) * amount;
  }
  return total === 0 ? null : weighted / (n * total);
}

/**
 * The share of the total that the largest `share` of the amounts hold, at least one of them: Σ of the ⌈share · n⌉ largest
 * / Σ (a top share, as T. Piketty, E. Saez, Quarterly Journal of Economics 118(1), 2003, have it of incomes). Null: no
 * total.
 */
export function topShare(amounts: Iterable<number>, share: number): number | null {
  return topShareOfSorted(Float64Array.from(amounts).toSorted(), share);
}

/** The same of amounts that are in ascending order, and of so many `zeros` before them. */
export function topShareOfSorted(sorted: Float64Array, share: number, zeros = 0): number | null {
  const total = sumFromEnd(sorted, sorted.length);
  const most = Math.max(1, Math.ceil(share * (zeros + sorted.length)));
  return total === 0 ? null : sumFromEnd(sorted, most) / total;
}

/**
 * The mean of the worst tenth of users, at least one: expected shortfall of a harm at 90 % (P. Artzner et al.,
 * "Coherent Measures of Risk", Mathematical Finance 9(3), 1999). Larger is worse. Null: there is no user.
 */
export function worstDecile(harms: Iterable<number>): number | null {
  const sorted = Float64Array.from(harms).toSorted().toReversed();
  const worst = sorted.subarray(0, Math.ceil(sorted.length / 10));
  return worst.length === 0 ? null : sum(worst) / worst.length;
}

/**
 * How far the worst-off group is behind the best-off one, 0 to 1: smallest / largest (the disparate impact ratio of
 * M. Feldman et al., KDD 2015; below 0.8 the four-fifths rule of US 29 CFR 1607.4 D sees adverse impact).
 * Null: fewer than two groups, or nothing above 0.
 */
export function parityRatio(values: readonly number[]): number | null {
  const largest = Math.max(...values);
  return values.length < 2 || !(largest > 0) ? null : Math.min(...values) / largest;
}

/** Of the last `count` values, the last first. */
function sumFromEnd(values: Float64Array, count: number): number {
  let total = 0;
  for (let at = values.length - 1; at >= Math.max(0, values.length - count); at -= 1)
    total += values[at] ?? 0;
  return total;
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}
