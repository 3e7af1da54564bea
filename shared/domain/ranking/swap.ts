import { applyFactor } from './arithmetic.ts';
import { idComparison } from './id-order.ts';
import type { PolicyHead } from './policy.ts';
import type { IdOrder } from './request.ts';

/** What of a head may move, and how far. */
type Weighed = Pick<PolicyHead, 'name' | 'weight' | 'min' | 'max'>;

/** A change of one head's weight: from `weight` to `needed`. */
export interface Swap {
  head: string;
  weight: number;
  needed: number;
}

/** What of an item's arithmetic decides its score once weights move: values by head, and factors that stay. */
export interface Scored {
  readonly itemId: string;
  readonly heads: readonly { readonly value: number }[];
  readonly multipliers: readonly { readonly factor: number }[];
  readonly diversity: { readonly factor: number } | null;
}

/**
 * The smallest change of a single weight that puts `below` before `above`, within that head's min and max.
 * Smallest is measured against the weight, |change| / |weight|; a weight of 0 has no such measure and is
 * taken only when no other head can swap the two. Multipliers and the diversity factor of both items are
 * held fixed. The answer was checked by scoring both items again with the changed weight; null: no single
 * weight swaps them.
 */
export function smallestSwap(
  heads: readonly Weighed[],
  above: Scored,
  below: Scored,
  idOrder: IdOrder,
): Swap | null {
  const tieSwaps = idComparison(idOrder)(below.itemId, above.itemId) < 0;
  const swapped = (at: number, weight: number): boolean => {
    const lead = score(heads, below, at, weight) - score(heads, above, at, weight);
    return lead > 0 || (lead === 0 && tieSwaps);
  };
  let best: { swap: Swap; relative: number; change: number } | null = null;
  for (const [at, head] of heads.entries()) {
    for (const bound of [head.min, head.max]) {
      const needed = firstSwap(heads, above, below, at, bound, (weight) => swapped(at, weight));
      if (needed === null) continue;
      const change = Math.abs(needed - head.weight);
      const relative = head.weight === 0 ? Infinity : change / Math.abs(head.weight);
      if (best === null || relative < best.relative || (relative === best.relative && change < best.change)) {
        best = { swap: { head: head.name, weight: head.weight, needed }, relative, change };
      }
    }
  }
  return best?.swap ?? null;
}

/** The weight nearest to the head's own, going towards `bound`, at which the two are swapped. */
function firstSwap(
  heads: readonly Weighed[],
  above: Scored,
  below: Scored,
  at: number,
  bound: number,
  swapped: (weight: number) => boolean,
): number | null {
  const weight = heads[at]?.weight ?? 0;
  // A score is linear in the weight but for the kink where the base score changes sign.
  const kinks = [above, below]
    .map((item) => weight - base(heads, item, at, weight) / (item.heads[at]?.value ?? 0))
    .filter((kink) => (kink - weight) * (bound - kink) > 0)
    .toSorted((a, b) => Math.abs(a - weight) - Math.abs(b - weight));
  let near = weight;
  for (const far of [...kinks, bound]) {
    if (swapped(far)) return bisect(near, far, swapped);
    near = far;
  }
  return null;
}

/**
 * The value nearest to `near` for which `holds`, to one part in 10^12 (near zero, to 10^-15); it does not hold
 * at `near` and does at `far`.
 */
function bisect(near: number, far: number, holds: (value: number) => boolean): number {
  let no = near;
  let yes = far;
  while (Math.abs(yes - no) > 1e-12 * Math.max(Math.abs(no), Math.abs(yes), 1e-3)) {
    const middle = no + (yes - no) / 2;
    if (holds(middle)) yes = middle;
    else no = middle;
  }
  return yes;
}

function score(heads: readonly Weighed[], item: Scored, at: number, weight: number): number {
  const multiplied = item.multipliers.reduce(
    (value, { factor }) => applyFactor(value, factor),
    base(heads, item, at, weight),
  );
  return item.diversity === null ? multiplied : applyFactor(multiplied, item.diversity.factor);
}

function base(heads: readonly Weighed[], item: Scored, at: number, weight: number): number {
  return heads.reduce(
    (sum, head, index) => sum + (index === at ? weight : head.weight) * (item.heads[index]?.value ?? 0),
    0,
  );
}
