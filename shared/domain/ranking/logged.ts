import { type Candidates, candidateColumns } from './candidate-columns.ts';
import type { RankingPolicy } from './policy.ts';
import type { Ranking } from './rank.ts';
import type { IdOrder, RankingRequest } from './request.ts';

/** The logged order as a policy to explain it by: no head, nothing but that what was not shown is left out. */
export const LOGGED_POLICY: RankingPolicy = {
  version: 1,
  heads: [],
  multipliers: [],
  filters: [{ name: 'not shown in the log', when: { not: { field: 'candidate.logged_position', gte: 0 } } }],
  diversity: null,
  top_k: 1000,
};

/** The order the log holds: candidates with a logged position, first place first; the others count as removed. */
export function loggedRanking({ candidates }: RankingRequest<Candidates>, idOrder: IdOrder): Ranking {
  const score = Float64Array.from(
    { length: candidates.length },
    (_, index) => candidates.at(index)?.loggedScore ?? 0,
  );
  const { loggedPosition } = candidateColumns(candidates);
  const order = loggedPlaces(candidates);
  return {
    baseScore: score,
    multipliedScore: score,
    diversityFactor: new Float64Array(),
    finalScore: score,
    removedBy: Int16Array.from(loggedPosition, (place) => (Number.isNaN(place) ? 0 : -1)),
    order,
    feedLength: order.length,
    idOrder,
  };
}

/** Candidate indexes in the order the log showed them; those it did not show are left out. */
export function loggedPlaces(candidates: Candidates): Int32Array {
  const { loggedPosition } = candidateColumns(candidates);
  let shown = 0;
  for (let index = 0; index < loggedPosition.length; index += 1)
    if (!Number.isNaN(loggedPosition[index])) shown += 1;
  const order = new Int32Array(shown);
  for (let index = 0, kept = 0; kept < shown; index += 1) {
    if (Number.isNaN(loggedPosition[index])) continue;
    order[kept] = index;
    kept += 1;
  }
  if (shown > FEW)
    return order.toSorted((a, b) => place(loggedPosition, a) - place(loggedPosition, b) || a - b);
  for (let next = 1; next < shown; next += 1) {
    const index = order[next] ?? 0;
    let at = next;
    for (; at > 0 && place(loggedPosition, order[at - 1] ?? 0) > place(loggedPosition, index); at -= 1)
      order[at] = order[at - 1] ?? 0;
    order[at] = index;
  }
  return order;
}

/** Up to so many places are sorted by insertion. */
const FEW = 32;

const place = (loggedPosition: Float64Array, index: number): number => loggedPosition[index] ?? NaN;
