import * as fc from 'fast-check';
import { describe, expect, expectTypeOf, it } from 'vitest';
import type { ItemArithmetic as ContractArithmetic } from '../../../../shared/contract/replay.ts';
import { explainRanking, type ItemArithmetic } from '../../../../shared/domain/ranking/explain.ts';
import { parsePolicy } from '../../../../shared/domain/ranking/parse-policy.ts';
import { rankRequest } from '../../../../shared/domain/ranking/rank.ts';
import type { RankingPolicy } from '../../../../shared/domain/ranking/policy.ts';
import type { HeadOutputs, RankingRequest } from '../../../../shared/domain/ranking/request.ts';
import { candidate, drawnRequest, outputs, POLICY, rankable, request, scorePolicy } from './fixture.ts';

const explain = (policy: RankingPolicy, asked: RankingRequest, given: HeadOutputs): ItemArithmetic[] =>
  explainRanking(policy, asked, given, rankRequest(policy, asked, given, 'integer'));

const withWeight = (policy: RankingPolicy, name: string, weight: number): RankingPolicy => ({
  ...policy,
  heads: policy.heads.map((head) => (head.name === name ? { ...head, weight } : head)),
});

describe('the explanation of a ranking', () => {
  it('has the shape the contract promises', () => {
    expectTypeOf<ItemArithmetic>().toEqualTypeOf<ContractArithmetic>();
  });

  it('tells every step of an item', () => {
    const items = request(
      candidate('1', { inNetwork: 0, authorId: 'ann' }),
      candidate('2', { inNetwork: 1, authorId: 'ann' }),
      candidate('3', { labels: ['violence'] }),
    );
    const given = outputs({ p_like: [0.5, 1, 1], e_play_ms: [50_000, 90_000, 0], p_hate: [0, 0, 0.25] });
    const [first, second, removed] = explain(POLICY, items, given);
    expect(first).toMatchObject({ itemId: '2', rank: 1, position: 1, removedBy: null, multipliers: [] });
    expect(first?.diversity).toEqual({ name: 'diversity', factor: 1, before: 0.74, after: 0.74 });
    expect(first?.beats).toMatchObject({ itemId: '1', rank: 2, margin: 0.74 - 0.45 * 0.75 * 0.625 });
    expect(second?.heads[1]).toEqual({
      name: 'play',
      output: 50_000,
      value: 50,
      weight: 0.004,
      contribution: 0.2,
    });
    expect(second?.baseScore).toBe(0.45);
    expect(second?.multipliers).toEqual([
      { name: 'out_of_network', factor: 0.75, before: 0.45, after: 0.45 * 0.75 },
    ]);
    expect(second?.finalScore).toBe(0.45 * 0.75 * 0.625);
    expect(second?.beats).toBeNull();
    expect(removed).toMatchObject({
      itemId: '3',
      rank: null,
      position: null,
      removedBy: 'policy_violation',
      beats: null,
    });
    expect(removed?.finalScore).toBe(0.5 - 18.5);
  });

  it('gives no position to what the feed was cut before', () => {
    const items = request(...'1234567'.split('').map((id) => candidate(id)));
    const places = explain(scorePolicy(), items, outputs({ x: [7, 6, 5, 4, 3, 2, 1] }));
    expect(places.map(({ position }) => position)).toEqual([1, 2, 3, 4, 5, null, null]);
    expect(places.map(({ rank }) => rank)).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });

  it('adds up to the score, to the last bit, and stands in rank order with removed items last', () => {
    fc.assert(
      fc.property(drawnRequest, (drawn) => {
        const { request, outputs } = rankable(drawn);
        const ranking = rankRequest(POLICY, request, outputs, 'integer');
        const items = explainRanking(POLICY, request, outputs, ranking);
        expect(items).toHaveLength(drawn.length);
        for (const [place, item] of items.entries()) {
          const index = request.candidates.findIndex((one) => one.item.itemId === item.itemId);
          const sum = item.heads.reduce((total, { contribution }) => total + contribution, 0);
          expect(sum).toBe(item.baseScore);
          const steps = [...item.multipliers, ...(item.diversity === null ? [] : [item.diversity])];
          let score = item.baseScore;
          for (const { before, after } of steps) {
            expect(before).toBe(score);
            score = after;
          }
          expect(score).toBe(item.finalScore);
          expect(item.finalScore).toBe(ranking.finalScore[index]);
          expect(item.rank).toBe(place < ranking.order.length ? place + 1 : null);
          expect(item.rank === null).toBe(item.removedBy !== null);
        }
      }),
    );
  });
});

describe('the smallest weight change that swaps an item with the next', () => {
  it('is found where it can be worked out by hand', () => {
    const policy = withWeight({ ...POLICY, diversity: null }, 'hate', -1);
    const items = request(candidate('1'), candidate('2'));
    // Like: 0.5·0.5 + 0 against 0.5·0.25, so 0.125 ahead; one hate of 0.0625 more costs it 0.0625.
    const [first] = explain(
      policy,
      items,
      outputs({ p_like: [0.5, 0.25], e_play_ms: [0, 0], p_hate: [0.0625, 0] }),
    );
    expect(first?.beats).toMatchObject({ itemId: '2', margin: 0.0625 });
    // hate −1 → −2 is 100 % of itself; like 0.5 → 0.25 is 50 %.
    expect(first?.beats?.swap?.head).toBe('like');
    expect(first?.beats?.swap?.needed).toBeCloseTo(0.25, 12);
  });

  it('crosses the kink where a score changes sign', () => {
    const policy = scorePolicy(
      'multipliers: [{name: oon, when: {field: candidate.in_network, eq: 0}, factor: 0.5}]',
    );
    const items = request(candidate('1', { inNetwork: 1 }), candidate('2', { inNetwork: 0 }));
    // For a positive weight 3·w stands above 4·w·0.5; below zero 3·w stands above 4·w / 0.5 as well.
    const [first] = explain(policy, items, outputs({ x: [3, 4] }));
    expect(first?.beats).toMatchObject({ itemId: '2', margin: 1, swap: null });
    const apart = request(candidate('1', { inNetwork: 1 }), candidate('2', { inNetwork: 0 }));
    const [other] = explain(policy, apart, outputs({ x: [3, -1] }));
    // 3·w against −w / 0.5 turns over at w = 0, where the two tie and the smaller id stays first.
    expect(other?.beats?.swap?.needed).toBeLessThan(0);
    expect(other?.beats?.swap?.needed).toBeGreaterThan(-1e-6);
  });

  it('is found where the two are swapped only for a while on the way to the bound', () => {
    const policy = parsePolicy(
      `version: 1
heads:
  - {name: x, output: x, kind: expectation, weight: 1, min: 1, max: 20}
  - {name: still, output: c, kind: expectation, weight: 1, min: 1, max: 1}
multipliers: [{name: oon, when: {field: candidate.in_network, eq: 0}, factor: 0.5}]
top_k: 5`,
      'p.yaml',
    );
    const items = request(candidate('1', { inNetwork: 1 }), candidate('2', { inNetwork: 0 }));
    // 5.5 − 0.625·w against (10 − w)·0.5 turns over at w = 4; past w = 10 the second is divided by 0.5 and falls back.
    const [first] = explain(policy, items, outputs({ x: [-0.625, -1], c: [5.5, 10] }));
    expect(first?.beats?.swap).toMatchObject({ head: 'x', weight: 1 });
    expect(first?.beats?.swap?.needed).toBeCloseTo(4, 9);
  });

  it('is none when both items have the same outputs, or when the bounds forbid it', () => {
    const items = request(candidate('1'), candidate('2'));
    expect(explain(scorePolicy(), items, outputs({ x: [1, 1] }))[0]?.beats?.swap).toBeNull();
    const bounded = scorePolicy('', 'weight: 1, min: 0.5, max: 2');
    expect(explain(bounded, items, outputs({ x: [2, 1] }))[0]?.beats?.swap).toBeNull();
  });

  it('swaps the two when applied and does not when a millionth is missing', () => {
    const plain = { ...POLICY, diversity: null };
    let found = 0;
    fc.assert(
      fc.property(drawnRequest, (drawn) => {
        const { request, outputs } = rankable(drawn);
        for (const { itemId, beats } of explain(plain, request, outputs)) {
          if (!beats?.swap) continue;
          found += 1;
          const { head, weight, needed } = beats.swap;
          const pair = drawn.filter(({ candidate }) =>
            [itemId, beats.itemId].includes(candidate.item.itemId),
          );
          const order = (changed: number): (string | undefined)[] => {
            const two = rankable(pair);
            const policy = withWeight(plain, head, changed);
            const ranking = rankRequest(policy, two.request, two.outputs, 'integer');
            return Array.from(ranking.order, (index) => two.request.candidates[index]?.item.itemId);
          };
          expect(order(weight)).toEqual([itemId, beats.itemId]);
          expect(order(needed)).toEqual([beats.itemId, itemId]);
          const nearer = Math.max(Math.abs(weight - needed) * 1e-6, Math.abs(needed) * 1e-11, 1e-14);
          if (Math.abs(weight - needed) > nearer) {
            expect(order(needed + Math.sign(weight - needed) * nearer)).toEqual([itemId, beats.itemId]);
          }
          const own = plain.heads.find(({ name }) => name === head);
          expect(needed).toBeGreaterThanOrEqual(own?.min ?? NaN);
          expect(needed).toBeLessThanOrEqual(own?.max ?? NaN);
        }
      }),
    );
    expect(found).toBeGreaterThan(100);
  });

  it('holds the diversity factors fixed', () => {
    const policy = scorePolicy('diversity: {by: item.author_id, decay: 0.5, floor: 0.25}');
    const items = request(candidate('1', { authorId: 'ann' }), candidate('2', { authorId: 'ann' }));
    // x·1 against 0.9·x·0.625: no weight above 0 swaps them, and below 0 the second is divided by 0.625.
    expect(explain(policy, items, outputs({ x: [1, 0.9] }))[0]?.beats?.swap).toBeNull();
  });

  it('prefers any other head to one of weight 0', () => {
    const policy = withWeight({ ...POLICY, diversity: null }, 'hate', 0);
    const items = request(candidate('2'), candidate('1'));
    const given = outputs({ p_like: [0.5, 0.25], e_play_ms: [0, 0], p_hate: [1, 0] });
    expect(explain(policy, items, given)[0]?.beats?.swap?.head).toBe('like');
    const tied = outputs({ p_like: [0.5, 0.5], e_play_ms: [0, 0], p_hate: [0, 1] });
    const [first] = explain(policy, items, tied);
    expect(first?.itemId).toBe('1');
    expect(first?.beats?.swap).toMatchObject({ head: 'hate', weight: 0 });
    expect(first?.beats?.swap?.needed).toBeLessThan(0);
  });
});
