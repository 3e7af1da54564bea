import { ofShare } from '../statistics/interval.ts';
import { groupOf } from '../statistics/jackknife.ts';
import { IdPlaces } from '../ranking/id-places.ts';
import { distinctInterval, distinctVariance, MOST_REQUESTS } from '../statistics/distinct.ts';
import type { ShownGroups } from './coverage-swaps.ts';
import type { Interval } from './report.ts';

/** Fewer requests than this say nothing of how sure a count is. */
const LEAST_REQUESTS = 32;

/** Items of two feeds, each id always a text or always a number. */
export interface ShownIds {
  readonly baseline: ArrayLike<string | number>;
  readonly candidate: ArrayLike<string | number>;
}

/** Which items the feeds of some requests show, and by how many requests each: a few bytes an item. */
export class ShownItems {
  readonly #places = new IdPlaces();
  readonly #baseline = new ItemCounts();
  readonly #candidate = new ItemCounts();
  #requests = 0;

  /** A request's feeds, each without an item twice; `mark` is its `requestMark`. */
  add({ baseline, candidate }: ShownIds, mark: number): void {
    this.#requests += 1;
    for (let at = 0; at < baseline.length; at += 1)
      this.#baseline.add(this.#placeOf(baseline[at] ?? ''), mark);
    for (let at = 0; at < candidate.length; at += 1)
      this.#candidate.add(this.#placeOf(candidate[at] ?? ''), mark);
  }

  /**
   * How many items each ranker shows; over all items of the snapshot it is the catalogue coverage (M. Ge,
   * C. Delgado-Battenfeld, D. Jannach, "Beyond Accuracy", RecSys 2010).
   */
  get shown(): { baseline: number; candidate: number } {
    return { baseline: this.#baseline.items, candidate: this.#candidate.items };
  }

  /** How sure the shares of `items` that are shown are. */
  intervals(items: number): { baseline: Interval; candidate: Interval; difference: Interval } {
    if (this.#requests < LEAST_REQUESTS) return { baseline: null, candidate: null, difference: null };
    const none = new Float64Array();
    const [before, after] = [this.#baseline.keys(), this.#candidate.keys()];
    const { baseline, candidate } = this.shown;
    const interval = (count: number, a: Float64Array, b: Float64Array) => {
      const { lower, upper } = distinctInterval(count, distinctVariance(a, b, this.#requests));
      return { lower: lower / items, upper: upper / items };
    };
    return {
      baseline: ofShare(interval(baseline, none, before)),
      candidate: ofShare(interval(candidate, none, after)),
      difference: interval(candidate - baseline, before, after),
    };
  }

  /** As `coverageP` takes them. */
  get groups(): ShownGroups {
    const [before, after]: [number[], number[]] = [[], []];
    for (let place = 0; place < this.#places.size; place += 1) {
      const [a, b] = [this.#baseline.groupsOf(place), this.#candidate.groupsOf(place)];
      if ((a & b) !== 0) continue;
      before.push(a);
      after.push(b);
    }
    return { baseline: Int32Array.from(before), candidate: Int32Array.from(after) };
  }

  #placeOf(item: string | number): number {
    const known = this.#places.get(item);
    if (known !== -1) return known;
    const place = this.#places.size;
    this.#places.set(item, place);
    return place;
  }
}

/**
 * How many requests show each item, and which, as the sum of their marks; neither is kept beyond `MOST_REQUESTS`. And
 * which groups of requests show it.
 */
class ItemCounts {
  #requests = new Uint8Array(1024);
  #marks = new Float64Array(1024);
  #groups = new Int32Array(1024);
  items = 0;

  add(place: number, mark: number): void {
    if (place >= this.#requests.length) this.#grow(2 * (place + 1));
    this.#groups[place] = (this.#groups[place] ?? 0) | (1 << groupOf(mark));
    const before = this.#requests[place] ?? 0;
    if (before === 0) this.items += 1;
    if (before > MOST_REQUESTS) return;
    this.#requests[place] = before + 1;
    this.#marks[place] = (this.#marks[place] ?? 0) + mark;
  }

  /** A bit for each group of requests that shows the item. */
  groupsOf(place: number): number {
    return this.#groups[place] ?? 0;
  }

  /** As `distinctVariance` takes them. */
  keys(): Float64Array {
    const keys = new Float64Array(this.items);
    let kept = 0;
    for (const [place, requests] of this.#requests.entries()) {
      if (requests === 0 || requests > MOST_REQUESTS) continue;
      keys[kept] = (this.#marks[place] ?? 0) * (MOST_REQUESTS + 1) + requests;
      kept += 1;
    }
    return keys.subarray(0, kept).toSorted();
  }

  #grow(length: number): void {
    const requests = new Uint8Array(length);
    requests.set(this.#requests);
    this.#requests = requests;
    const marks = new Float64Array(length);
    marks.set(this.#marks);
    this.#marks = marks;
    const groups = new Int32Array(length);
    groups.set(this.#groups);
    this.#groups = groups;
  }
}
