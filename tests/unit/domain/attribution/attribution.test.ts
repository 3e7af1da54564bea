import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  attributeParts,
  differingParts,
  mixedPolicy,
  PARTS,
} from '../../../../shared/domain/attribution/parts.ts';
import { shapleyValues } from '../../../../shared/domain/attribution/shapley.ts';
import { parsePolicy } from '../../../../shared/domain/ranking/parse-policy.ts';
import { rankRequest } from '../../../../shared/domain/ranking/rank.ts';
import { drawnRequest, outputs, POLICY, POLICY_TEXT, rankable } from '../ranking/fixture.ts';

const numbers = (...values: number[]): Float64Array => Float64Array.from(values);
const CHANGED = parsePolicy(
  POLICY_TEXT.replace('weight: 0.5', 'weight: 2')
    .replace('factor: 0.75', 'factor: 0.5')
    .replace('violence, minor_safety', 'spam')
    .replace('decay: 0.5', 'decay: 0.1'),
  'policy.yaml',
);

describe('Shapley values', () => {
  it('of the glove game are the textbook’s: 4/6 to the left glove, 1/6 to each right one', () => {
    const pair = (coalition: number): Float64Array => numbers((coalition & 1) === 1 && coalition > 1 ? 1 : 0);
    const values = shapleyValues(3, pair).map(([value = NaN]) => value);
    for (const [at, value] of [2 / 3, 1 / 6, 1 / 6].entries()) expect(values[at]).toBeCloseTo(value, 15);
  });

  it('of the airport game share each stretch of the runway among those who need it', () => {
    const costs = [8, 11, 13, 18];
    const runway = (coalition: number): Float64Array =>
      numbers(Math.max(0, ...costs.filter((_, player) => (coalition & (2 ** player)) !== 0)));
    const expected = [2, 3, 4, 9];
    for (const [at, [value = NaN]] of shapleyValues(4, runway).entries())
      expect(value).toBeCloseTo(expected[at] ?? NaN, 12);
  });

  it('sum to the whole, give nothing for nothing and the same for the same, in every number', () => {
    const worths = fc.array(fc.double({ min: -100, max: 100, noNaN: true }), {
      minLength: 16,
      maxLength: 16,
    });
    fc.assert(
      fc.property(worths, (given) => {
        // Player 4 changes nothing; the second number is the first doubled.
        const worth = (coalition: number): Float64Array => {
          const value = given[coalition & 15] ?? 0;
          return numbers(value, 2 * value);
        };
        const values = shapleyValues(5, worth);
        const sum = values.reduce((total, [value = NaN]) => total + value, 0);
        expect(sum).toBeCloseTo((given[15] ?? 0) - (given[0] ?? 0), 9);
        expect(values[4]).toEqual(numbers(0, 0));
        for (const [single = NaN, double = NaN] of values) expect(double).toBeCloseTo(2 * single, 9);
      }),
    );
  });
});

describe('the parts of a ranker', () => {
  it('differ where their content does', () => {
    expect(differingParts(POLICY, POLICY, true)).toEqual([]);
    expect(differingParts(POLICY, CHANGED, false)).toEqual(PARTS);
    expect(differingParts(POLICY, { ...POLICY, top_k: 3 }, true)).toEqual(['diversity']);
  });

  it('mixed all from one ranker are that ranker’s policy', () => {
    const all = (side: 'baseline' | 'candidate') =>
      mixedPolicy(
        { model: side, weights: side, multipliers: side, filters: side, diversity: side },
        POLICY,
        CHANGED,
      );
    expect(all('baseline')).toEqual(POLICY);
    expect(all('candidate')).toEqual(CHANGED);
  });

  it('sum to what changed in a feed, and a part that both share gets nothing', () => {
    fc.assert(
      fc.property(drawnRequest, fc.array(fc.constantFrom(...PARTS)), (drawn, kept) => {
        const { request, outputs: before } = rankable(drawn);
        const after = outputs({
          p_like: drawn.map(({ hate }) => hate * 64),
          e_play_ms: drawn.map(({ play }) => play / 2),
          p_hate: drawn.map(({ like }) => like / 128),
        });
        const candidate = mixedPolicy(
          {
            model: 'candidate',
            weights: kept.includes('weights') ? 'baseline' : 'candidate',
            multipliers: kept.includes('multipliers') ? 'baseline' : 'candidate',
            filters: kept.includes('filters') ? 'baseline' : 'candidate',
            diversity: kept.includes('diversity') ? 'baseline' : 'candidate',
          },
          POLICY,
          CHANGED,
        );
        const measure = (policy: typeof POLICY, given: typeof before): Float64Array => {
          const { order, feedLength } = rankRequest(policy, request, given, 'integer');
          const feed = order.subarray(0, feedLength);
          const labelled = feed.filter(
            (index) => (request.candidates[index]?.item.labels.length ?? 0) > 0,
          ).length;
          return numbers(labelled, feed[0] ?? -1);
        };
        const parts = attributeParts(differingParts(POLICY, candidate, false), (mix) =>
          measure(mixedPolicy(mix, POLICY, candidate), mix.model === 'candidate' ? after : before),
        );
        const whole = measure(candidate, after);
        const start = measure(POLICY, before);
        for (const at of [0, 1]) {
          const sum = PARTS.reduce((total, part) => total + (parts[part][at] ?? NaN), 0);
          expect(sum).toBeCloseTo((whole[at] ?? NaN) - (start[at] ?? NaN), 9);
        }
        for (const part of kept) if (part !== 'model') expect(parts[part]).toEqual(numbers(0, 0));
      }),
    );
  });
});
