import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { z } from 'zod';
import type { TensorStatistics } from '../../../shared/domain/weights/statistics.ts';

export const fixture = (name: string): string =>
  fileURLToPath(new URL(`../../fixtures/weights/${name}`, import.meta.url));

const Expected = z.object({
  values: z.number(),
  zeros: z.number(),
  nans: z.number(),
  infinities: z.number(),
  min: z.number(),
  max: z.number(),
  mean: z.number(),
  std: z.number(),
  l2: z.number(),
  quantiles: z.array(z.number()),
  histogram: z.array(z.number()),
  from: z.number(),
  to: z.number(),
  /** Of [2:20, 3:7]. */
  sliceHistogram: z.array(z.number()),
  deadRows: z.array(z.number()),
  deadColumns: z.array(z.number()),
  norms: z.array(z.number().nullable()),
  /** SHA-256 of what numpy.save writes: the whole, [2:20, 3:7], [:, 5] and [7, 5]. */
  npy: z.string(),
  npySlice: z.string(),
  npyColumn: z.string(),
  npyScalar: z.string(),
});

/** What numpy says of each type's tensor, see tests/fixtures/weights/reference.py. */
export const reference = z
  .record(z.string(), Expected)
  .parse(JSON.parse(readFileSync(fixture('reference.json'), 'utf8')));

const close = (found: number, expected: number): void =>
  expect(Math.abs(found - expected)).toBeLessThanOrEqual(1e-9 * Math.abs(expected));

/** Counts and order statistics exactly as numpy's, sums to 1e-9 of them. */
export function expectAsNumpy(found: TensorStatistics, dtype: string): void {
  const expected = reference[dtype];
  const { spread, rows } = found;
  if (expected === undefined || spread === null || rows === null) throw new Error(`${dtype} is missing`);
  const { values, zeros, nans, infinities } = found;
  expect({ values, zeros, nans, infinities }).toEqual({
    values: expected.values,
    zeros: expected.zeros,
    nans: expected.nans,
    infinities: expected.infinities,
  });
  expect([spread.min, spread.max]).toEqual([expected.min + 0, expected.max + 0]);
  for (const name of ['mean', 'std', 'l2'] as const) close(spread[name], expected[name]);
  for (const [at, { value }] of spread.quantiles.entries())
    close(value, expected.quantiles[at] ?? Number.NaN);
  expect(spread.histogram?.counts).toEqual(expected.histogram);
  expect(rows.firstDeadRows).toEqual(expected.deadRows);
  expect(rows.firstDeadColumns).toEqual(expected.deadColumns);
}
