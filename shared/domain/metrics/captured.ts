/**
 * The share of a request's observed amount, for example of its play time, that stands in the first k items, 0 to
 * 1: Σ amount over the first k / Σ amount over all candidates. `amounts` stands by candidate index, NaN not observed
 * (counts 0), never negative. Null: nothing above 0 was observed. The cumulated gain of K. Järvelin and
 * J. Kekäläinen (ACM TOIS 20(4), 2002), undiscounted, over its total. `total` is `amountOf(amounts)`, given where several
 * depths are asked.
 */
export function capturedAt(
  amounts: Float64Array,
  feed: ArrayLike<number>,
  k: number,
  total: number = amountOf(amounts),
): number | null {
  if (total === 0) return null;
  let captured = 0;
  const depth = Math.min(k, feed.length);
  for (let at = 0; at < depth; at += 1) {
    const amount = amounts[feed[at] ?? -1] ?? NaN;
    if (amount > 0) captured += amount;
  }
  return captured / total;
}

/** The sum of what was observed. */
export function amountOf(amounts: Float64Array): number {
  let total = 0;
  for (let at = 0; at < amounts.length; at += 1) {
    const amount = amounts[at] ?? NaN;
    if (amount > 0) total += amount;
  }
  return total;
}
