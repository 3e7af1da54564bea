import { describe, expect, test } from 'vitest';
import { paceOf, timesOf } from '../../../shared/domain/review/quality.ts';

const minutes = (...at: number[]) => at.map((minute) => Date.UTC(2026, 10, 24, 9, minute));

describe('the pace of a reviewer', () => {
  test('is the median time between two submissions', () => {
    expect(timesOf(minutes(0, 1, 3, 6))).toEqual([60, 120, 180]);
    expect(paceOf([60, 180, 120])).toEqual({ median: 120, feeds: 3 });
    expect(paceOf([60, 180, 120, 240])).toEqual({ median: 150, feeds: 4 });
  });

  test('leaves breaks of more than half an hour out, and is none for fewer than three feeds', () => {
    expect(timesOf(minutes(0, 2, 45, 46))).toEqual([120, 60]);
    expect(paceOf([120, 60])).toBeNull();
    expect(timesOf([])).toEqual([]);
  });
});
