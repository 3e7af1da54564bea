import { digitsInOrder, firstDigit, isNegative, KEY_BUCKETS, wordsOf } from './key.ts';
import { BINS, binOf } from './histogram.ts';
import type { Values } from './tensor.ts';

/** The quantiles every tensor is given. */
export const QUANTILES = [0.001, 0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99, 0.999] as const;

/** Looks for the value that has `rank` smaller finite ones, digit by digit; exact, in as many walks as digits. */
export interface Search {
  readonly digits: readonly number[];
  /** Values before it among those that begin with `digits`. */
  readonly rank: number;
}

/** The ranks that the quantiles of `count` values lie between (numpy's "linear": position q·(count − 1)). */
export function quantileRanks(count: number): number[] {
  const positions = QUANTILES.map((share) => share * (count - 1));
  return [...new Set(positions.flatMap((at) => [Math.floor(at), Math.ceil(at)]))];
}

/** Quantiles from the values at their ranks. */
export function quantilesAt(count: number, valueAt: ReadonlyMap<number, number>): number[] {
  return QUANTILES.map((share) => {
    const at = share * (count - 1);
    const below = valueAt.get(Math.floor(at)) ?? Number.NaN;
    const above = valueAt.get(Math.ceil(at)) ?? Number.NaN;
    return below + (above - below) * (at - Math.floor(at));
  });
}

/** Begins with the counts of the first digits; `ranks` rise. */
export function firstDigitsOf(ranks: readonly number[], buckets: Uint32Array, digits: 2 | 4): Search[] {
  const found: Search[] = [];
  let before = 0;
  for (const digit of digitsInOrder(digits)) {
    const count = buckets[digit] ?? 0;
    if (count === 0) continue;
    for (
      let rank = ranks[found.length];
      rank !== undefined && rank < before + count;
      rank = ranks[found.length]
    )
      found.push({ digits: [digit], rank: rank - before });
    before += count;
  }
  if (found.length < ranks.length) throw new RangeError(`there is no value of rank ${ranks[found.length]}`);
  return found;
}

const RISING = Array.from({ length: KEY_BUCKETS }, (_, digit) => digit);
const FALLING = RISING.toReversed();

/** Goes one digit further with the counts of the next digit among the values that begin with the search's. */
export function nextDigitOf(search: Search, counts: Uint32Array): Search {
  return step(search, counts, isNegative(search.digits[0] ?? 0) ? FALLING : RISING);
}

function step({ digits, rank }: Search, counts: Uint32Array, order: readonly number[]): Search {
  let before = 0;
  for (const digit of order) {
    const count = counts[digit] ?? 0;
    if (rank < before + count) return { digits: [...digits, digit], rank: rank - before };
    before += count;
  }
  throw new RangeError(`there is no value of rank ${rank}`);
}

export const prefixOf = (digits: readonly number[]): number =>
  digits.reduce((prefix, digit) => prefix * KEY_BUCKETS + digit, 0);

/** What a further walk counts. */
export interface Refinement {
  /** How many digits of the prefixes are known. */
  readonly known: number;
  readonly prefixes: readonly number[];
  /** Edges of the histogram's bins; null when it is counted already. */
  readonly edges: Float64Array | null;
}

export interface Refined {
  /** For each prefix, how many values have each next digit. */
  readonly counts: readonly Uint32Array[];
  /** Values of first digits that more than one bin shares. */
  readonly bins: Float64Array;
}

/** Of the bytes of `closerLook`: the bit of the digits that bins share, and the bits of a prefix's number + 1. */
export const IN_BINS = 0x80;
export const IN_PREFIX = 0x7f;

/** Which first digits a walk looks closer at, and why. */
export function closerLook({ known, prefixes, edges }: Refinement, digits: 2 | 4): Uint8Array {
  const look = new Uint8Array(KEY_BUCKETS);
  for (const [at, prefix] of prefixes.entries())
    look[Math.floor(prefix / KEY_BUCKETS ** (known - 1))] = known === 1 ? at + 1 : 1;
  if (edges !== null)
    for (const digit of sharedDigits(edges, digits)) look[digit] = (look[digit] ?? 0) | IN_BINS;
  return look;
}

/** The first digits whose values may fall in more than one bin. */
export function sharedDigits(edges: Float64Array, digits: 2 | 4): Set<number> {
  const inner = [...edges.subarray(1, BINS)];
  const shared = new Set(inner.map((edge) => firstDigit(edge, digits)));
  if (inner.includes(0)) shared.add(firstDigit(-0, digits)); // −0 is in the bin that 0 starts
  return shared;
}

/** Walks over values once more. `look` is what `closerLook` answers for the same refinement. */
export function refineValues(
  refined: Refined,
  values: Values,
  refinement: Refinement,
  look: Uint8Array,
): void {
  if (values instanceof Float32Array) refine32(refined, values, refinement, look);
  else refine64(refined, values, refinement, look);
}

function refine32(refined: Refined, values: Float32Array, { edges }: Refinement, look: Uint8Array): void {
  const words = wordsOf(values);
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? 0;
    const flags = look[word >>> 16] ?? 0;
    if (flags === 0) continue;
    if (flags >= IN_BINS && edges !== null) countBin(refined, edges, values[at] ?? 0);
    const place = flags & IN_PREFIX;
    if (place === 0) continue; // an array asked for its place −1 is slow to say that it has none
    const counts = refined.counts[place - 1];
    if (counts !== undefined) counts[word & 0xffff] = (counts[word & 0xffff] ?? 0) + 1;
  }
}

function refine64(
  refined: Refined,
  values: Float64Array,
  { known, prefixes, edges }: Refinement,
  look: Uint8Array,
): void {
  const words = wordsOf(values);
  const slots = new Map(prefixes.map((prefix, at) => [prefix, at]));
  for (let at = 0; at < values.length; at += 1) {
    const low = words[at * 2] ?? 0;
    const high = words[at * 2 + 1] ?? 0;
    const flags = look[high >>> 16] ?? 0;
    if (flags === 0) continue;
    if (flags >= IN_BINS && edges !== null) countBin(refined, edges, values[at] ?? 0);
    if ((flags & IN_PREFIX) === 0) continue;
    const digits = [high >>> 16, high & 0xffff, low >>> 16, low & 0xffff];
    const counts = refined.counts[slots.get(prefixOf(digits.slice(0, known))) ?? -1];
    const next = digits[known] ?? 0;
    if (counts !== undefined) counts[next] = (counts[next] ?? 0) + 1;
  }
}

function countBin({ bins }: Refined, edges: Float64Array, value: number): void {
  const bin = binOf(edges, value);
  bins[bin] = (bins[bin] ?? 0) + 1;
}
