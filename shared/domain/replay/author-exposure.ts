import { exposureOf } from '../metrics/exposure.ts';
import { gini, topShare } from '../metrics/concentration.ts';
import { ofShare } from '../statistics/interval.ts';
import { groupOf, GROUPS, jackknifeInterval } from '../statistics/jackknife.ts';
import type { Interval } from './report.ts';

/** Exposure is counted in whole multiples of this, so that no order of adding changes a sum. */
const STEP = 2 ** -20;

/**
 * Whose items the feeds of some requests show: at `request × depth + place` the place in `authors` of who made the
 * item; −1 where nobody is named or the feed has ended. Authors whose items were candidates and are shown in neither
 * feed are there too.
 */
export interface ShownAuthors {
  readonly authors: readonly string[];
  readonly baseline: Int32Array;
  readonly candidate: Int32Array;
}

/** Exposure of each author in each group of requests, `[author × GROUPS + group]`, in whole steps. */
export interface GroupedExposure {
  readonly baseline: Float64Array;
  readonly candidate: Float64Array;
}

type Side = keyof GroupedExposure;
type Intervals = Record<Side | 'difference', Interval>;

/** Figures of how unevenly exposure falls to authors. */
export const CONCENTRATIONS = {
  author_gini: gini,
  author_top_share: (amounts: Float64Array) => topShare(amounts, 0.01),
} as const satisfies Record<string, (amounts: Float64Array) => number | null>;
export type Concentration = keyof typeof CONCENTRATIONS;

/** Adds up the exposure of authors by group of requests: half a kilobyte an author. */
export class AuthorExposures {
  readonly #places = new Map<string, number>();
  /** What each place of a feed is worth in steps. */
  readonly #worth: Float64Array;
  #baseline = new Float64Array(GROUPS);
  #candidate = new Float64Array(GROUPS);

  constructor(depth: number) {
    this.#worth = Float64Array.from({ length: depth }, (_, at) => Math.round(exposureOf(at + 1) / STEP));
  }

  get authors(): number {
    return this.#places.size;
  }

  /** `marks`: the `requestMark` of each request. */
  add({ authors, baseline, candidate }: ShownAuthors, marks: readonly number[]): void {
    const places = Int32Array.from(authors, (author) => this.#placeOf(author));
    this.#reserve();
    for (const [at, mark] of marks.entries()) {
      this.#addFeed(this.#baseline, baseline, at, places, groupOf(mark));
      this.#addFeed(this.#candidate, candidate, at, places, groupOf(mark));
    }
  }

  /** One row for each author that was met. */
  get grouped(): GroupedExposure {
    const length = this.authors * GROUPS;
    return { baseline: this.#baseline.subarray(0, length), candidate: this.#candidate.subarray(0, length) };
  }

  #addFeed(sums: Float64Array, shown: Int32Array, request: number, places: Int32Array, group: number): void {
    const depth = this.#worth.length;
    for (let at = 0; at < depth; at += 1) {
      const author = shown[request * depth + at] ?? -1;
      if (author === -1) continue;
      const place = (places[author] ?? 0) * GROUPS + group;
      sums[place] = (sums[place] ?? 0) + (this.#worth[at] ?? 0);
    }
  }

  #placeOf(author: string): number {
    const known = this.#places.get(author);
    if (known !== undefined) return known;
    const place = this.#places.size;
    this.#places.set(author, place);
    return place;
  }

  #reserve(): void {
    const wanted = this.authors * GROUPS;
    if (wanted <= this.#baseline.length) return;
    const grown = (sums: Float64Array): Float64Array<ArrayBuffer> => {
      const larger = new Float64Array(2 * wanted);
      larger.set(sums);
      return larger;
    };
    this.#baseline = grown(this.#baseline);
    this.#candidate = grown(this.#candidate);
  }
}

/** What all groups, or all but one, come to for each author. */
export function exposureWithout(grouped: Float64Array, group: number | null): Float64Array {
  const sums = new Float64Array(grouped.length / GROUPS);
  for (let author = 0; author < sums.length; author += 1) {
    let sum = 0;
    for (let at = 0; at < GROUPS; at += 1) if (at !== group) sum += grouped[author * GROUPS + at] ?? 0;
    sums[author] = sum;
  }
  return sums;
}

/**
 * How sure these figures are, by `jackknifeInterval`: null where some group of requests shows nobody. Where most
 * authors are shown once or never the intervals are wider than they need be, never narrower.
 */
export function concentrationIntervals(exposure: GroupedExposure): Record<Concentration, Intervals> {
  const sides = { baseline: figuresOf(exposure.baseline), candidate: figuresOf(exposure.candidate) };
  const of = (name: Concentration): Intervals => {
    const [before, after] = [sides.baseline[name], sides.candidate[name]];
    return {
      baseline: ofShare(intervalOf(before)),
      candidate: ofShare(intervalOf(after)),
      difference: intervalOf(before.map((value, at) => minus(after[at], value))),
    };
  };
  return { author_gini: of('author_gini'), author_top_share: of('author_top_share') };
}

const minus = (a: number | null | undefined, b: number | null): number | null =>
  a === null || a === undefined || b === null ? null : a - b;

function intervalOf([whole, ...without]: readonly (number | null)[]): Interval {
  return whole === null || whole === undefined ? null : jackknifeInterval(whole, without);
}

/** Each figure of all groups, then without each group in turn; null for a group that shows nobody. */
function figuresOf(grouped: Float64Array): Record<Concentration, (number | null)[]> {
  const shown = new Uint8Array(GROUPS);
  for (const [at, amount] of grouped.entries()) if (amount > 0) shown[at % GROUPS] = 1;
  const figures: Record<Concentration, (number | null)[]> = { author_gini: [], author_top_share: [] };
  for (const group of [null, ...shown.keys()]) {
    const sums = exposureWithout(grouped, group);
    const known = group === null || shown[group] === 1;
    for (const name of ['author_gini', 'author_top_share'] as const)
      figures[name].push(known ? CONCENTRATIONS[name](sums) : null);
  }
  return figures;
}
