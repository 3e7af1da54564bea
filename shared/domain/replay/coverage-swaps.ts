import { AS_SEEN } from '../statistics/group-swaps.ts';
import { randomisationP } from '../statistics/significance.ts';

/** Which groups of requests show each item that no group shows by both rankers: a bit for each group, an item a place. */
export interface ShownGroups {
  readonly baseline: Int32Array;
  readonly candidate: Int32Array;
}

/**
 * The p value of the difference in how many items are shown, by groups of requests swapped at random; null where it is
 * 0 however they are swapped. An item that some group shows by both rankers is shown by both whatever is swapped, so it
 * need not be among them.
 */
export function coverageP(shown: ShownGroups, swaps: Int32Array): number | null {
  return randomisationP(
    shownMore(shown, AS_SEEN),
    Float64Array.from(swaps, (swapped) => shownMore(shown, swapped)),
  );
}

/** How many more items the candidate shows than the baseline after a swap. */
function shownMore({ baseline, candidate }: ShownGroups, swapped: number): number {
  let more = 0;
  for (let item = 0; item < baseline.length; item += 1) {
    const [a, b] = [baseline[item] ?? 0, candidate[item] ?? 0];
    const before = (a & ~swapped) | (b & swapped);
    const after = (b & ~swapped) | (a & swapped);
    if (after !== 0) more += 1;
    if (before !== 0) more -= 1;
  }
  return more;
}
