import type { Interval } from './interval.ts';
import { studentQuantile } from './student.ts';

/** Items that more requests show than this have no weight: `WEIGHTS` ends here. */
export const MOST_REQUESTS = 15;

/** Below this the quantile is none of a variance that is worth anything. */
const LEAST_FREEDOM = 3;

/**
 * Signed weights of the alternating series below by Euler's transformation, cut after its fifteenth term: for items
 * that c requests show ±P(Binomial(15, ½) ≥ c) (B. Efron, R. Thisted, "Estimating the Number of Unseen Species",
 * Biometrika 63(3), 1976, sect. 5). Without them the last terms are noise.
 */
const WEIGHTS = weights();

/**
 * The variance of a count of distinct items over n requests, each of which shows several, from one run of them. Let
 * m(K) be the number of items that the requests of the set K show and no others do. With the number of requests taken
 * as Poisson, items i and j show up in the counts of requests that show i alone (a), j alone (b) and both (c), which
 * are independent Poisson variables; the covariance of "i is shown" and "j is shown" is e^−(a+b+c)(1 − e^−c) in their
 * means, and 1[a = b = 0] · (1[c = 0] − (−1)^c) is its unbiased estimate. Summed over all pairs: Σ (−1)^(|K|+1) m(K)²,
 * which for items on their own is I. Good's and G. Toulmin's series (Biometrika 43, 1956). That the requests are n and
 * no Poisson number takes (Σ m(K), |K| = 1)² / n away. For the difference of two counts over the same requests m is
 * the difference of both. The jackknife has the terms of |K| = 1 alone and is too wide by up to a half. How uncertain the
 * variance is itself tell the fourth moments of its terms (F. Satterthwaite, Biometrics Bulletin 2(6), 1946).
 *
 * `baseline`, `candidate`: a key for every item that 1 to 15 requests show, ascending: the same for items of the same
 * set of requests, with the number of those requests in its last four bits. For one count leave the other empty.
 */
export function distinctVariance(
  baseline: Float64Array,
  candidate: Float64Array,
  requests: number,
): { readonly variance: number; readonly freedom: number } {
  // sums over the requests of what each shows alone, to the first, second, third and fourth power
  let [alone, squares, cubes, fourths] = [0, 0, 0, 0];
  let [series, uncertain] = [0, 0];
  let [a, b] = [0, 0];
  while (a < baseline.length || b < candidate.length) {
    const key = Math.min(baseline[a] ?? Infinity, candidate[b] ?? Infinity);
    let mass = 0;
    for (; baseline[a] === key; a += 1) mass -= 1;
    for (; candidate[b] === key; b += 1) mass += 1;
    const shownBy = key % (MOST_REQUESTS + 1);
    if (shownBy === 1) {
      alone += mass;
      squares += mass ** 2;
      cubes += mass ** 3;
      fourths += mass ** 4;
    } else {
      const term = (WEIGHTS[shownBy] ?? 0) * mass ** 2;
      series += term;
      uncertain += term ** 2;
    }
  }
  const mean = alone / requests;
  const first = Math.max(0, squares - requests * mean ** 2);
  const fourth = fourths - 4 * mean * cubes + 6 * mean ** 2 * squares - 3 * requests * mean ** 4;
  const variance = first + series;
  // where chance takes the whole series below 0, its first term is an upper bound
  if (variance <= 0) return { variance: first, freedom: Infinity };
  const ofVariance = Math.max(0, fourth - first ** 2 / requests) + uncertain;
  return { variance, freedom: ofVariance === 0 ? Infinity : (2 * variance ** 2) / ofVariance };
}

/** The 95 % interval of a count whose variance has so many degrees of freedom. */
export function distinctInterval(
  count: number,
  { variance, freedom }: ReturnType<typeof distinctVariance>,
): Interval {
  const half = studentQuantile(Math.max(LEAST_FREEDOM, freedom)) * Math.sqrt(variance);
  return { lower: count - half, upper: count + half };
}

function weights(): Float64Array {
  const found = new Float64Array(MOST_REQUESTS + 1);
  let choices = 1;
  let atLeast = 0;
  for (let shownBy = MOST_REQUESTS; shownBy > 0; shownBy -= 1) {
    atLeast += choices / 2 ** MOST_REQUESTS;
    found[shownBy] = shownBy % 2 === 1 ? atLeast : -atLeast;
    choices = (choices * shownBy) / (MOST_REQUESTS - shownBy + 1);
  }
  return found;
}
