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
export function loggedRanking({ candidates }: RankingRequest, idOrder: IdOrder): Ranking {
  const score = Float64Array.from(candidates, ({ loggedScore }) => loggedScore ?? 0);
  const place = (index: number): number => candidates[index]?.loggedPosition ?? Infinity;
  const order = Int32Array.from(
    candidates.flatMap(({ loggedPosition }, index) => (loggedPosition === null ? [] : [index])),
  ).toSorted((a, b) => place(a) - place(b) || a - b);
  return {
    baseScore: score,
    multipliedScore: score,
    diversityFactor: new Float64Array(candidates.length).fill(NaN),
    finalScore: score,
    removedBy: Int16Array.from(candidates, ({ loggedPosition }) => (loggedPosition === null ? 0 : -1)),
    order,
    feedLength: order.length,
    idOrder,
  };
}
