import { describe, expect, test } from 'vitest';
import { labelVideos } from '../../../resources/sample/build/labels.ts';
import { beforeHeldOut } from '../../../resources/sample/build/split.ts';
import { exposure, HATED } from './exposures.ts';

const DAY = '2022-04-10';
const labelled = (exposures: Parameters<typeof labelVideos>[0], label: string) =>
  labelVideos(exposures, '2022-04-16')
    .filter((one) => one.label === label)
    .map(({ itemId }) => itemId);

/** Marks of hate on one video, each on the next day. */
const marks = (users: readonly string[]) =>
  users.map((user, at) => exposure(`2022-04-1${at}`, user, '10', { outcome: HATED }));
/** Short plays of one video on one day. */
const quick = (users: readonly string[]) =>
  users.map((user) => exposure(DAY, user, '10', { outcome: HATED }));

describe('labels', () => {
  test('count users, not marks: two of one user are not often', () => {
    expect(labelled(marks(['1', '1']), 'often_hated')).toEqual([]);
    expect(labelled(marks(['1', '1']), 'hate_marked')).toEqual(['10']);
    expect(labelled(marks(['1', '2']), 'often_hated')).toEqual(['10']);
  });

  test('are as sure as the smoothed share of viewers', () => {
    const hated = exposure(DAY, '1', '10', { outcome: HATED });
    const seen = ['2', '3', '4'].map((user) => exposure(DAY, user, '10'));
    const other = ['1', '2', '3', '4'].map((user) => exposure(DAY, user, '11'));
    const found = labelVideos([hated, ...seen, ...other], '2022-04-16').find(
      ({ label }) => label === 'hate_marked',
    );
    // One of four viewers; over both videos one of eight.
    expect(found?.confidence).toBeCloseTo((1 + 10 / 8) / (4 + 10), 12);
  });

  test('call no video abandoned that fewer than five users were shown', () => {
    expect(labelled(quick(['1', '2', '3', '4']), 'often_abandoned')).toEqual([]);
    expect(labelled(quick(['1', '2', '3', '4', '5']), 'often_abandoned')).toEqual(['10']);
  });
});

describe('the split by time', () => {
  test('keeps from the training period whatever was shown again after the held-out period began', () => {
    const heldOut = exposure('2022-04-16', '1', '10');
    const before = exposure('2022-04-15', '1', '11', { lastShownMs: heldOut.shownMs - 1 });
    const across = exposure('2022-04-15', '1', '12', { lastShownMs: heldOut.shownMs });
    expect(beforeHeldOut([before, across, heldOut])).toEqual([before]);
  });
});
