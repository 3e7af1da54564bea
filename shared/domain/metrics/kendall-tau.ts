import { commonPlaces } from './common-places.ts';

/**
 * Kendall's tau-b of two rows of numbers, −1 to 1: (P − Q) / √((n₀ − n₁)(n₀ − n₂)), with P concordant and Q
 * discordant pairs, n₀ all pairs, n₁ and n₂ those tied in either row (M. Kendall, "The Treatment of Ties in Ranking
 * Problems", Biometrika 33(3), 1945), in n log n steps (W. Knight, JASA 61(314), 1966). Null: a row is all ties, or
 * there are fewer than two pairs of numbers.
 */
export function kendallTauB(x: ArrayLike<number>, y: ArrayLike<number>): number | null {
  const n = x.length;
  const at = (row: ArrayLike<number>, index: number): number => row[index] ?? NaN;
  const order = Array.from({ length: n }, (_, index) => index).toSorted(
    (a, b) => at(x, a) - at(x, b) || at(y, a) - at(y, b),
  );
  const xs = order.map((index) => at(x, index));
  const ys = order.map((index) => at(y, index));
  const pairs = (n * (n - 1)) / 2;
  const tiedX = tiedPairs(xs.map((value, place) => value === xs[place - 1]));
  const tiedBoth = tiedPairs(
    xs.map((value, place) => value === xs[place - 1] && ys[place] === ys[place - 1]),
  );
  const discordant = sortCountingSwaps(ys);
  const tiedY = tiedPairs(ys.map((value, place) => value === ys[place - 1]));
  const scale = Math.sqrt((pairs - tiedX) * (pairs - tiedY));
  return scale === 0 ? null : (pairs - tiedX - tiedY + tiedBoth - 2 * discordant) / scale;
}

/**
 * Kendall's tau-b of the places of the elements that two lists share, as `kendallTauB` has it: places are never tied, so it
 * is 1 − 4·Q / (n (n − 1)) with Q discordant pairs of n elements. Null when they share fewer than two. `common` is
 * `commonPlaces(a, b)`, given where several figures are made of two lists.
 */
export function kendallTauOfCommon<T>(
  a: ArrayLike<T>,
  b: ArrayLike<T>,
  common: Int32Array = commonPlaces(a, b),
): number | null {
  const places: number[] = [];
  for (const place of common) if (place !== -1) places.push(place);
  const n = places.length;
  return n < 2 ? null : 1 - (4 * swapsIn(places)) / (n * (n - 1));
}

/** Up to so many numbers are compared pair by pair faster than they are sorted. */
const FEW = 32;

/** How many pairs stand the wrong way round. The numbers may be sorted. */
function swapsIn(places: number[]): number {
  if (places.length > FEW) return sortCountingSwaps(places);
  let swaps = 0;
  for (let at = 1; at < places.length; at += 1)
    for (let before = 0; before < at; before += 1) if ((places[before] ?? 0) > (places[at] ?? 0)) swaps += 1;
  return swaps;
}

function tiedPairs(sameAsBefore: readonly boolean[]): number {
  let pairs = 0;
  let run = 0;
  for (const same of sameAsBefore) {
    run = same ? run + 1 : 0;
    pairs += run;
  }
  return pairs;
}

/** Sorts ascending in place and answers how many pairs stood the wrong way round. */
function sortCountingSwaps(values: number[]): number {
  if (values.length < 2) return 0;
  const middle = values.length >> 1;
  const left = values.slice(0, middle);
  const right = values.slice(middle);
  let swaps = sortCountingSwaps(left) + sortCountingSwaps(right);
  let from = 0;
  let to = 0;
  for (let at = 0; at < values.length; at += 1) {
    const a = left[from] ?? Infinity;
    const b = right[to] ?? Infinity;
    if (from < left.length && a <= b) {
      values[at] = a;
      from += 1;
    } else {
      values[at] = b;
      to += 1;
      swaps += left.length - from;
    }
  }
  return swaps;
}
