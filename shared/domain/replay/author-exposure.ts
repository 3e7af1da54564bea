import { exposureOf } from '../metrics/exposure.ts';
import { IdPlaces } from '../ranking/id-places.ts';
import { groupOf, GROUPS } from '../statistics/jackknife.ts';

/** Exposure is counted in whole multiples of this, so that no order of adding changes a sum. */
const STEP = 2 ** -30;

/**
 * Whose items the feeds of some requests show: at `request × depth + place` the place in `authors` of who made the
 * item; −1 where nobody is named or the feed has ended. Authors whose items were candidates and are shown in neither
 * feed are there too. An id is always a text or always a number.
 */
export interface ShownAuthors {
  readonly authors: ArrayLike<string | number>;
  readonly baseline: Int32Array;
  readonly candidate: Int32Array;
}

/** Exposure of each author in each group of requests, `[author × GROUPS + group]`, in whole steps. */
export interface GroupedExposure {
  readonly baseline: Float64Array;
  readonly candidate: Float64Array;
}

/** Memory that goes to other threads without being copied. */
const shared = (length: number): Float64Array<SharedArrayBuffer> =>
  new Float64Array(new SharedArrayBuffer(length * Float64Array.BYTES_PER_ELEMENT));

/** Adds up the exposure of authors by group of requests: half a kilobyte an author. */
export class AuthorExposures {
  readonly #places = new IdPlaces();
  /** What each place of a feed is worth in steps. */
  readonly #worth: Float64Array;
  #baseline = shared(GROUPS);
  #candidate = shared(GROUPS);

  constructor(depth: number) {
    this.#worth = Float64Array.from({ length: depth }, (_, at) => Math.round(exposureOf(at + 1) / STEP));
  }

  get authors(): number {
    return this.#places.size;
  }

  /** `marks`: the `requestMark` of each request. */
  add({ authors, baseline, candidate }: ShownAuthors, marks: readonly number[]): void {
    const places = new Int32Array(authors.length);
    for (let at = 0; at < authors.length; at += 1) places[at] = this.#placeOf(authors[at] ?? '');
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

  #placeOf(author: string | number): number {
    const known = this.#places.get(author);
    if (known !== -1) return known;
    const place = this.#places.size;
    this.#places.set(author, place);
    return place;
  }

  #reserve(): void {
    const wanted = this.authors * GROUPS;
    if (wanted <= this.#baseline.length) return;
    const grown = (sums: Float64Array): Float64Array<SharedArrayBuffer> => {
      const larger = shared(2 * wanted);
      larger.set(sums);
      return larger;
    };
    this.#baseline = grown(this.#baseline);
    this.#candidate = grown(this.#candidate);
  }
}
