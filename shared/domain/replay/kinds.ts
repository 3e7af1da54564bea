import { Slab } from '../memory/slab.ts';
import { exposureOf } from '../metrics/exposure.ts';
import {
  type CandidateColumns,
  type Candidates,
  type ItemFacts,
  candidateColumns,
} from '../ranking/candidate-columns.ts';
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

const shares = new Slab((length) => new Float64Array(length));

const ageCodes = Int32Array.from(AGE_GROUPS, (age) => kinds.of(`item.age=${age}`));

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
  const columns = candidateColumns(candidates);
  const asked = Date.parse(requestedAt);
  const met = countSupply(columns, asked);
  if (met.length === 0) return NO_KINDS;
  const values = shares.row(3 * met.length);
  const names: string[] = [];
  for (const kind of met) {
    values[3 * names.length] = addedUp(1 / columns.length, supply[kind] ?? 0);
    places[kind] = names.push(kinds.textOf(kind)) - 1;
    supply[kind] = 0;
  }
  addExposure(values, 1, columns.facts, asked, a, depth);
  addExposure(values, 2, columns.facts, asked, b, depth);
  return { names, values };
}

/** By kind how many candidates of the request are of it, 0 between requests; and its place among the kinds met. */
let supply = new Int32Array(64);
let places = new Int32Array(64);

/** Counts the candidates by kind; the kinds in the order they are met. */
function countSupply({ length, facts }: CandidateColumns, asked: number): number[] {
  const met: number[] = [];
  if (supply.length < kinds.size) reserve(2 * kinds.size);
  const counts = supply;
  for (let index = 0; index < length; index += 1) {
    count(facts.category(index), counts, met);
    count(facts.language(index), counts, met);
    count(ageCode(asked, facts.uploaded(index)), counts, met);
  }
  return met;
}

/** What is negative is no kind. */
function count(kind: number, counts: Int32Array, met: number[]): void {
  if (kind < 0) return;
  const before = counts[kind] ?? 0;
  counts[kind] = before + 1;
  if (before === 0) met.push(kind);
}

function reserve(length: number): void {
  const grown = new Int32Array(length);
  grown.set(supply);
  supply = grown;
  places = new Int32Array(length);
}

/** Adds the exposure that a feed gives each kind to every third value from a column on. */
function addExposure(
  values: Float64Array,
  column: number,
  facts: ItemFacts,
  asked: number,
  feed: Int32Array,
  depth: number,
): void {
  const length = Math.min(depth, feed.length);
  let all = 0;
  for (let at = 0; at < length; at += 1) all += exposureOf(at + 1);
  for (let at = 0; at < length; at += 1) {
    const share = exposureOf(at + 1) / all;
    const index = feed[at] ?? -1;
    add(values, column, facts.category(index), share);
    add(values, column, facts.language(index), share);
    add(values, column, ageCode(asked, facts.uploaded(index)), share);
  }
}

function add(values: Float64Array, column: number, kind: number, share: number): void {
  if (kind < 0) return;
  const at = 3 * (places[kind] ?? 0) + column;
  values[at] = (values[at] ?? 0) + share;
}

const ageCode = (asked: number, uploaded: number): number =>
  ageCodes[ageRank((asked - uploaded) / DAY)] ?? -1;

/** A share added to itself, one candidate after another: the product is not the same to the last bit. */
function addedUp(share: number, times: number): number {
  let sum = 0;
  for (let at = 0; at < times; at += 1) sum += share;
  return sum;
}
