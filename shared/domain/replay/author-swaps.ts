import { AS_SEEN, groupSwaps } from '../statistics/group-swaps.ts';
import { GROUPS } from '../statistics/jackknife.ts';
import { randomisationP } from '../statistics/significance.ts';
import { Concentrations, type Concentration } from './author-concentration.ts';
import type { GroupedExposure } from './author-exposure.ts';

/** Differences of both figures, candidate − baseline, after each of some swaps. */
export type ConcentrationDifferences = Readonly<Record<Concentration, Float64Array>>;

/** No swap, then every draw of swaps: what `concentrationPs` wants the differences of, in this order. */
export const authorSwaps = (seed: number): Int32Array => Int32Array.of(AS_SEEN, ...groupSwaps(seed));

/**
 * p values of the differences in how unevenly exposure falls to authors, by groups of requests swapped at random; null
 * where no author's exposure differs. `found`: the differences as they are seen, then after every swap.
 */
export function concentrationPs(found: ConcentrationDifferences): Record<Concentration, number | null> {
  const p = ([seen = NaN, ...swapped]: Float64Array): number | null =>
    randomisationP(seen, Float64Array.from(swapped));
  return { author_gini: p(found.author_gini), author_top_share: p(found.author_top_share) };
}

/** The differences after each swap. Swaps can be shared out among threads: none depends on another. */
export function concentrationDifferences(
  exposure: GroupedExposure,
  swaps: Int32Array,
): ConcentrationDifferences {
  const swapped = new SwappedExposure(exposure);
  const found = {
    author_gini: new Float64Array(swaps.length),
    author_top_share: new Float64Array(swaps.length),
  };
  for (const [draw, groups] of swaps.entries()) {
    const [before, after] = swapped.sides(groups);
    for (const name of ['author_gini', 'author_top_share'] as const)
      found[name][draw] = (after[name] ?? NaN) - (before[name] ?? NaN);
  }
  return found;
}

/** Exposure of authors after a swap: the sums of both sides, and where a group's exposure of an author differs. */
class SwappedExposure {
  readonly #baseline: Float64Array;
  readonly #candidate: Float64Array;
  /** Where the gains of each author end, and of each gain its group and its amount, candidate − baseline. */
  readonly #ends: Uint32Array;
  readonly #groups: Uint8Array;
  readonly #gains: Float64Array;
  readonly #gained: Float64Array;
  readonly #concentrations: Concentrations;

  constructor({ baseline, candidate }: GroupedExposure) {
    const { authors, gains } = counted(baseline, candidate);
    this.#baseline = new Float64Array(authors);
    this.#candidate = new Float64Array(authors);
    this.#ends = new Uint32Array(authors);
    this.#groups = new Uint8Array(gains);
    this.#gains = new Float64Array(gains);
    this.#gained = new Float64Array(authors);
    // whom no feed shows has nothing, whatever is swapped
    this.#concentrations = new Concentrations(authors, baseline.length / GROUPS - authors);
    this.#fill(baseline, candidate);
  }

  /** Figures of the baseline and of the candidate after a swap. */
  sides(swapped: number): [Figures, Figures] {
    this.#gain(swapped);
    return [this.#figures(this.#baseline, 1), this.#figures(this.#candidate, -1)];
  }

  #fill(baseline: Float64Array, candidate: Float64Array): void {
    let [author, gain] = [0, 0];
    for (let from = 0; from < baseline.length; from += GROUPS) {
      let [before, after] = [0, 0];
      for (let group = 0; group < GROUPS; group += 1) {
        const [a, b] = [baseline[from + group] ?? 0, candidate[from + group] ?? 0];
        before += a;
        after += b;
        if (a === b) continue;
        this.#groups[gain] = group;
        this.#gains[gain] = b - a;
        gain += 1;
      }
      if (before + after === 0) continue;
      this.#baseline[author] = before;
      this.#candidate[author] = after;
      this.#ends[author] = gain;
      author += 1;
    }
  }

  /** What the baseline gains of each author, and the candidate loses. */
  #gain(swapped: number): void {
    let at = 0;
    for (let author = 0; author < this.#gained.length; author += 1) {
      let gained = 0;
      for (const end = this.#ends[author] ?? 0; at < end; at += 1)
        gained += (this.#gains[at] ?? 0) * ((swapped >>> (this.#groups[at] ?? 0)) & 1);
      this.#gained[author] = gained;
    }
  }

  #figures(sums: Float64Array, sign: 1 | -1): Figures {
    const { input } = this.#concentrations;
    for (let author = 0; author < input.length; author += 1)
      input[author] = (sums[author] ?? 0) + sign * (this.#gained[author] ?? 0);
    return this.#concentrations.figures();
  }
}

type Figures = ReturnType<Concentrations['figures']>;

/** How many authors some feed shows, and in how many groups of theirs both sides differ. */
function counted(baseline: Float64Array, candidate: Float64Array): { authors: number; gains: number } {
  let [authors, gains] = [0, 0];
  for (let from = 0; from < baseline.length; from += GROUPS) {
    let shown = false;
    for (let at = from; at < from + GROUPS; at += 1) {
      const [a, b] = [baseline[at] ?? 0, candidate[at] ?? 0];
      shown ||= a + b > 0;
      if (a !== b) gains += 1;
    }
    if (shown) authors += 1;
  }
  return { authors, gains };
}
