import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { compareHere } from '../../../electron/services/weights/compare-pair.ts';
import { readOnnx } from '../../../electron/services/weights/read-onnx.ts';
import { readSafetensors } from '../../../electron/services/weights/read-safetensors.ts';
import type { StoredTensor } from '../../../electron/services/weights/stored-tensor.ts';
import { LAYOUTS } from '../../../shared/domain/weights/dtype.ts';
import type { Change } from '../../../shared/domain/weights/difference.ts';
import { fixture } from './reference.ts';

const Row = z.object({ row: z.number(), norm: z.number() });
const Expected = z.object({
  changed: z.number(),
  changedShare: z.number(),
  notFinite: z.number(),
  relative: z.number(),
  cosine: z.number(),
  largest: z.object({ change: z.number(), index: z.number() }),
  histogram: z.array(z.object({ power: z.number(), rises: z.number(), falls: z.number() })),
  movedRows: z.array(Row),
});
/** What numpy says of two versions of each type's tensor, see tests/fixtures/weights/difference.py. */
const expected = z
  .record(z.string(), Expected)
  .parse(JSON.parse(readFileSync(fixture('difference.json'), 'utf8')));

const close = (found: number | null, wanted: number): void =>
  expect(Math.abs((found ?? NaN) - wanted)).toBeLessThanOrEqual(1e-9 * Math.abs(wanted));

/** Counts and places exactly as numpy's, sums to 1e-9 of them. */
function expectAsNumpy(found: Change, dtype: string): void {
  const wanted = expected[dtype];
  if (wanted === undefined) throw new Error(`${dtype} is missing`);
  const { changed, changedShare, notFinite, largest, histogram } = wanted;
  expect(found).toMatchObject({ changed, changedShare, notFinite, largest, histogram });
  close(found.relative, wanted.relative);
  close(found.cosine, wanted.cosine);
  expect(found.movedRows).toHaveLength(wanted.movedRows.length);
  for (const [at, { row, norm }] of wanted.movedRows.entries()) {
    const moved = found.movedRows[at];
    close(moved?.norm ?? NaN, norm);
    expect(moved?.row).toBe(row);
  }
}

const pairsOf = (before: readonly StoredTensor[], after: readonly StoredTensor[]) =>
  after.map((later) => {
    const pair = { before: before.find(({ name }) => name === later.name) ?? later, after: later };
    return [later.dtype, pair] as const;
  });

describe("how two versions differ is numpy's answer for", () => {
  it.each(
    pairsOf(
      readSafetensors(fixture('every-dtype.safetensors')),
      readSafetensors(fixture('every-dtype-after.safetensors')),
    ),
  )('%s in safetensors', (dtype, pair) => expectAsNumpy(compareHere(pair), dtype));

  it.each(pairsOf(readOnnx(fixture('every-dtype.onnx')), readOnnx(fixture('every-dtype-after.onnx'))))(
    '%s in ONNX',
    (dtype, pair) => expectAsNumpy(compareHere(pair), dtype),
  );

  it('every type that either format has but text', () => {
    const types = Object.keys(LAYOUTS).filter((dtype) => dtype !== 'STRING');
    expect(Object.keys(expected).toSorted()).toEqual(types.toSorted());
  });
});
