import { giniOfSorted, topShareOfSorted } from '../metrics/concentration.ts';
import { AS_SEEN, isSwapped } from '../statistics/group-swaps.ts';
import { GROUPS } from '../statistics/jackknife.ts';
import { randomisationP } from '../statistics/significance.ts';
import { exposureWithout, type Concentration, type GroupedExposure } from './author-exposure.ts';

/** Authors times draws, at most: where there are more authors fewer draws are made, but no fewer than `LEAST_DRAWS`. */
const MOST_SORTED = 2e7;
const LEAST_DRAWS = 200;

/**
 * p values of the differences in how unevenly exposure falls to authors, by groups of requests swapped at random; null
 * where no author's exposure differs.
 */
export function concentrationPs(
  exposure: GroupedExposure,
  swaps: Int32Array,
): Record<Concentration, number | null> {
  const swapped = new SwappedExposure(exposure);
  const authors = exposure.baseline.length / GROUPS;
  const drawn = swaps.subarray(0, Math.max(LEAST_DRAWS, Math.floor(MOST_SORTED / authors)));
  const gini = new Float64Array(drawn.length);
  const top = new Float64Array(drawn.length);
  for (const [draw, groups] of drawn.entries()) {
    const found = swapped.differences(groups);
    gini[draw] = found.author_gini;
    top[draw] = found.author_top_share;
  }
  const seen = swapped.differences(AS_SEEN);
  return {
    author_gini: randomisationP(seen.author_gini, gini),
    author_top_share: randomisationP(seen.author_top_share, top),
  };
}

/** Exposure of authors after a swap: the sums of both sides, and where a group's exposure of an author differs. */
class SwappedExposure {
  readonly #baseline: Float64Array;
  readonly #candidate: Float64Array;
  readonly #authors: number[] = [];
  readonly #groups: number[] = [];
  readonly #gains: number[] = [];

  constructor({ baseline, candidate }: GroupedExposure) {
    this.#baseline = exposureWithout(baseline, null);
    this.#candidate = exposureWithout(candidate, null);
    for (const [at, before] of baseline.entries()) {
      const gain = (candidate[at] ?? 0) - before;
      if (gain === 0) continue;
      this.#authors.push(Math.floor(at / GROUPS));
      this.#groups.push(at % GROUPS);
      this.#gains.push(gain);
    }
  }

  differences(swapped: number): Record<Concentration, number> {
    const before = this.#baseline.slice();
    const after = this.#candidate.slice();
    for (const [at, author] of this.#authors.entries()) {
      if (!isSwapped(swapped, this.#groups[at] ?? 0)) continue;
      const gain = this.#gains[at] ?? 0;
      before[author] = (before[author] ?? 0) + gain;
      after[author] = (after[author] ?? 0) - gain;
    }
    before.sort();
    after.sort();
    const top = (sorted: Float64Array): number => topShareOfSorted(sorted, 0.01) ?? NaN;
    return {
      author_gini: (giniOfSorted(after) ?? NaN) - (giniOfSorted(before) ?? NaN),
      author_top_share: top(after) - top(before),
    };
  }
}
