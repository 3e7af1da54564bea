import { AS_SEEN, isSwapped } from '../statistics/group-swaps.ts';
import { GROUPS } from '../statistics/jackknife.ts';
import { randomisationP } from '../statistics/significance.ts';
import {
  type Bins,
  calibrationErrorOf,
  GROUP_BINS,
  type GroupedPredictions,
  noBins,
  RELIABILITY_BINS,
  reliabilityOf,
} from './head-quality.ts';

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
 * The difference of the areas under both ROC curves after a swap, scores within 1 part in 32 of each other tied. The
 * wins of any choice of groups are the sum over all pairs of them of what the one's positives win from the other's
 * negatives, so each pair is counted once for all draws. NaN: positives or negatives are missing.
 */
function areaDifference({ baseline, candidate }: HeadSides): (swapped: number) => number {
  const units = [baseline, candidate].flatMap(({ positives, negatives }) =>
    Array.from({ length: GROUPS }, (_, group) => ({
      positives: positives.subarray(group * GROUP_BINS, (group + 1) * GROUP_BINS),
      below: midRanks(negatives.subarray(group * GROUP_BINS, (group + 1) * GROUP_BINS)),
    })),
  );
  const wins = units.map(({ positives }) =>
    Float64Array.from(units, ({ below }) => product(positives, below)),
  );
  const ups = units.map(({ positives }) => positives.reduce((total, count) => total + count, 0));
  const downs = [baseline, candidate].flatMap(({ negatives }) =>
    Array.from({ length: GROUPS }, (_, group) =>
      negatives
        .subarray(group * GROUP_BINS, (group + 1) * GROUP_BINS)
        .reduce((total, count) => total + count, 0),
    ),
  );
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

/** For each score how many of the counts lie below it, those at it half. */
function midRanks(counts: Uint32Array): Float64Array {
  let below = 0;
  return Float64Array.from(counts, (count) => {
    const rank = below + count / 2;
    below += count;
    return rank;
  });
}

function product(counts: Uint32Array, ranks: Float64Array): number {
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
