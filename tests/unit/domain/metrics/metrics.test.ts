import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firstDiffers, largestMove } from '../../../../shared/domain/metrics/moves.ts';
import { ndcgAt } from '../../../../shared/domain/metrics/ndcg.ts';
import { overlapAt } from '../../../../shared/domain/metrics/overlap.ts';
import { prevalenceAt } from '../../../../shared/domain/metrics/prevalence.ts';
import { rankBiasedOverlap } from '../../../../shared/domain/metrics/rank-biased-overlap.ts';
import { CompensatedSum } from '../../../../shared/domain/metrics/compensated-sum.ts';
import reference from '../../../fixtures/metrics/reference.json' with { type: 'json' };

const letters = (text: string): string[] => text.split('');
const gains = (...values: number[]): Float64Array => Float64Array.from(values);
const list = fc.uniqueArray(fc.integer({ min: 0, max: 40 }), { maxLength: 25 });

describe('overlap at k', () => {
  it('counts what the first k share', () => {
    expect(overlapAt(letters('abcde'), letters('bxayz'), 1)).toBe(0);
    expect(overlapAt(letters('abcde'), letters('bxayz'), 3)).toBe(2 / 3);
    expect(overlapAt(letters('abcde'), letters('bxayz'), 5)).toBe(2 / 5);
  });

  it('measures lists that do not reach k by the longer one', () => {
    expect(overlapAt(letters('ab'), letters('ba'), 20)).toBe(1);
    expect(overlapAt(letters('a'), letters('abcd'), 20)).toBe(1 / 4);
    expect(overlapAt([], [], 5)).toBe(1);
    expect(overlapAt([], letters('a'), 5)).toBe(0);
  });
});

describe('rank-biased overlap', () => {
  it.each([
    ['abcde', 'bcdae', 0.9, 0.828],
    ['abcdefg', 'abcdefg', 0.9, 1],
    ['abcdefg', 'bacdefg', 0.9, 0.9],
    ['abcde', 'fghij', 0.9, 0],
    ['a', 'b', 0.9, 0],
    ['a', '', 0.9, 0],
    ['', '', 0.9, 1],
  ])('of %s and %s at p %f is the published %f', (a, b, p, value) => {
    expect(rankBiasedOverlap(letters(a), letters(b), p)).toBeCloseTo(value, 3);
  });

  it('of a list and a prefix of it is 1, as nothing contradicts that the rest agrees', () => {
    expect(rankBiasedOverlap(letters('abcdefghijklmnopqrstuvwxyz'), letters('abcdefg'))).toBe(1);
  });

  it('agrees with equation 32 in exact arithmetic, lists of uneven length included', () => {
    expect(reference.rbo.some(({ a, b }) => a.length !== b.length)).toBe(true);
    for (const { a, b, p, value } of reference.rbo) expect(rankBiasedOverlap(a, b, p)).toBeCloseTo(value, 12);
  });

  it('is 1 exactly for a list and itself, the same both ways round, and within 0 and 1', () => {
    fc.assert(
      fc.property(list, list, (a, b) => {
        expect(rankBiasedOverlap(a, a)).toBe(1);
        const value = rankBiasedOverlap(a, b);
        expect(rankBiasedOverlap(b, a)).toBeCloseTo(value, 12);
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('weighs a change at the top more than one further down', () => {
    expect(rankBiasedOverlap(letters('abcdef'), letters('bacdef'))).toBeLessThan(
      rankBiasedOverlap(letters('abcdef'), letters('abcdfe')),
    );
  });
});

describe('nDCG at k', () => {
  it('is 0.785 for the worked example of Wikipedia’s article on discounted cumulative gain', () => {
    expect(ndcgAt(gains(3, 2, 3, 0, 1, 2, 3, 2), [0, 1, 2, 3, 4, 5], 6)).toBeCloseTo(0.785, 3);
  });

  it('gives what trec_eval gives for the examples of pytrec_eval', () => {
    expect(ndcgAt(gains(0, 1, 0), [2, 0, 1], 3)).toBe(0.5);
    expect(ndcgAt(gains(0, 1, 0), [1, 2, 0], 3)).toBe(1);
    expect(ndcgAt(gains(NaN, 1, 1), [0, 2, 1], 5)).toBeCloseTo(0.6934264036172708, 15);
  });

  it('agrees with a computation in fifty digits', () => {
    for (const { relevance, feed, k, value } of reference.ndcg) {
      expect(ndcgAt(Float64Array.from(relevance), feed, k)).toBeCloseTo(value, 12);
    }
  });

  it('holds relevant candidates against a feed that leaves them out', () => {
    expect(ndcgAt(gains(1, 1, 0), [2, 0], 2)).toBeCloseTo(1 / Math.log2(3) / (1 + 1 / Math.log2(3)), 15);
  });

  it('says nothing of a request without a relevant candidate', () => {
    expect(ndcgAt(gains(0, NaN, 0), [0, 1, 2], 3)).toBeNull();
  });
});

describe('prevalence at k', () => {
  it('is the share of the first k, or of the whole feed where it is shorter', () => {
    expect(prevalenceAt([1, 0, 1, 0], [0, 1, 2, 3], 2)).toBe(1 / 2);
    expect(prevalenceAt([1, 0, 1, 0], [0, 2, 1], 20)).toBe(2 / 3);
  });

  it('leaves out what is unknown, and says nothing when nothing is known', () => {
    expect(prevalenceAt([1, NaN, 0], [0, 1, 2], 3)).toBe(1 / 2);
    expect(prevalenceAt([NaN], [0], 3)).toBeNull();
    expect(prevalenceAt([1], [], 3)).toBeNull();
  });
});

describe('moves', () => {
  it('finds the largest change of place among items both lists hold', () => {
    expect(largestMove(letters('abcdx'), letters('dbcay'))).toBe(3);
    expect(largestMove(letters('ab'), letters('cd'))).toBe(0);
  });

  it('tells whether the first item changed', () => {
    expect(firstDiffers(letters('ab'), letters('ac'))).toBe(false);
    expect(firstDiffers(letters('ab'), letters('ba'))).toBe(true);
    expect(firstDiffers([], letters('a'))).toBe(true);
    expect(firstDiffers([], [])).toBe(false);
  });
});

describe('a compensated sum', () => {
  it('keeps what plain addition loses', () => {
    const sum = new CompensatedSum();
    for (const value of [1, 1e100, 1, -1e100]) sum.add(value);
    expect(sum.value).toBe(2);
    const tenths = new CompensatedSum();
    for (let count = 0; count < 1_000_000; count += 1) tenths.add(0.1);
    expect(tenths.value).toBe(100_000);
  });
});
