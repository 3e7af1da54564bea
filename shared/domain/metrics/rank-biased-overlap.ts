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
 */
export function rankBiasedOverlap<T>(a: ArrayLike<T>, b: ArrayLike<T>, p: number = RBO_PERSISTENCE): number {
  const [shorter, longer] =
    a.length <= b.length ? [Array.from(a), Array.from(b)] : [Array.from(b), Array.from(a)];
  const s = shorter.length;
  if (s === 0) return longer.length === 0 ? 1 : 0;
  const inShorter = new Set<T>();
  const inLonger = new Set<T>();
  let shared = 0;
  let sharedAtS = 0;
  let power = 1;
  let distance = 0;
  for (const [at, element] of longer.entries()) {
    const depth = at + 1;
    power *= p;
    inLonger.add(element);
    if (at < s) {
      const other = shorter[at];
      if (other !== undefined) {
        inShorter.add(other);
        if (other !== element && inLonger.has(other)) shared += 1;
      }
      if (inShorter.has(element)) shared += 1;
      sharedAtS = shared;
      distance += power * (1 - shared / depth);
    } else {
      if (inShorter.has(element)) shared += 1;
      distance += power * (1 - (shared + (sharedAtS * (depth - s)) / s) / depth);
    }
  }
  const tail = (shared - sharedAtS) / longer.length + sharedAtS / s;
  return Math.max(0, 1 - (((1 - p) / p) * distance + power * (1 - tail)));
}
