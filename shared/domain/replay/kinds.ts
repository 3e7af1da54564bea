import { exposureOf } from '../metrics/exposure.ts';
import { type CandidateColumns, type Candidates, candidateColumns } from '../ranking/candidate-columns.ts';
import { CodePlaces } from '../ranking/code-places.ts';
import { kinds } from '../ranking/item-codes.ts';
import { AGE_GROUPS, ageRank, DAY } from './attribute.ts';

/** How the candidates of one request, and the exposure of its two feeds, fall to kinds of items. */
export interface KindShares {
  /** `<attribute>=<kind>`, for example `item.category=news`. An item of which nothing is known has no kind. */
  readonly names: readonly string[];
  /**
   * Three for each name in turn, 0 to 1: its share of the candidates (the supply), of the baseline feed's exposure and
   * of the candidate feed's, a place weighing 1 / log2(1 + rank). Items of no kind count in the whole.
   */
  readonly values: Float64Array;
}

export const NO_KINDS: KindShares = { names: [], values: new Float64Array() };

const places = new CodePlaces();
const ageCodes = AGE_GROUPS.map((age) => kinds.of(`item.age=${age}`));

/**
 * Exposure by kind in the first `depth` places of two feeds (candidate indexes, best first), beside the supply among
 * all candidates (A. Singh, T. Joachims, "Fairness of Exposure in Rankings", KDD 2018). None where a feed is empty.
 */
export function kindSharesOf(
  { candidates, requestedAt }: { readonly candidates: Candidates; readonly requestedAt: string },
  a: Int32Array,
  b: Int32Array,
  depth: number,
): KindShares {
  if (a.length === 0 || b.length === 0) return NO_KINDS;
  const shares = new Shares(candidateColumns(candidates), Date.parse(requestedAt));
  const { length } = candidates;
  for (let index = 0; index < length; index += 1) shares.add(index, 0, 1 / length);
  for (const [side, feed] of [a, b].entries()) {
    const length = Math.min(depth, feed.length);
    let all = 0;
    for (let at = 0; at < length; at += 1) all += exposureOf(at + 1);
    for (let at = 0; at < length; at += 1) shares.add(feed[at] ?? -1, 1 + side, exposureOf(at + 1) / all);
  }
  return shares.all;
}

/** Three sums for each kind met so far; grows to the most kinds of a request. */
let sums = new Float64Array(3 * 64);

/** Shares of the kinds met so far. */
class Shares {
  readonly #columns: CandidateColumns;
  readonly #asked: number;
  readonly #mark = places.begin();
  readonly #names: string[] = [];

  /** `asked`: when the request was made, milliseconds since 1970. */
  constructor(columns: CandidateColumns, asked: number) {
    this.#columns = columns;
    this.#asked = asked;
  }

  /** Adds to a column of each kind that the candidate's item is of. */
  add(index: number, column: number, share: number): void {
    const { items } = this.#columns;
    const place = this.#columns.places[index] ?? -1;
    const category = items.category[place] ?? -1;
    const language = items.language[place] ?? -1;
    const age = ageRank((this.#asked - (items.uploaded[place] ?? NaN)) / DAY);
    if (category !== -1) this.#count(category, column, share);
    if (language !== -1) this.#count(language, column, share);
    if (age !== -1) this.#count(ageCodes[age] ?? -1, column, share);
  }

  get all(): KindShares {
    if (this.#names.length === 0) return NO_KINDS;
    return { names: this.#names, values: sums.slice(0, 3 * this.#names.length) };
  }

  #count(kind: number, column: number, share: number): void {
    const met = this.#names.length;
    const place = places.of(this.#mark, kind, met);
    if (place === met) this.#meet(kind);
    const at = 3 * place + column;
    sums[at] = (sums[at] ?? 0) + share;
  }

  #meet(kind: number): void {
    const at = 3 * (this.#names.push(kinds.textOf(kind)) - 1);
    if (at === sums.length) {
      const grown = new Float64Array(2 * at);
      grown.set(sums);
      sums = grown;
    }
    sums.fill(0, at, at + 3);
  }
}
