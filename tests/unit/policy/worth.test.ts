import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { diffPolicies } from '../../../shared/domain/formula/diff.ts';
import { keepRequest, orderKept } from '../../../shared/domain/formula/kept-request.ts';
import { undoChange } from '../../../shared/domain/formula/undo.ts';
import { worthOf } from '../../../shared/domain/formula/worth.ts';
import { parsePolicy } from '../../../shared/domain/ranking/parse-policy.ts';
import type { RankingPolicy } from '../../../shared/domain/ranking/policy.ts';
import { rankRequest } from '../../../shared/domain/ranking/rank.ts';
import { candidate, drawnRequest, outputs, POLICY, rankable, request } from '../domain/ranking/fixture.ts';

const policy = (weights: readonly [number, number], rest = 'top_k: 5'): RankingPolicy =>
  parsePolicy(
    `version: 1
heads:
  - {name: like, output: p_like, kind: probability, weight: ${weights[0]}}
  - {name: hate, output: p_hate, kind: probability, weight: ${weights[1]}}
${rest}
`,
    'policy.yaml',
  );

const withWeights = (policy: RankingPolicy, weights: readonly number[]): RankingPolicy => ({
  ...policy,
  heads: policy.heads.map((head, at) => Object.assign({}, head, { weight: weights[at] ?? head.weight })),
});

const kept = (policy: RankingPolicy, like: number[], hate: number[]) =>
  keepRequest(
    policy,
    request(...like.map((_, at) => candidate(String(at)))),
    outputs({ p_like: like, p_hate: hate }),
    'integer',
  );

describe('a kept request', () => {
  test('is ordered under any weights as the whole ranking orders it', () => {
    const weight = fc.double({ min: -100, max: 100, noNaN: true });
    fc.assert(
      fc.property(drawnRequest, fc.tuple(weight, weight, weight), (drawn, weights) => {
        const { request, outputs } = rankable(drawn);
        const whole = rankRequest(withWeights(POLICY, weights), request, outputs, 'integer');
        expect([...orderKept(keepRequest(POLICY, request, outputs, 'integer'), weights)]).toEqual([
          ...whole.order,
        ]);
      }),
      { numRuns: 500 },
    );
  });

  test('refuses outputs as a ranking does', () => {
    expect(() => kept(policy([1, -1]), [NaN], [0])).toThrow('Head "like" gave NaN for item 0');
    expect(() =>
      keepRequest(policy([1, -1]), request(candidate('a')), outputs({ p_like: [1] }), 'text'),
    ).toThrow('has no output "p_hate"');
  });
});

describe('what a weight is worth', () => {
  test('is its share of the absolute score: mean and deviation over items', () => {
    const formula = policy([1, -2]);
    const { heads, candidates, pairs, requests } = worthOf(formula, [kept(formula, [0.5, 0.5], [0.25, 0])]);
    expect({ candidates, pairs, requests }).toEqual({ candidates: 2, pairs: 1, requests: 1 });
    expect(heads.map(({ share }) => share)).toEqual([
      { mean: 0.75, deviation: 0.25 },
      { mean: 0.25, deviation: 0.25 },
    ]);
  });

  test('counts the neighbours that only this weight keeps in their order', () => {
    const formula = policy([1, -2]);
    const { heads } = worthOf(formula, [kept(formula, [0.75, 0.5, 0.125], [0.25, 0, 0])]);
    // By score 1, 0, 2; without hate 0, 1, 2; without like 1, 2, 0.
    expect(heads.map(({ flips }) => flips)).toEqual([500, 500]);
  });

  test('is nothing for a weight of 0 and for a head that says the same of every item', () => {
    const formula = policy([0, -2]);
    const { heads } = worthOf(formula, [kept(formula, [0.1, 0.2, 0.3], [0.4, 0.2, 0])]);
    expect(heads[0]?.share).toEqual({ mean: 0, deviation: 0 });
    expect(heads[0]?.flips).toBe(0);
    expect(new Set(heads[0]?.sensitivity.flatMap(({ overlap }) => overlap))).toEqual(new Set([1]));
    const flat = policy([1, -2]);
    expect(worthOf(flat, [kept(flat, [0.5, 0.5, 0.5], [0.4, 0.2, 0])]).heads[0]?.flips).toBe(0);
  });

  test('has no share or flips to tell of an empty sample', () => {
    expect(worthOf(policy([1, -1]), [])).toMatchObject({
      requests: 0,
      pairs: 0,
      heads: [
        { share: null, flips: null },
        { share: null, flips: null },
      ],
    });
  });

  test('shares add up to one, and a weight left as it is leaves the feed as it is', () => {
    fc.assert(
      fc.property(fc.array(drawnRequest, { minLength: 1, maxLength: 5 }), (drawn) => {
        const sample = drawn.map((one) => {
          const { request, outputs } = rankable(one);
          return keepRequest(POLICY, request, outputs, 'integer');
        });
        const { heads } = worthOf(POLICY, sample);
        const whole = heads.reduce((sum, { share }) => sum + (share?.mean ?? 0), 0);
        if (heads[0]?.share !== null) expect(whole).toBeCloseTo(1, 12);
        for (const { flips, sensitivity } of heads) {
          expect(flips ?? 0).toBeLessThanOrEqual(1000);
          expect(
            sensitivity.find(({ factor }) => factor === 1)?.overlap.every((overlap) => overlap === 1),
          ).toBe(true);
          for (const { overlap } of sensitivity)
            for (const one of overlap) expect(one).toBeLessThanOrEqual(1);
        }
      }),
    );
  });
});

describe('taking a change back', () => {
  const a = policy([1, -74], 'multipliers: [{name: far, factor: 0.75}, {name: old, factor: 0.8}]\ntop_k: 20');
  const b = policy(
    [2, -0.5],
    'multipliers: [{name: far, factor: 0.9}, {name: new, factor: 0.5}]\ndiversity: {by: item.author_id, decay: 0.5, floor: 0.25}\ntop_k: 10',
  );

  test('leaves every other change and removes that one', () => {
    const changes = diffPolicies(a, b);
    expect(changes).toHaveLength(7);
    for (const change of changes) {
      const left = diffPolicies(a, undoChange(a, b, change)).map(({ words }) => words);
      expect(left.toSorted()).toEqual(
        changes
          .map(({ words }) => words)
          .filter((words) => words !== change.words)
          .toSorted(),
      );
    }
  });

  test('of all changes gives the former policy again, but for the order of rules', () => {
    const back = diffPolicies(a, b).reduce((policy, change) => undoChange(a, policy, change), b);
    expect(diffPolicies(a, back)).toEqual([]);
  });
});
