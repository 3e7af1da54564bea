import { z } from 'zod';
import { estimatesOf, type Estimator } from '../off-policy/estimate.ts';
import { addLoggedActions, takenInstead } from '../off-policy/logged-actions.ts';
import { Slab } from '../memory/slab.ts';
import { Reused } from '../metrics/reused.ts';
import { ActionSums, ROW_LENGTH } from '../off-policy/sums.ts';
import { type Candidates, candidateColumns } from '../ranking/candidate-columns.ts';
import type { RankingRequest } from '../ranking/request.ts';
import type { Signal } from '../snapshot/meta.ts';

/** Why an estimate is "not supported by this log"; null where it is. */
const Unsupported = z.string().nullable();

/** How far a log supports estimates of one ranker, and why not. */
export const SideSupport = z.object({
  /** Logged places with a propensity and an observed answer. */
  actions: z.int(),
  effectiveSampleSize: z.number(),
  largestWeight: z.number(),
  clippedShare: z.number(),
  /** Near 1 where the log could take every action the ranker takes. */
  meanWeight: z.number(),
  unsupported: z.object({ ips: Unsupported, snips: Unsupported, dm: Unsupported, dr: Unsupported }),
});
export type SideSupport = z.infer<typeof SideSupport>;

/** A signal whose answers are estimated: binary, and good or bad. */
export interface Reward {
  readonly signal: string;
  readonly column: number;
  readonly better: 'higher' | 'lower';
}

const known = new WeakMap<readonly Signal[], readonly Reward[]>();

/** Of a list they are made once. */
export function rewardsOf(signals: readonly Signal[]): readonly Reward[] {
  const made = known.get(signals) ?? rewardsAmong(signals);
  known.set(signals, made);
  return made;
}

function rewardsAmong(signals: readonly Signal[]): Reward[] {
  return signals.flatMap(({ name, kind, polarity }, column) =>
    kind === 'binary' && polarity !== 0
      ? [{ signal: name, column, better: polarity === 1 ? 'higher' : 'lower' }]
      : [],
  );
}

/** A binary signal counts as given from this value on. */
const GIVEN = 0.5;

const rows = new Slab((length) => new Float64Array(length));
const answers = new Reused();
const actions = new ActionSums();

export interface EvaluatedRequest {
  readonly request: RankingRequest<Candidates> & { readonly feedback: Float32Array };
  readonly signals: readonly Signal[];
  /** `loggedPlaces` of its candidates. */
  readonly logged: Int32Array;
  /** Orders of both rankers, candidate indexes, best first, at least as far as candidates were logged. */
  readonly baseline: Int32Array;
  readonly candidate: Int32Array;
  /** The baseline's own prediction of a signal, by candidate index; null where it has none. It serves both sides. */
  expected(signal: string): ArrayLike<number> | null;
}

/**
 * Sums over a request's logged actions: for each reward the row of the baseline's `ActionSums` and the candidate's, one after
 * another. null: the request was logged without propensities.
 */
export function offPolicyRow(evaluated: EvaluatedRequest): Float64Array | null {
  const { request, signals, logged, baseline, candidate, expected } = evaluated;
  const { candidates, feedback } = request;
  const { propensity } = candidateColumns(candidates);
  if (!isAnyKnown(propensity)) return null;
  const rewards = rewardsOf(signals);
  const taken = [baseline, candidate].map((order) => takenInstead(logged, order, candidates.length));
  const row = rows.row(rewards.length * 2 * ROW_LENGTH);
  const observed = answers.of(candidates.length, NaN);
  for (const [at, { signal, column }] of rewards.entries()) {
    for (const index of logged) {
      const value = feedback[index * signals.length + column] ?? NaN;
      observed[index] = Number.isNaN(value) ? NaN : value >= GIVEN ? 1 : 0;
    }
    const expectation = expected(signal);
    for (const [side, own] of taken.entries()) {
      actions.clear();
      addLoggedActions(actions, { logged, taken: own, propensity, rewards: observed, expected: expectation });
      actions.writeRow(row, (2 * at + side) * ROW_LENGTH);
    }
  }
  return row;
}

function isAnyKnown(values: Float64Array): boolean {
  for (let at = 0; at < values.length; at += 1) if (!Number.isNaN(values[at])) return true;
  return false;
}

/** How far sums support each estimate, as a report says it. */
export function supportOf(sums: ActionSums): {
  readonly support: SideSupport;
  readonly values: Readonly<Record<Estimator, number | null>>;
} {
  const { support, estimates } = estimatesOf(sums);
  const { actions, effectiveSampleSize, largestWeight, clippedShare, meanWeight } = support;
  const { ips, snips, dm, dr } = estimates;
  const why = (estimate: typeof ips): string | null => (estimate.supported ? null : estimate.reason);
  const value = (estimate: typeof ips): number | null => (estimate.supported ? estimate.value : null);
  return {
    support: {
      ...{ actions, effectiveSampleSize, largestWeight, clippedShare, meanWeight },
      unsupported: { ips: why(ips), snips: why(snips), dm: why(dm), dr: why(dr) },
    },
    values: { ips: value(ips), snips: value(snips), dm: value(dm), dr: value(dr) },
  };
}
