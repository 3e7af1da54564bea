import { commonPlaces } from './common-places.ts';

/**
 * The largest change of place of an element that both lists hold, max |place in a − place in b|; 0 when they share none
 * (the largest term of Spearman's footrule, as `meanMove` is its mean). `common` is
 * `commonPlaces(a, b)`, given where several figures are made of two lists.
 */
export function largestMove<T>(
  a: ArrayLike<T>,
  b: ArrayLike<T>,
  common: Int32Array = commonPlaces(a, b),
): number {
  let largest = 0;
  for (let at = 0; at < common.length; at += 1) {
    const place = common[at] ?? -1;
    if (place !== -1) largest = Math.max(largest, Math.abs(place - at));
  }
  return largest;
}

/**
 * The mean change of place of the elements that both lists hold, Σ |place in a − place in b| / how many; 0 when they share
 * none (Spearman's footrule over its length: P. Diaconis, R. Graham, "Spearman's Footrule as a Measure of Disarray",
 * JRSS B 39(2), 1977).
 */
export function meanMove<T>(
  a: ArrayLike<T>,
  b: ArrayLike<T>,
  common: Int32Array = commonPlaces(a, b),
): number {
  let moves = 0;
  let shared = 0;
  for (let at = 0; at < common.length; at += 1) {
    const place = common[at] ?? -1;
    if (place === -1) continue;
    shared += 1;
    moves += Math.abs(place - at);
  }
  return shared === 0 ? 0 : moves / shared;
}

/** Whether the lists begin with different elements, a₁ ≠ b₁: its mean is the share of such feeds. Two empty lists do not. */
export function firstDiffers<T>(a: ArrayLike<T>, b: ArrayLike<T>): boolean {
  return a[0] !== b[0];
}
