import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rankRequest } from '../../../../shared/domain/ranking/rank.ts';
import type { RankingRequest } from '../../../../shared/domain/ranking/request.ts';
import { candidate, outputs, request, scorePolicy } from './fixture.ts';

const DECAY = 0.5;
const FLOOR = 0.25;
const OUT_OF_NETWORK = 0.75;
const policy = scorePolicy(
  `multipliers: [{name: out_of_network, when: {field: candidate.in_network, eq: 0}, factor: ${OUT_OF_NETWORK}}]\n` +
    `diversity: {by: item.author_id, decay: ${DECAY}, floor: ${FLOOR}}\n`,
);

/**
 * The order of X's multipliers, as it is published: positions within an author by the weighted score, then the discount
 * (1 − floor) · decay^position + floor, then the out-of-network factor, all of them factors of one score. 2026:
 * xai-org/x-algorithm at 625f9e30d50488bcf4f92a5e58819a50a028b724, home-mixer/scorers/ranking_scorer.rs, `score`: author
 * diversity is applied to the weighted scores and `effective_oon` to what comes of it. 2023: twitter/the-algorithm at
 * 77598a93866c92441c701d6ccea79f8583a07d18, scored_tweets/scorer/HeuristicScorer.scala: the product of
 * RescoreOutOfNetwork, …, RescoreAuthorDiversity and RescoreFeedbackFatigue, where the discount and its 0.5 and 0.25 are
 * those of DiversityDiscountProvider.scala, positions by the score before any of them.
 */
function publishedScores({ candidates }: RankingRequest, scores: readonly number[]): number[] {
  const order = candidates
    .map((_, index) => index)
    .toSorted((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0) || a - b);
  const seen = new Map<string, number>();
  const final = [...scores];
  for (const index of order) {
    const { item, inNetwork } = candidates[index] ?? candidate('');
    const position = item.authorId === null ? 0 : (seen.get(item.authorId) ?? 0);
    if (item.authorId !== null) seen.set(item.authorId, position + 1);
    const discount = (1 - FLOOR) * DECAY ** position + FLOOR;
    final[index] = (scores[index] ?? 0) * discount * (inNetwork === 0 ? OUT_OF_NETWORK : 1);
  }
  return final;
}

const ranked = (items: RankingRequest, scores: number[]) =>
  rankRequest(policy, items, outputs({ x: scores }), 'integer');

describe('X’s published order of multipliers', () => {
  it('gives the scores and feeds that this order gives, where a user follows an author or does not', () => {
    const drawn = fc.uniqueArray(
      fc.record({
        id: fc.integer({ min: 1, max: 999 }).map(String),
        author: fc.constantFrom('followed', 'followed too', 'stranger', 'another stranger', null),
        score: fc.integer({ min: 0, max: 64 }).map((n) => n / 8),
      }),
      { selector: ({ id }) => id, minLength: 1, maxLength: 30 },
    );
    fc.assert(
      fc.property(drawn, (rows) => {
        const byId = rows.toSorted((a, b) => Number(a.id) - Number(b.id));
        const items = request(
          ...byId.map(({ id, author }) =>
            candidate(id, { authorId: author, inNetwork: author?.startsWith('followed') === true ? 1 : 0 }),
          ),
        );
        const scores = byId.map(({ score }) => score);
        const expected = publishedScores(items, scores);
        const { finalScore, order } = ranked(items, scores);
        for (const [index, score] of expected.entries()) expect(finalScore[index]).toBeCloseTo(score, 12);
        const best = expected
          .map((_, index) => index)
          .toSorted((a, b) => (finalScore[b] ?? 0) - (finalScore[a] ?? 0) || a - b);
        expect([...order]).toEqual(best);
      }),
    );
  });

  it('differs in one thing: an author partly in the network is counted after the factor here, before it there', () => {
    const items = request(
      candidate('1', { authorId: 'a', inNetwork: 0 }),
      candidate('2', { authorId: 'a', inNetwork: 1 }),
    );
    const scores = [1, 0.9];
    const second = (1 - FLOOR) * DECAY + FLOOR;
    expect(publishedScores(items, scores)).toEqual([OUT_OF_NETWORK, 0.9 * second]);
    expect([...ranked(items, scores).finalScore].map((score) => Number(score.toFixed(6)))).toEqual([
      OUT_OF_NETWORK * second,
      0.9,
    ]);
  });
});
