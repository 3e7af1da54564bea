import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Exposure } from '../../../resources/sample/build/exposures.ts';
import { computeFeatures, FEATURES } from '../../../resources/sample/build/features.ts';
import type { User } from '../../../resources/sample/build/users.ts';
import { exposure, HATED, LIKED } from './exposures.ts';

const DAYS = ['2022-04-08', '2022-04-09', '2022-04-10', '2022-04-11'];
const USERS = ['1', '2', '3'];
const users = new Map(
  USERS.map((userId): [string, User] => [
    userId,
    { userId, activity: 'full_active', registerDays: 100, followers: 7, follows: 3 },
  ]),
);

const column = (name: string): number => {
  const at = FEATURES.findIndex((feature) => feature.name === name);
  expect(at).toBeGreaterThanOrEqual(0);
  return at;
};

const showing = fc
  .record({
    day: fc.constantFrom(...DAYS),
    userId: fc.constantFrom(...USERS),
    videoId: fc.constantFrom('10', '11', '12', '13'),
    // From the evening before: the log counts late showings to the next day.
    minute: fc.integer({ min: -120, max: 1430 }),
    again: fc.integer({ min: 0, max: 200 }),
    outcome: fc.constantFrom(LIKED, HATED),
  })
  .map(({ day, userId, videoId, minute, again, outcome }): Exposure => {
    const shownMs = Date.parse(`${day}T00:00:00Z`) + minute * 60_000;
    return exposure(day, userId, videoId, { shownMs, lastShownMs: shownMs + again * 60_000, outcome });
  });

const featuresOf = (exposures: readonly Exposure[], day: string): number[][] =>
  computeFeatures(exposures, users)
    .filter((example) => example.exposure.day === day)
    .map(({ features }) => Array.from(features));

const eventsKnown = (log: readonly Exposure[]): number | undefined =>
  featuresOf(log, '2022-04-09')[0]?.[column('user_events')];

describe('features', () => {
  test('of a day stay the same when outcomes of that day or later change', () => {
    fc.assert(
      fc.property(
        fc.array(showing, { minLength: 1, maxLength: 30 }),
        fc.constantFrom(...DAYS),
        (log, day) => {
          const start = Math.min(...log.filter((one) => one.day >= day).map(({ shownMs }) => shownMs));
          const turned = log.map((one) =>
            one.lastShownMs >= start ? { ...one, outcome: one.outcome.hate === 1 ? LIKED : HATED } : one,
          );
          expect(featuresOf(turned, day)).toEqual(featuresOf(log, day));
        },
      ),
    );
  });

  test('change when an outcome of an earlier day does', () => {
    const earlier = exposure('2022-04-08', '1', '10');
    const later = exposure('2022-04-09', '1', '10');
    const liked = featuresOf([earlier, later], '2022-04-09');
    expect(featuresOf([{ ...earlier, outcome: HATED }, later], '2022-04-09')).not.toEqual(liked);
  });

  test('leave out an exposure shown again after the day began, for its outcome was not known yet', () => {
    const next = exposure('2022-04-09', '1', '11');
    const before = exposure('2022-04-08', '1', '10', { lastShownMs: next.shownMs - 1 });
    const across = exposure('2022-04-08', '1', '10', { lastShownMs: next.shownMs });
    expect(eventsKnown([before, next])).toBeCloseTo(Math.LN2, 6);
    expect(eventsKnown([across, next])).toBe(0);
  });

  test('draw a rate towards the rate of all by ten exposures', () => {
    const past = ['10', '11', '12', '13'].map((video) =>
      exposure('2022-04-08', '1', video, { outcome: HATED }),
    );
    const others = ['10', '11', '12', '13'].map((video) => exposure('2022-04-08', '2', video));
    const [features] = featuresOf([...past, ...others, exposure('2022-04-09', '1', '10')], '2022-04-09');
    // Half of all eight were hated; of the user's four, all.
    expect(features?.[column('user_hate_rate')]).toBeCloseTo((4 + 10 * 0.5) / (4 + 10), 6);
    expect(features?.[column('video_hate_rate')]).toBeCloseTo((1 + 10 * 0.5) / (2 + 10), 6);
  });

  test('say where the duration is unknown, and stay finite there', () => {
    const [features] = featuresOf([exposure('2022-04-08', '1', '10', { durationMs: 0 })], '2022-04-08');
    expect(features?.[column('video_duration_unknown')]).toBe(1);
    expect(features?.[column('video_duration')]).toBe(0);
    expect(features?.every(Number.isFinite)).toBe(true);
  });

  test('are refused for a user who is not in the user table', () => {
    expect(() => computeFeatures([exposure('2022-04-08', '9', '10')], users)).toThrow(/User 9/);
  });
});
