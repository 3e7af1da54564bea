import type { Candidate } from '../ranking/request.ts';
import type { LoggedAction } from './sums.ts';

export interface LoggedFeed {
  readonly candidates: readonly Candidate[];
  /** `loggedPlaces` of the candidates. */
  readonly logged: readonly number[];
  /** Of the ranker in question: indexes of all candidates no filter removed, best first. */
  readonly order: Int32Array;
  /** By candidate index, NaN where nothing was observed. */
  readonly rewards: Float64Array;
  /** What a reward model expects of each candidate; null where there is none. */
  readonly expected: ArrayLike<number> | null;
}

/**
 * A logged feed as decisions made one after another: at each shown place, given the items logged above it, which
 * candidate comes next. The propensity is the chance the logging policy gave the item it put there; the ranker in
 * question, which draws no lots, takes for certain the best of what is left in its own order. A place without a
 * propensity, or of whose item nothing was observed, is no action (S. Gilotte et al., "Offline A/B Testing for
 * Recommender Systems", WSDM 2018, treats slates place by place alike; what the items above would have been is the
 * log's, not the ranker's).
 */
export function loggedActions({ candidates, logged, order, rewards, expected }: LoggedFeed): LoggedAction[] {
  const above = new Uint8Array(candidates.length);
  const actions: LoggedAction[] = [];
  let next = 0;
  for (const index of logged) {
    while (next < order.length && above[order[next] ?? -1] === 1) next += 1;
    const taken = order[next] ?? null;
    const reward = rewards[index] ?? NaN;
    const propensity = candidates[index]?.propensity ?? null;
    above[index] = 1;
    if (propensity === null || Number.isNaN(reward)) continue;
    actions.push({
      reward,
      propensity,
      target: taken === index ? 1 : 0,
      expected: expected?.[index] ?? null,
      expectedOfTarget: expected === null ? null : taken === null ? 0 : (expected[taken] ?? null),
    });
  }
  return actions;
}

/** Candidate indexes in the order the log showed them; those it did not show are left out. */
export function loggedPlaces(candidates: readonly Candidate[]): number[] {
  const shown: number[] = [];
  for (let index = 0; index < candidates.length; index += 1)
    if (candidates[index]?.loggedPosition !== null) shown.push(index);
  const place = (index: number): number => candidates[index]?.loggedPosition ?? 0;
  return shown.toSorted((a, b) => place(a) - place(b));
}
