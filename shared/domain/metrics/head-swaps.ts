import { AS_SEEN, isSwapped } from '../statistics/group-swaps.ts';
import { GROUPS } from '../statistics/jackknife.ts';
import { randomisationP } from '../statistics/significance.ts';
import {
  type Bins,
  calibrationErrorOf,
  type GroupedPredictions,
  noBins,
  RELIABILITY_BINS,
  reliabilityOf,
} from './head-quality.ts';
import { scoresByGroup } from './score-counts.ts';

/** What a head of both rankers predicted, by group of requests. */
export interface HeadSides {
  readonly baseline: GroupedPredictions;
  readonly candidate: GroupedPredictions;
}

/** p values of the difference of a head's figures, by groups of requests swapped at random; null where nothing differs. */
export function headPs(
  sides: HeadSides,
  swaps: Int32Array,
): { auc: number | null; calibration: number | null } {
  const area = areaDifference(sides);
  const p = (difference: (swapped: number) => number): number | null =>
    randomisationP(difference(AS_SEEN), Float64Array.from(swaps, difference));
  return { auc: p(area), calibration: p((swapped) => calibrationDifference(sides, swapped)) };
}

/**
 * The difference of the areas under both ROC curves after a swap, scores tied as in `areaUnderCurve`. The wins of any
 * choice of groups are the sum over all pairs of them of what the one's positives win from the other's negatives, so
 * each pair is counted once for all draws. NaN: positives or negatives are missing.
 */
function areaDifference({ baseline, candidate }: HeadSides): (swapped: number) => number {
  const all = [baseline.positives, baseline.negatives, candidate.positives, candidate.negatives];
  const of = (outcome: 'positives' | 'negatives'): Float64Array[] =>
    [baseline, candidate].flatMap((side) => scoresByGroup(side[outcome], all));
  const [positives, negatives] = [of('positives'), of('negatives')];
  const below = negatives.map(midRanks);
  const wins = positives.map((counts) => Float64Array.from(below, (ranks) => product(counts, ranks)));
  const [ups, downs] = [positives.map(total), negatives.map(total)];
  const area = (chosen: readonly number[]): number => {
    let [won, up, down] = [0, 0, 0];
    for (const unit of chosen) {
      up += ups[unit] ?? 0;
      down += downs[unit] ?? 0;
      for (const other of chosen) won += wins[unit]?.[other] ?? 0;
    }
    return won / (up * down);
  };
  return (swapped) => {
    const side = (from: 0 | 1): number[] =>
      Array.from({ length: GROUPS }, (_, group) =>
        isSwapped(swapped, group) ? (1 - from) * GROUPS + group : from * GROUPS + group,
      );
    return area(side(1)) - area(side(0));
  };
}

const total = (counts: Float64Array): number => counts.reduce((sum, count) => sum + count, 0);

/** For each score how many of the counts lie below it, those at it half. */
function midRanks(counts: Float64Array): Float64Array {
  let below = 0;
  return counts.map((count) => {
    const rank = below + count / 2;
    below += count;
    return rank;
  });
}

function product(counts: Float64Array, ranks: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < counts.length; at += 1) sum += (counts[at] ?? 0) * (ranks[at] ?? 0);
  return sum;
}

/** The difference of the expected calibration errors after a swap; NaN: a side has no observations. */
function calibrationDifference({ baseline, candidate }: HeadSides, swapped: number): number {
  const error = (own: GroupedPredictions, other: GroupedPredictions): number => {
    const sums = noBins(1);
    for (let group = 0; group < GROUPS; group += 1)
      addGroup(sums, (isSwapped(swapped, group) ? other : own).bins, group);
    return calibrationErrorOf(reliabilityOf(sums)) ?? NaN;
  };
  return error(candidate, baseline) - error(baseline, candidate);
}

function addGroup(sums: Bins, bins: Bins, group: number): void {
  for (const name of ['count', 'positives', 'steps'] as const) {
    const [from, into] = [bins[name], sums[name]];
    for (let bin = 0; bin < RELIABILITY_BINS; bin += 1)
      into[bin] = (into[bin] ?? 0) + (from[group * RELIABILITY_BINS + bin] ?? 0);
  }
}
