import { exposureOf } from '../metrics/exposure.ts';
import type { CandidateItem, RankingRequest } from '../ranking/request.ts';
import { ageGroup, DAY } from './attribute.ts';

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

/** Codes of names, the same in every request of a thread, and what of an item does not change from one to the next. */
const codes = new Map<string, number>();
const names: string[] = [];
const fixed = new WeakMap<CandidateItem, Fixed>();
const ages = new Map<string, number>();
const weights: number[] = [];

interface Fixed {
  readonly codes: readonly number[];
  /** Milliseconds since 1970; NaN unknown. */
  readonly uploaded: number;
}

/**
 * Exposure by kind in the first `depth` places of two feeds (candidate indexes, best first), beside the supply among
 * all candidates (A. Singh, T. Joachims, "Fairness of Exposure in Rankings", KDD 2018). None where a feed is empty.
 */
export function kindSharesOf(
  { candidates, requestedAt }: Pick<RankingRequest, 'candidates'> & { readonly requestedAt: string },
  a: Int32Array,
  b: Int32Array,
  depth: number,
): KindShares {
  if (a.length === 0 || b.length === 0) return NO_KINDS;
  const places = new Map<number, number>();
  const shares: number[] = [];
  const add = (code: number, column: number, share: number): void => {
    let place = places.get(code);
    if (place === undefined) {
      place = shares.length;
      places.set(code, place);
      shares.push(0, 0, 0);
    }
    shares[place + column] = (shares[place + column] ?? 0) + share;
  };
  const asked = Date.parse(requestedAt);
  const kindsOf = (index: number, column: number, share: number): void => {
    const item = candidates[index]?.item;
    if (item === undefined) return;
    const known = fixedOf(item);
    for (const code of known.codes) add(code, column, share);
    const age = ageGroup((asked - known.uploaded) / DAY);
    if (age !== null) add(ageCodeOf(age), column, share);
  };
  for (let index = 0; index < candidates.length; index += 1) kindsOf(index, 0, 1 / candidates.length);
  for (const [side, feed] of [a, b].entries()) {
    const length = Math.min(depth, feed.length);
    let all = 0;
    for (let at = 0; at < length; at += 1) all += weightOf(at);
    for (let at = 0; at < length; at += 1) kindsOf(feed[at] ?? -1, 1 + side, weightOf(at) / all);
  }
  if (shares.length === 0) return NO_KINDS;
  return {
    names: Array.from(places.keys(), (code) => names[code] ?? ''),
    values: Float64Array.from(shares),
  };
}

function fixedOf(item: CandidateItem): Fixed {
  const known = fixed.get(item);
  if (known !== undefined) return known;
  const { category, language, uploadedAt } = item;
  const kinds = [
    ['item.category', category],
    ['item.language', language],
  ] as const;
  const made = {
    codes: kinds.flatMap(([attribute, value]) =>
      value === null || value === '' ? [] : [codeOf(`${attribute}=${value}`)],
    ),
    uploaded: uploadedAt === null ? NaN : Date.parse(uploadedAt),
  };
  fixed.set(item, made);
  return made;
}

function codeOf(name: string): number {
  const known = codes.get(name);
  if (known !== undefined) return known;
  codes.set(name, names.length);
  return names.push(name) - 1;
}

/** A name made anew for every candidate would cost as much as all the rest. */
function ageCodeOf(age: string): number {
  const known = ages.get(age) ?? codeOf(`item.age=${age}`);
  ages.set(age, known);
  return known;
}

function weightOf(at: number): number {
  const known = weights[at];
  if (known !== undefined) return known;
  const weight = exposureOf(at + 1);
  weights[at] = weight;
  return weight;
}
