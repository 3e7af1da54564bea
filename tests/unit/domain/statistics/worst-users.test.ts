import { describe, expect, it } from 'vitest';
import { worstDecile } from '../../../../shared/domain/metrics/concentration.ts';
import { percentileInterval } from '../../../../shared/domain/statistics/interval.ts';
import { Random } from '../../../../shared/domain/statistics/random.ts';
import { worstUsersDrawn } from '../../../../shared/domain/statistics/worst-users.ts';

const random = new Random(3, 5, 7);
const uniform = (): number => (random.next() >>> 0) / 2 ** 32;
const some = (count: number): Float64Array => Float64Array.from({ length: count }, uniform);

describe('the worst tenth of users, drawn anew', () => {
  it('lies around the figure of all users, the same for the same seed and otherwise for another', () => {
    const harms = some(500);
    const { baseline } = worstUsersDrawn({ seed: 1, baseline: harms, candidate: harms });
    const { lower, upper } = percentileInterval(baseline) ?? { lower: NaN, upper: NaN };
    const figure = worstDecile(harms) ?? NaN;
    expect(lower).toBeLessThan(figure);
    expect(upper).toBeGreaterThan(figure);
    expect(upper - lower).toBeLessThan(0.05);
    const again = worstUsersDrawn({ seed: 1, baseline: harms, candidate: harms });
    expect(again.baseline).toEqual(baseline);
    expect(worstUsersDrawn({ seed: 2, baseline: harms, candidate: harms }).baseline).not.toEqual(baseline);
  });

  it('pairs the rankers: a user counts as often for one as for the other', () => {
    const before = some(100);
    const same = worstUsersDrawn({ seed: 4, baseline: before, candidate: before });
    expect(same.candidate).toEqual(same.baseline);
    const more = before.map((harm) => harm + 0.25);
    const { baseline, candidate } = worstUsersDrawn({ seed: 4, baseline: before, candidate: more });
    for (const [draw, harm] of candidate.entries())
      expect(harm - (baseline[draw] ?? NaN)).toBeCloseTo(0.25, 9);
  });

  it('of users alike is what each of them has, and nothing without a user', () => {
    const alike = new Float64Array(60).fill(0.5);
    const { baseline } = worstUsersDrawn({ seed: 1, baseline: alike, candidate: alike });
    expect(new Set(baseline)).toEqual(new Set([0.5]));
    const none = worstUsersDrawn({ seed: 1, baseline: new Float64Array(), candidate: new Float64Array() });
    expect(none.baseline.every(Number.isNaN)).toBe(true);
  });
});
