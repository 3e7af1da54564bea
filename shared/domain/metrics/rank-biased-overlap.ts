import { commonPlaces } from './common-places.ts';

/** How likely a reader is to look one place further. */
export const RBO_PERSISTENCE = 0.9;

/**
 * Rank-biased overlap of two ranked lists, extrapolated to infinite depth, 0 to 1: RBO_EXT, equation 32 of
 * W. Webber, A. Moffat, J. Zobel, "A Similarity Measure for Indefinite Rankings", ACM TOIS 28(4), 2010,
 * https://doi.org/10.1145/1852102.1852106, lists of uneven length included. Computed as
 *
 *   1 − ( (1−p)/p · Σ_{d=1..l} p^d · (1 − A_d) + p^l · (1 − A) )
 *
 * with A_d = X_d / d to the shorter list's length s, A_d = (X_d + X_s (d−s)/s) / d beyond it, and
 * A = (X_l − X_s)/l + X_s/s, which is the same sum turned round: a list and itself give exactly 1.
 * Two empty lists give 1, an empty and another 0. An element stands at most once in a list.
 * `common` is `commonPlaces(a, b)`, given where several figures are made of two lists.
 */
export function rankBiasedOverlap<T>(
  a: ArrayLike<T>,
  b: ArrayLike<T>,
  p: number = RBO_PERSISTENCE,
  common: Int32Array = commonPlaces(a, b),
): number {
  const s = Math.min(a.length, b.length);
  const l = Math.max(a.length, b.length);
  if (s === 0) return l === 0 ? 1 : 0;
  const sharedFrom = sharedFromPlace(common, l);
  let shared = 0;
  let sharedAtS = 0;
  let power = 1;
  let distance = 0;
  for (let at = 0; at < l; at += 1) {
    const depth = at + 1;
    power *= p;
    shared += sharedFrom[at] ?? 0;
    if (at < s) {
      sharedAtS = shared;
      distance += power * (1 - shared / depth);
    } else distance += power * (1 - (shared + (sharedAtS * (depth - s)) / s) / depth);
  }
  const tail = (shared - sharedAtS) / l + sharedAtS / s;
  return Math.max(0, 1 - (((1 - p) / p) * distance + power * (1 - tail)));
}

/** For each place how many elements both lists hold from there on, but not before. */
function sharedFromPlace(common: Int32Array, places: number): Int32Array {
  const from = new Int32Array(places);
  for (let at = 0; at < common.length; at += 1) {
    const place = common[at] ?? -1;
    if (place === -1) continue;
    const later = Math.max(at, place);
    from[later] = (from[later] ?? 0) + 1;
  }
  return from;
}
