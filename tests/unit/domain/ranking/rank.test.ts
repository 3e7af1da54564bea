import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { StatesideError } from '../../../../shared/domain/error.ts';
import { applyFactor } from '../../../../shared/domain/ranking/arithmetic.ts';
import { rankRequest } from '../../../../shared/domain/ranking/rank.ts';
import type { RankingRequest } from '../../../../shared/domain/ranking/request.ts';
import type { Ranking } from '../../../../shared/domain/ranking/rank.ts';
import {
  candidate,
  drawnRequest,
  outputs,
  POLICY,
  rankable,
  request,
  scorePolicy,
  type Drawn,
} from './fixture.ts';

const ids = ({ candidates }: RankingRequest, { order }: Ranking): (string | undefined)[] =>
  Array.from(order, (index) => candidates[index]?.item.itemId);

const rankDrawn = (drawn: readonly Drawn[]): { ids: (string | undefined)[]; ranking: Ranking } => {
  const { request, outputs } = rankable(drawn);
  const ranking = rankRequest(POLICY, request, outputs, 'integer');
  return { ids: ids(request, ranking), ranking };
};

/** Ranks items of the given scores and ids under a policy of one head. */
function rankScores(
  policy: ReturnType<typeof scorePolicy>,
  items: RankingRequest,
  scores: number[],
): Ranking {
  return rankRequest(policy, items, outputs({ x: scores }), 'text');
}

describe('ranking a request', () => {
  it('weighs scaled and clamped outputs, float32 as they are, in float64', () => {
    const items = request(candidate('1', { inNetwork: 1 }), candidate('2', { inNetwork: 0 }));
    const ranking = rankRequest(
      POLICY,
      items,
      outputs({ p_like: [0.1, 0.5], e_play_ms: [90_000, -5], p_hate: [0.001, 0.25] }),
      'integer',
    );
    const like = Math.fround(0.1);
    const hate = Math.fround(0.001);
    expect(ranking.baseScore[0]).toBe(0.5 * like + 0.004 * 60 + -74 * hate);
    expect(ranking.baseScore[1]).toBe(0.25 - 18.5);
    expect(ranking.multipliedScore[1]).toBe((0.25 - 18.5) / 0.75);
    expect(ids(items, ranking)).toEqual(['1', '2']);
  });

  it('puts ties in the order of item ids: numbers by size, text by code point', () => {
    const items = request(candidate('10'), candidate('9'), candidate('100'));
    const tied = outputs({ x: [1, 1, 1] });
    expect(ids(items, rankRequest(scorePolicy(), items, tied, 'integer'))).toEqual(['9', '10', '100']);
    expect(ids(items, rankRequest(scorePolicy(), items, tied, 'text'))).toEqual(['10', '100', '9']);
    const texts = request(candidate('😀'), candidate('\uFF5E'));
    expect(ids(texts, rankScores(scorePolicy(), texts, [1, 1]))).toEqual(['\uFF5E', '😀']);
  });

  it('keeps an item that stands in a request twice in the order of the request', () => {
    const items = request(candidate('a'), candidate('a'), candidate('a'));
    expect([...rankScores(scorePolicy(), items, [1, 1, 1]).order]).toEqual([0, 1, 2]);
  });

  it('takes −0 and 0 for a tie', () => {
    const items = request(candidate('b'), candidate('a'));
    expect(ids(items, rankScores(scorePolicy(), items, [0, -0]))).toEqual(['a', 'b']);
  });

  it('applies multipliers one after the other, those without a condition to all', () => {
    const policy = scorePolicy(
      'multipliers:\n  - {name: all, factor: 0.5}\n  - {name: long, when: {field: item.duration_ms, gt: 9}, factor: 0.25}',
    );
    const items = request(candidate('a', { durationMs: 10 }), candidate('b', { durationMs: 9 }));
    expect([...rankScores(policy, items, [8, 8]).finalScore]).toEqual([1, 4]);
    expect([...rankScores(policy, items, [-8, -8]).finalScore]).toEqual([-64, -16]);
  });

  it('removes what a filter holds for, remembers the first that did, and still scores it', () => {
    const policy = scorePolicy(
      'filters:\n  - {name: spam, when: {label: {any_of: [spam]}}}\n  - {name: any, when: {label: {any_of: [spam, gore]}}}',
    );
    const items = request(
      candidate('a', { labels: ['gore'] }),
      candidate('b', { labels: ['gore', 'spam'] }),
      candidate('c'),
    );
    const ranking = rankScores(policy, items, [3, 2, 1]);
    expect([...ranking.removedBy]).toEqual([1, 0, -1]);
    expect(ids(items, ranking)).toEqual(['c']);
    expect([...ranking.finalScore]).toEqual([3, 2, 1]);
  });

  it('cuts the feed at top_k and keeps the whole order', () => {
    const items = request(...'abcdefg'.split('').map((id) => candidate(id)));
    const ranking = rankScores(scorePolicy(), items, [1, 2, 3, 4, 5, 6, 7]);
    expect(ranking.feedLength).toBe(5);
    expect(ids(items, ranking)).toEqual(['g', 'f', 'e', 'd', 'c', 'b', 'a']);
    const few = request(candidate('a'));
    expect(rankScores(scorePolicy(), few, [1]).feedLength).toBe(1);
  });

  it('ranks a request without candidates to an empty feed', () => {
    const ranking = rankScores(scorePolicy(), request(), []);
    expect([ranking.order.length, ranking.feedLength]).toEqual([0, 0]);
  });
});

describe('the diversity rule', () => {
  const diverse = scorePolicy('diversity: {by: item.author_id, decay: 0.5, floor: 0.25}');

  it('gives the k-th item of an author the factor (1 − floor)·decay^k + floor that X published, and sorts again', () => {
    const items = request(
      candidate('a', { authorId: 'ann' }),
      candidate('b', { authorId: 'ann' }),
      candidate('c', { authorId: 'ann' }),
      candidate('d', { authorId: 'bob' }),
    );
    const ranking = rankScores(diverse, items, [16, 15, 14, 8]);
    expect([...ranking.diversityFactor]).toEqual([1, 0.625, 0.4375, 1]);
    expect([...ranking.finalScore]).toEqual([16, 9.375, 6.125, 8]);
    expect(ids(items, ranking)).toEqual(['a', 'b', 'd', 'c']);
  });

  it('counts in rank order, not in the order of the request', () => {
    const items = request(candidate('a', { authorId: 'ann' }), candidate('b', { authorId: 'ann' }));
    expect([...rankScores(diverse, items, [1, 2]).diversityFactor]).toEqual([0.625, 1]);
  });

  it('demotes negative scores too', () => {
    const items = request(candidate('a', { authorId: 'ann' }), candidate('b', { authorId: 'ann' }));
    expect([...rankScores(diverse, items, [-1, -2]).finalScore]).toEqual([-1, -3.2]);
  });

  it('leaves items without an author alone, and does not count removed ones', () => {
    const policy = scorePolicy(
      'diversity: {by: item.author_id, decay: 0.5, floor: 0.25}\nfilters: [{name: spam, when: {label: {any_of: [spam]}}}]',
    );
    const items = request(
      candidate('a'),
      candidate('b'),
      candidate('c', { authorId: 'ann', labels: ['spam'] }),
      candidate('d', { authorId: 'ann' }),
    );
    expect([...rankScores(policy, items, [4, 3, 2, 1]).diversityFactor]).toEqual([NaN, NaN, NaN, 1]);
  });

  it('goes by any field of the item that the policy names', () => {
    const policy = scorePolicy('diversity: {by: item.attributes.music_id, decay: 0, floor: 0.5}');
    const items = request(
      candidate('a', { attributes: { music_id: 1 } }),
      candidate('b', { attributes: { music_id: '1' } }),
      candidate('c', { attributes: { music_id: 1 } }),
    );
    expect([...rankScores(policy, items, [3, 2, 1]).diversityFactor]).toEqual([1, 1, 0.5]);
  });
});

describe('a ranking', () => {
  it('does not depend on the order in which candidates stand', () => {
    const shuffled = drawnRequest.chain((drawn) =>
      fc.tuple(fc.constant(drawn), fc.shuffledSubarray(drawn, { minLength: drawn.length })),
    );
    fc.assert(
      fc.property(shuffled, ([drawn, again]) => {
        expect(rankDrawn(again).ids).toEqual(rankDrawn(drawn).ids);
      }),
    );
  });

  it('is not touched by new item ids that keep their order', () => {
    fc.assert(
      fc.property(drawnRequest, (drawn) => {
        const renamed = drawn.map((one) => withId(one, String(Number(one.candidate.item.itemId) * 3 + 1)));
        expect([...rankDrawn(renamed).ranking.order]).toEqual([...rankDrawn(drawn).ranking.order]);
      }),
    );
  });

  it('changes only among ties when new item ids do not keep their order', () => {
    fc.assert(
      fc.property(drawnRequest, (drawn) => {
        const renamed = drawn.map((one) => withId(one, String(20_000 - Number(one.candidate.item.itemId))));
        expect(scoresInOrder(renamed)).toEqual(scoresInOrder(drawn));
      }),
    );
  });

  it('holds every candidate that no filter removed exactly once, by falling score', () => {
    fc.assert(
      fc.property(drawnRequest, (drawn) => {
        const { order, removedBy, finalScore } = rankDrawn(drawn).ranking;
        const kept = [...removedBy.keys()].filter((index) => removedBy[index] === -1);
        expect([...order].toSorted((a, b) => a - b)).toEqual(kept);
        const scores = Array.from(order, (index) => finalScore[index] ?? NaN);
        expect(scores).toEqual(scores.toSorted((a, b) => b - a));
      }),
    );
  });
});

describe('a factor', () => {
  it('below 1 never raises a score and above 1 never lowers one, whatever the sign', () => {
    const score = fc.double({ min: -1e6, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(score, fc.double({ min: 1e-6, max: 1, noNaN: true }), (value, factor) => {
        expect(applyFactor(value, factor)).toBeLessThanOrEqual(value);
        expect(applyFactor(value, 1 / factor)).toBeGreaterThanOrEqual(value);
      }),
    );
  });

  it('demotes an unwanted item that plain multiplication would have promoted', () => {
    const policy = scorePolicy(
      'multipliers: [{name: oon, when: {field: candidate.in_network, eq: 0}, factor: 0.75}]',
    );
    const items = request(candidate('in', { inNetwork: 1 }), candidate('out', { inNetwork: 0 }));
    const ranking = rankScores(policy, items, [-4, -4]);
    expect(-4 * 0.75).toBeGreaterThan(-4);
    expect(ranking.finalScore[1]).toBe(-4 / 0.75);
    expect(ids(items, ranking)).toEqual(['in', 'out']);
  });
});

describe('numbers at the ends of their range', () => {
  const three = ['a', 'b', 'c'].map((id) => candidate(id, { authorId: 'ann' }));

  it('a diversity factor that would be 0 is the smallest normal number', () => {
    const policy = scorePolicy('diversity: {by: item.author_id, decay: 0, floor: 0}');
    const up = rankScores(policy, request(...three), [1, 3, 2]);
    expect([...up.diversityFactor]).toEqual([2 ** -1022, 1, 2 ** -1022]);
    expect([...up.finalScore]).toEqual([2 ** -1022, 3, 2 ** -1021]);
    const down = rankScores(policy, request(...three), [-9, -1, -8]);
    expect([...down.finalScore]).toEqual([-Number.MAX_VALUE, -1, -Number.MAX_VALUE]);
    expect(ids(request(...three), down)).toEqual(['b', 'a', 'c']);
  });

  it('without a floor a power of the decay counts as it is while it is a normal number', () => {
    const many = Array.from({ length: 1100 }, (_, at) => candidate(String(at), { authorId: 'ann' }));
    const policy = scorePolicy('diversity: {by: item.author_id, decay: 0.5, floor: 0}');
    const { diversityFactor } = rankScores(policy, request(...many), Array(1100).fill(1));
    const powers = Array.from({ length: 1100 }, (_, k) => 2 ** -Math.min(k, 1022));
    expect([...diversityFactor].toSorted((a, b) => b - a)).toEqual(powers);
  });

  it('a factor never makes a score infinite, and never turns its sign', () => {
    const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
    fc.assert(
      fc.property(
        finite,
        fc.double({ min: Number.MIN_VALUE, noDefaultInfinity: true, noNaN: true }),
        (score, by) => {
          const after = applyFactor(score, by);
          expect(Number.isFinite(after)).toBe(true);
          expect(after * Math.sign(score)).toBeGreaterThanOrEqual(0);
        },
      ),
    );
  });

  it('a score that no number can hold is refused with item and request', () => {
    const policy = scorePolicy('', 'weight: 1e300, max: 1e300, scale: 1e10');
    expect(() => rankScores(policy, request(...three), [0.01, 1, 0])).toThrow(
      'The score of item b of request r1 is larger than a number can be; lower the weights or scales',
    );
  });
});

describe('a request is refused', () => {
  const items = request(candidate('17'), candidate('18'));
  const refusal = (values: Record<string, number[]>): string => {
    try {
      rankRequest(scorePolicy(), items, outputs(values), 'text');
    } catch (error) {
      if (error instanceof StatesideError) return `${error.code}: ${error.message}`;
      throw error;
    }
    return 'accepted';
  };

  it.each([NaN, Infinity, -Infinity])('when a head gives %f, naming head, item and request', (value) => {
    expect(refusal({ x: [1, value] })).toBe(
      `bad_input: Head "x" gave ${value} for item 18 of request r1; a model whose outputs are not finite numbers cannot rank, correct the model.`,
    );
  });

  it('even where a clamp would have hidden it', () => {
    const clamped = scorePolicy('', 'weight: 1, clamp: {min: 0, max: 1}');
    expect(() => rankScores(clamped, items, [Infinity, 0])).toThrow('Head "x" gave Infinity for item 17');
  });

  it('when the model lacks an output that the policy names', () => {
    expect(refusal({ y: [1, 2] })).toBe(
      'bad_input: The model has no output "x", which head "x" of the ranking policy names; correct policy.yaml or the model.',
    );
  });

  it('when an output is not as long as the candidates are many', () => {
    expect(refusal({ x: [1, 2, 3] })).toBe(
      `bad_input: The model's output "x" holds 3 values for the 2 candidates of request r1; it must give one value for each.`,
    );
  });

  it('but not for an output the policy does not use', () => {
    expect(refusal({ x: [1, 2], y: [NaN, NaN] })).toBe('accepted');
  });
});

function withId(drawn: Drawn, itemId: string): Drawn {
  return { ...drawn, candidate: { ...drawn.candidate, item: { ...drawn.candidate.item, itemId } } };
}

/** Scores, best first, without the diversity rule, which acts by place and so by how ties fell. */
function scoresInOrder(drawn: readonly Drawn[]): (number | undefined)[] {
  const { request, outputs } = rankable(drawn);
  const { order, finalScore } = rankRequest({ ...POLICY, diversity: null }, request, outputs, 'integer');
  return Array.from(order, (index) => finalScore[index]);
}
