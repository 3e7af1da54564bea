import type { ActionSums } from './sums.ts';

/** What a log says of the candidates of one request, by candidate index. */
export interface LoggedFeed {
  /** Candidates in the order the log showed them. */
  readonly logged: Int32Array;
  /** `takenInstead` of the ranker in question. */
  readonly taken: Int32Array;
  /** NaN where none was logged. */
  readonly propensity: Float64Array;
  /** NaN where nothing was observed. */
  readonly rewards: Float64Array;
  /** What a reward model expects of each candidate; null where there is none. */
  readonly expected: ArrayLike<number> | null;
}

let marked = new Uint8Array(0);

/**
 * For each logged place the candidate that a ranker takes, given the items logged above it: the best of what is left in
 * its own `order` (all candidates no filter removed, best first, at least one more than were logged); −1 where nothing is
 * left.
 */
export function takenInstead(logged: Int32Array, order: Int32Array, candidates: number): Int32Array {
  if (marked.length < candidates) marked = new Uint8Array(2 * candidates);
  const above = marked.fill(0, 0, candidates);
  const taken = new Int32Array(logged.length);
  let next = 0;
  for (let place = 0; place < logged.length; place += 1) {
    while (next < order.length && above[order[next] ?? -1] === 1) next += 1;
    taken[place] = order[next] ?? -1;
    above[logged[place] ?? -1] = 1;
  }
  return taken;
}

/**
 * Adds up a logged feed as decisions made one after another: at each shown place, given the items logged above it, which
 * candidate comes next. The propensity is the chance the logging policy gave the item it put there; the ranker in
 * question, which draws no lots, takes for certain the best of what is left in its own order. A place without a
 * propensity, or of whose item nothing was observed, is no action (S. Gilotte et al., "Offline A/B Testing for
 * Recommender Systems", WSDM 2018, treats slates place by place alike; what the items above would have been is the
 * log's, not the ranker's).
 */
export function addLoggedActions(
  sums: ActionSums,
  { logged, taken, propensity, rewards, expected }: LoggedFeed,
): void {
  for (let place = 0; place < logged.length; place += 1) {
    const index = logged[place] ?? -1;
    const reward = rewards[index] ?? NaN;
    const chance = propensity[index] ?? NaN;
    if (Number.isNaN(chance) || Number.isNaN(reward)) continue;
    const instead = taken[place] ?? -1;
    const target = instead === index ? 1 : 0;
    if (expected === null) sums.addAction(reward, chance, target, false, 0, 0);
    else {
      const ofTarget = instead === -1 ? 0 : (expected[instead] ?? 0);
      sums.addAction(reward, chance, target, true, expected[index] ?? 0, ofTarget);
    }
  }
}
