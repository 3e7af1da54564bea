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
  const shown: number[] = [];
  for (let index = 0; index < loggedPosition.length; index += 1)
    if (!Number.isNaN(loggedPosition[index])) shown.push(index);
  const place = (index: number): number => loggedPosition[index] ?? NaN;
  return Int32Array.from(shown.toSorted((a, b) => place(a) - place(b) || a - b));
}
