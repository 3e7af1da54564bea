import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gini, parityRatio, topShare, worstDecile } from '../../../../shared/domain/metrics/concentration.ts';
import { anyMarkedAt, exposureOf, exposureShareAt } from '../../../../shared/domain/metrics/exposure.ts';

const amounts = fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 30 });
const marks = fc.array(fc.constantFrom(0, 1), { minLength: 1, maxLength: 20 });

describe('exposure of marked items', () => {
  it('weighs a place by 1 / log2(1 + rank)', () => {
    expect([1, 3, 7].map(exposureOf)).toEqual([1, 1 / 2, 1 / 3]);
    expect(exposureShareAt([0, 0, 1], [2, 0, 1], 3)).toBeCloseTo(1 / (1 + 1 / Math.log2(3) + 1 / 2), 15);
    expect(exposureShareAt([1], [], 3)).toBeNull();
  });

  it('and whether any is there never fall when one more item is marked', () => {
    fc.assert(
      fc.property(marks, fc.nat(), fc.integer({ min: 1, max: 20 }), (given, at, k) => {
        const feed = given.map((_, index) => index).toReversed();
        const more = given.with(at % given.length, 1);
        for (const harm of [exposureShareAt, anyMarkedAt]) {
          expect(harm(more, feed, k) ?? 0).toBeGreaterThanOrEqual(harm(given, feed, k) ?? 0);
        }
      }),
    );
  });

  it('is seen only within the first k', () => {
    expect(anyMarkedAt([0, 1], [0, 1], 1)).toBe(0);
    expect(anyMarkedAt([0, 1], [0, 1], 2)).toBe(1);
    expect(anyMarkedAt([1], [], 2)).toBeNull();
  });
});

describe('the Gini coefficient', () => {
  it('of the shares of the textbook cases', () => {
    expect(gini([1, 1, 1, 1])).toBe(0);
    expect(gini([0, 0, 0, 5])).toBe(3 / 4);
    expect(gini([1, 2, 3])).toBeCloseTo(2 / 9, 15);
    expect(gini([0, 0])).toBeNull();
  });

  it('is half the mean absolute difference over the mean', () => {
    fc.assert(
      fc.property(amounts, (given) => {
        const mean = given.reduce((sum, amount) => sum + amount, 0) / given.length;
        const pairs = given.flatMap((a) => given.map((b) => Math.abs(a - b)));
        const difference = pairs.reduce((sum, gap) => sum + gap, 0) / pairs.length;
        if (mean > 0) expect(gini(given)).toBeCloseTo(difference / mean / 2, 12);
        else expect(gini(given)).toBeNull();
      }),
    );
  });
});

describe('the largest and the worst', () => {
  it('share of the top is what the largest hold, one at least', () => {
    expect(topShare([1, 2, 7], 0.01)).toBe(7 / 10);
    expect(
      topShare(
        Array.from({ length: 200 }, (_, at) => (at < 2 ? 50 : 0)),
        0.01,
      ),
    ).toBe(1);
    expect(topShare([], 0.01)).toBeNull();
  });

  it('decile of users is the mean of the tenth with most harm, rounded up', () => {
    expect(worstDecile([0.1, 0.5, 0])).toBe(0.5);
    expect(worstDecile(Array.from({ length: 20 }, (_, at) => at))).toBe(18.5);
    expect(worstDecile([])).toBeNull();
  });

  it('decile never falls when a user is harmed more', () => {
    fc.assert(
      fc.property(amounts, fc.nat(), (given, at) => {
        const more = given.with(at % given.length, 2000);
        expect(worstDecile(more) ?? 0).toBeGreaterThanOrEqual(worstDecile(given) ?? 0);
      }),
    );
  });

  it('parity is the smallest over the largest of several groups', () => {
    expect(parityRatio([0.2, 0.5, 0.4])).toBe(0.4);
    expect(parityRatio([0.3])).toBeNull();
    expect(parityRatio([0, 0])).toBeNull();
    expect(parityRatio([0, 1])).toBe(0);
  });
});
