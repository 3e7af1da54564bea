import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { estimateOffPolicy, type Estimate } from '../../../../shared/domain/off-policy/estimate.ts';
import type { LoggedAction } from '../../../../shared/domain/off-policy/sums.ts';
import { SUPPORT_RULE } from '../../../../shared/domain/off-policy/support.ts';

const file = new URL('../../../fixtures/open-bandit/bts-men.csv.gz', import.meta.url);
const [, ...rows] = gunzipSync(readFileSync(file)).toString().trimEnd().split('\n');
const log = rows.map((row) => {
  const [item = 0, , reward = 0, propensity = 0] = row.split(',').map(Number);
  return { item, reward, propensity };
});
const on = (reward: number, propensity: number, target: number): LoggedAction => ({
  reward,
  propensity,
  target,
  expected: null,
  expectedOfTarget: null,
});
const ITEMS = 34;
const clicks = log.reduce((sum, { reward }) => sum + reward, 0);
/** Clicks of each item over its showings, pulled towards the mean: a rough reward model. */
const expectedOf = Array.from({ length: ITEMS }, (_, item) => {
  const shown = log.filter((row) => row.item === item);
  return (
    (shown.reduce((sum, { reward }) => sum + reward, 0) + (10 * clicks) / log.length) / (shown.length + 10)
  );
});
const uniform = (model: (item: number) => number | null): LoggedAction[] => {
  const all = Array.from({ length: ITEMS }, (_, item) => model(item));
  const mean = all.reduce<number | null>(
    (sum, value) => (sum === null || value === null ? null : sum + value / ITEMS),
    0,
  );
  return log.map(({ item, reward, propensity }) =>
    Object.assign(on(reward, propensity, 1 / ITEMS), { expected: model(item), expectedOfTarget: mean }),
  );
};
const value = (estimate: Estimate): number => (estimate.supported ? estimate.value : NaN);
const reason = (estimate: Estimate): string => (estimate.supported ? '' : estimate.reason);
const alike = (count: number, action: LoggedAction): LoggedAction[] =>
  Array.from({ length: count }, () => action);

describe('estimates of the uniform policy from the Open Bandit log of Thompson sampling', () => {
  const { support, estimates } = estimateOffPolicy(uniform(() => null));

  it('are the published ones', () => {
    expect(value(estimates.ips)).toBeCloseTo(0.0030086263272564827, 15);
    expect(value(estimates.snips)).toBeCloseTo(0.0031894231622774096, 15);
    expect(support.effectiveSampleSize).toBeCloseTo(655.7, 1);
    expect(support).toMatchObject({ actions: 10_000, clippedShare: 0, reason: null });
    expect(support.largestWeight).toBeCloseTo(178.25311942959, 10);
  });

  it('need a reward model for the direct and the doubly robust one', () => {
    expect(reason(estimates.dm)).toMatch(/no reward model/);
    expect(reason(estimates.dr)).toMatch(/no reward model/);
  });

  it('with a model that says 0 make doubly robust the inverse propensity one', () => {
    const { estimates } = estimateOffPolicy(uniform(() => 0));
    expect(value(estimates.dr)).toBeCloseTo(value(estimates.ips), 15);
    expect(value(estimates.dm)).toBe(0);
  });

  it('with a model by item lie between the model and the rewards, near what uniform showing earned', () => {
    const { estimates } = estimateOffPolicy(uniform((item) => expectedOf[item] ?? null));
    expect(value(estimates.dm)).toBeCloseTo(
      expectedOf.reduce((sum, rate) => sum + rate / ITEMS, 0),
      12,
    );
    // The dataset's own log under the uniform policy has 46 clicks in 10,000.
    expect(Math.abs(value(estimates.dr) - 0.0046)).toBeLessThan(0.002);
  });
});

describe('an estimate', () => {
  it('of the logging policy itself is the mean reward, by every estimator', () => {
    const action = fc.record({
      reward: fc.double({ min: 0, max: 1, noNaN: true }),
      propensity: fc.double({ min: 0.01, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(action, { minLength: 100, maxLength: 150 }), (rows) => {
        const mean = rows.reduce((sum, { reward }) => sum + reward, 0) / rows.length;
        const { support, estimates } = estimateOffPolicy(
          rows.map(({ reward, propensity }) =>
            Object.assign(on(reward, propensity, propensity), { expected: mean, expectedOfTarget: mean }),
          ),
        );
        expect(support).toMatchObject({ largestWeight: 1, meanWeight: 1, reason: null });
        for (const estimate of Object.values(estimates)) expect(value(estimate)).toBeCloseTo(mean, 12);
      }),
    );
  });

  it('is unbiased for any target that the log covers', () => {
    // Two actions of rewards 1 and 0, logged by halves: a target of 0.9 and 0.1 earns 0.9.
    const { estimates } = estimateOffPolicy([...alike(100, on(1, 0.5, 0.9)), ...alike(100, on(0, 0.5, 0.1))]);
    expect(value(estimates.ips)).toBeCloseTo(0.9, 12);
    expect(value(estimates.snips)).toBeCloseTo(0.9, 12);
  });
});

describe('what the log does not support is no number', () => {
  it.each([
    ['nothing was logged', [], 'the log has no action with a propensity'],
    [
      'a propensity is 0',
      [...alike(200, on(1, 0.5, 0.5)), on(1, 0, 0.5)],
      '1 of 201 logged actions have a propensity of 0',
    ],
    ['few actions carry it', alike(99, on(1, 0.5, 0.5)), 'its effective sample size is 99.0, less than 100'],
    [
      'the log lacks the policy’s actions',
      alike(500, on(1, 0.5, 0.25)),
      'the mean weight is 0.50, not near 1: the log lacks actions the policy takes',
    ],
    [
      'many weights are cut',
      [...alike(98, on(1, 1, 0)), ...alike(120, on(0, 1e-4, 1))],
      '55.0 % of the weights are cut, more than 1 %',
    ],
  ])('where %s', (_, actions, because) => {
    const { support, estimates } = estimateOffPolicy(actions);
    expect(support.reason).toBe(because);
    for (const which of ['ips', 'snips'] as const)
      expect(estimates[which]).toEqual({ supported: false, reason: because });
    for (const estimate of Object.values(estimates)) expect(estimate.supported).toBe(false);
  });

  it('by a rule that may be stricter', () => {
    const strict = { ...SUPPORT_RULE, leastEffective: 1000 };
    expect(
      reason(
        estimateOffPolicy(
          uniform(() => 0),
          strict,
        ).estimates.ips,
      ),
    ).toBe('its effective sample size is 655.7, less than 1000');
  });
});
