import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { conditionWords } from '../../../shared/domain/formula/condition-words.ts';
import { diffPolicies } from '../../../shared/domain/formula/diff.ts';
import { parsePolicy } from '../../../shared/domain/ranking/parse-policy.ts';
import type { RankingPolicy } from '../../../shared/domain/ranking/policy.ts';

const sample = (name: string): RankingPolicy => {
  const file = new URL(`../../../resources/sample/releases/${name}/policy.yaml`, import.meta.url);
  return parsePolicy(readFileSync(file, 'utf8'), name);
};

const policy = (rest: string): RankingPolicy =>
  parsePolicy(
    `version: 1\nheads:\n  - {name: like, output: p_like, kind: probability, weight: 1}\n${rest}`,
    'policy.yaml',
  );

const withWeights = (policy: RankingPolicy, weights: readonly number[]): RankingPolicy => ({
  ...policy,
  heads: policy.heads.map((head, at) => Object.assign({}, head, { weight: weights[at] ?? head.weight })),
});

const words = (a: RankingPolicy, b: RankingPolicy): string[] => diffPolicies(a, b).map(({ words }) => words);

describe('what differs between two policies', () => {
  test('is said in numbers and words for the sample candidate that was made to fail', () => {
    expect(words(sample('us-2026.10.0'), sample('us-2026.11.0-rc1'))).toEqual([
      'hate −74 → −0.5: 148 times weaker',
      'long_view 1 → 5: 5 times stronger',
      'play 0.004 → 0.1: 25 times stronger',
    ]);
  });

  test('names rules that came and went', () => {
    expect(words(sample('us-2026.10.0'), sample('us-2026.11.0'))).toEqual([
      'like 0.5 → 10: 20 times stronger',
      'long_view 1 → 20: 20 times stronger',
      'multiplier hate_marked added with ×0.8',
      'multiplier often_abandoned added with ×0.9',
    ]);
    expect(words(sample('us-2026.11.0'), sample('us-2026.10.0'))).toContain(
      'multiplier hate_marked removed; it was ×0.8',
    );
  });

  test.each([
    [1, 0, 'like 1 → 0: switched off'],
    [0, 2, 'like 0 → 2: switched on'],
    [1, -1, 'like 1 → −1: what raised a score now lowers it'],
    [-2, 3, 'like −2 → 3: what lowered a score now raises it'],
    [1, 0.8, 'like 1 → 0.8: 20 % weaker'],
    [-1, -1.2, 'like −1 → −1.2: 20 % stronger'],
    [-74, -148, 'like −74 → −148: 2 times stronger'],
  ])('a weight from %s to %s reads well', (before, after, expected) => {
    const a = policy('top_k: 10\n');
    expect(words(withWeights(a, [before]), withWeights(a, [after]))).toEqual([expected]);
  });

  test('covers ranges, clamps, conditions, factors, filters, diversity and the cut', () => {
    const a = policy(
      `multipliers: [{name: old, factor: 0.8}, {name: far, when: {field: candidate.in_network, eq: 0}, factor: 0.75}]
filters: [{name: harm, when: {label: {any_of: [violence]}}}]
diversity: {by: item.author_id, decay: 0.5, floor: 0.25}
top_k: 20
`,
    );
    const b: RankingPolicy = {
      ...a,
      heads: a.heads.map((head) => Object.assign({}, head, { min: 0, clamp: { max: 60 } })),
      multipliers: [
        { name: 'old', factor: 0.9 },
        { name: 'far', when: { field: 'candidate.in_network', eq: 1 }, factor: 1.5 },
      ],
      filters: [{ name: 'harm', when: { label: { any_of: ['violence', 'spam'] } } }],
      diversity: null,
      top_k: 10,
    };
    expect(words(a, b)).toEqual([
      'like: least none → 0, clamp to none → 60',
      'old ×0.8 → ×0.9: demotes less',
      'far ×0.75 → ×1.5: demoted before and now promotes, candidate.in_network = 0 → 1',
      'filter harm: when labelled violence → labelled violence or spam',
      'diversity by item.author_id removed: one source may fill a feed',
      'feed: length 20 → 10',
    ]);
  });

  test('is nothing between a policy and itself, and mirrors when the two are exchanged', () => {
    const weights = fc.tuple(
      fc.double({ min: -9, max: 9, noNaN: true }),
      fc.double({ min: -9, max: 9, noNaN: true }),
    );
    const base = sample('us-2026.10.0');
    fc.assert(
      fc.property(weights, ([like, hate]) => {
        const other = withWeights(base, [like, hate]);
        expect(diffPolicies(other, withWeights(base, [like, hate]))).toEqual([]);
        const there = diffPolicies(base, other).flatMap(({ name, fields }) =>
          fields.map((field) => ({ name, ...field })),
        );
        const back = diffPolicies(other, base).flatMap(({ name, fields }) =>
          fields.map(({ field, before, after }) => ({ name, field, before: after, after: before })),
        );
        expect(there).toEqual(back);
      }),
    );
  });
});

test('conditions read as a person says them', () => {
  expect(
    conditionWords({
      all: [
        { field: 'item.duration_ms', gte: 30_000 },
        { any: [{ label: { all_of: ['a', 'b'] } }, { not: { field: 'item.language', in: ['en', 'es'] } }] },
      ],
    }),
  ).toBe('item.duration_ms ≥ 30000 and (labelled a and b or not item.language in ["en","es"])');
});
