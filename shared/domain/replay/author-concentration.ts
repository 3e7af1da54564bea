import { giniOfSorted, topShareOfSorted } from '../metrics/concentration.ts';
import { Ascending } from '../statistics/ascending.ts';
import { ofShare } from '../statistics/interval.ts';
import { GROUPS, jackknifeInterval } from '../statistics/jackknife.ts';
import type { GroupedExposure } from './author-exposure.ts';
import type { Interval } from './report.ts';

/** Figures of how unevenly exposure falls to authors. */
const CONCENTRATIONS = ['author_gini', 'author_top_share'] as const;
export type Concentration = (typeof CONCENTRATIONS)[number];

/** The authors with most exposure whose share is told, as a share of all authors. */
const TOP = 0.01;

/** Works both figures out of exposure in whole steps, again and again in the same memory. */
export class Concentrations {
  readonly #zeros: number;
  readonly #ascending: Ascending;

  /** `zeros`: how many more authors there are, who have none. */
  constructor(authors: number, zeros = 0) {
    this.#zeros = zeros;
    this.#ascending = new Ascending(authors);
  }

  /** Where to put the exposure of each author. */
  get input(): Float64Array {
    return this.#ascending.input;
  }

  /** Null where there is no exposure. */
  figures(): Record<Concentration, number | null> {
    const sorted = this.#ascending.inOrder();
    return {
      author_gini: giniOfSorted(sorted, this.#zeros),
      author_top_share: topShareOfSorted(sorted, TOP, this.#zeros),
    };
  }
}

/** Both figures of all groups together, of one side. */
export function concentrationOf(grouped: Float64Array): Record<Concentration, number | null> {
  return concentrationsOf(grouped, [null])[0] ?? { author_gini: null, author_top_share: null };
}

type Intervals = Record<keyof GroupedExposure | 'difference', Interval>;

/**
 * How sure these figures are, by `jackknifeInterval`: null where some group of requests shows nobody. Where most
 * authors are shown once or never the intervals are wider than they need be, never narrower.
 */
export function concentrationIntervals(exposure: GroupedExposure): Record<Concentration, Intervals> {
  const sides = {
    baseline: wholeAndWithout(exposure.baseline),
    candidate: wholeAndWithout(exposure.candidate),
  };
  const of = (name: Concentration): Intervals => {
    const [before, after] = [sides.baseline, sides.candidate].map((side) =>
      side.map((figures) => figures?.[name] ?? null),
    );
    return {
      baseline: ofShare(intervalOf(before ?? [])),
      candidate: ofShare(intervalOf(after ?? [])),
      difference: intervalOf((before ?? []).map((value, at) => minus(after?.[at], value))),
    };
  };
  return { author_gini: of('author_gini'), author_top_share: of('author_top_share') };
}

const minus = (a: number | null | undefined, b: number | null): number | null =>
  a === null || a === undefined || b === null ? null : a - b;

function intervalOf([whole, ...without]: readonly (number | null)[]): Interval {
  return whole === null || whole === undefined ? null : jackknifeInterval(whole, without);
}

/** Figures of all groups, then without each group in turn; null for a group that shows nobody. */
function wholeAndWithout(grouped: Float64Array): (Record<Concentration, number | null> | null)[] {
  const shown = new Uint8Array(GROUPS);
  for (let at = 0; at < grouped.length; at += 1) if ((grouped[at] ?? 0) > 0) shown[at % GROUPS] = 1;
  return concentrationsOf(grouped, [null, ...shown.keys()]).map((figures, at) =>
    at === 0 || shown[at - 1] === 1 ? figures : null,
  );
}

/** Figures without each of some groups in turn; null: of all groups. */
function concentrationsOf(
  grouped: Float64Array,
  without: readonly (number | null)[],
): Record<Concentration, number | null>[] {
  const authors = grouped.length / GROUPS;
  const concentrations = new Concentrations(authors);
  const sums = new Float64Array(authors);
  for (let at = 0; at < grouped.length; at += 1) {
    const author = Math.floor(at / GROUPS);
    sums[author] = (sums[author] ?? 0) + (grouped[at] ?? 0);
  }
  return without.map((group) => {
    const { input } = concentrations;
    input.set(sums);
    if (group !== null)
      for (let author = 0; author < authors; author += 1)
        input[author] = (input[author] ?? 0) - (grouped[author * GROUPS + group] ?? 0);
    return concentrations.figures();
  });
}
