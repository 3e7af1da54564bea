/** Sums that rounding alone keeps apart are taken for equal, within this share of the larger. */
const ROUNDING = 1e-9;

/**
 * Two-sided p value of a paired randomisation test: how often chance alone makes a sum of differences as large as
 * the one seen, (1 + #{|T*| ≥ |T|}) / (1 + draws) (R. Fisher, The Design of Experiments, 1935, § 21; M. Smucker,
 * J. Allan, B. Carterette, CIKM 2007; the added one: B. Phipson, G. Smyth, 2010). Null when nothing differs anywhere,
 * so that no test is possible. A draw in which the figure is not known counts as one as large.
 */
export function randomisationP(seen: number, flipped: Float64Array): number | null {
  if (flipped.length === 0 || (seen === 0 && flipped.every((sum) => sum === 0))) return null;
  const bound = Math.abs(seen) * (1 - ROUNDING);
  let asLarge = 0;
  for (const sum of flipped) if (!(Math.abs(sum) < bound)) asLarge += 1;
  return (1 + asLarge) / (1 + flipped.length);
}

/** The smallest p value that a randomisation test of so many draws can show: the one where no draw was as large. */
export const leastP = (draws: number): number => 1 / (1 + draws);

/**
 * p values corrected for being several by Holm's step-down rule, in the order given: any of them below α then errs
 * with chance at most α in all (S. Holm, Scandinavian Journal of Statistics 6(2), 1979).
 */
export function holm(pValues: readonly number[]): number[] {
  const order = pValues.map((p, at) => ({ p, at })).toSorted((a, b) => a.p - b.p);
  const corrected = pValues.map(() => 1);
  let largest = 0;
  for (const [rank, { p, at }] of order.entries()) {
    largest = Math.max(largest, Math.min(1, (pValues.length - rank) * p));
    corrected[at] = largest;
  }
  return corrected;
}
