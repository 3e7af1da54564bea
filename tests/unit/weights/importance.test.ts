import * as fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { differenceOf, drawRatio, estimateOf } from '../../../shared/domain/importance/estimate.ts';
import { addShuffled, permutation, permuteColumn } from '../../../shared/domain/importance/permutation.ts';
import { fixture } from './reference.ts';

/** What scikit-learn says, see tests/fixtures/weights/importance.py. */
const reference = z
  .object({
    weights: z.array(z.number()),
    rows: z.array(z.number()),
    observed: z.array(z.number()),
    repeats: z.number(),
    importance: z.array(z.object({ mean: z.number(), std: z.number() })),
  })
  .parse(JSON.parse(readFileSync(fixture('importance.json'), 'utf8')));

const emptySums = (requests: number) => ({
  movement: new Float64Array(requests),
  loss: new Float64Array(requests),
});

describe('a permutation', () => {
  it('holds every place once, and follows from seed, feature and repeat alone', () => {
    fc.assert(
      fc.property(fc.nat(200), fc.nat(1000), fc.nat(50), fc.nat(10), (count, seed, feature, repeat) => {
        const order = permutation(count, seed, feature, repeat);
        expect([...order].toSorted((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, at) => at));
        expect(permutation(count, seed, feature, repeat)).toEqual(order);
      }),
    );
    expect(permutation(50, 1, 0, 0)).not.toEqual(permutation(50, 1, 1, 0));
    expect(permutation(50, 1, 0, 0)).not.toEqual(permutation(50, 1, 0, 1));
  });

  it('puts each of three values into each place about equally often', () => {
    const seen = new Map<string, number>();
    for (let repeat = 0; repeat < 6000; repeat += 1) {
      const order = permutation(3, 9, 0, repeat).join('');
      seen.set(order, (seen.get(order) ?? 0) + 1);
    }
    // six orders, 1000 expected of each, standard deviation 29
    expect(seen.size).toBe(6);
    for (const count of seen.values()) expect(Math.abs(count - 1000)).toBeLessThan(130);
  });

  it('moves one column and leaves the others alone', () => {
    const table = Float32Array.of(1, 10, 2, 20, 3, 30);
    const target = table.slice();
    permuteColumn(target, table, 2, 1, Uint32Array.of(2, 0, 1));
    expect([...target]).toEqual([1, 30, 2, 10, 3, 20]);
  });
});

describe('what shuffling does to a head', () => {
  it('is what the definitions give for a case worked by hand', () => {
    const sums = emptySums(2);
    const head = { outputs: Float32Array.of(0.5, 0.25, 1), observed: Float32Array.of(1, NaN, 0) };
    addShuffled(sums, head, Float32Array.of(1, 0.75, 0.5), [2, 3], 1);
    // |1 − 0.5| + |0.75 − 0.25|, then |0.5 − 1|; (1−1)² − (0.5−1)², then (0.5−0)² − (1−0)²
    expect([...sums.movement]).toEqual([1, 0.5]);
    expect([...sums.loss]).toEqual([-0.25, -0.75]);
  });

  it('comes to 2p(1 − p) for a perfect predictor of a coin, and to nothing for a feature it ignores', () => {
    const [rows, repeats] = [2000, 20];
    const coin = Float32Array.from({ length: rows }, (_, at) => (at % 4 === 0 ? 1 : 0));
    const noise = Float32Array.from({ length: rows }, (_, at) => at / rows);
    const features = Float32Array.from(
      { length: 2 * rows },
      (_, at) => (at % 2 === 0 ? coin : noise)[at >> 1] ?? 0,
    );
    const lossOf = (feature: number): number => {
      const sums = emptySums(1);
      const target = features.slice();
      for (let repeat = 0; repeat < repeats; repeat += 1) {
        permuteColumn(target, features, 2, feature, permutation(rows, 1, feature, repeat));
        const outputs = Float32Array.from({ length: rows }, (_, at) => target[2 * at] ?? 0);
        addShuffled(sums, { outputs: coin, observed: coin }, outputs, [rows], repeats);
      }
      return (sums.loss[0] ?? NaN) / rows;
    };
    expect(lossOf(0)).toBeCloseTo(2 * 0.25 * 0.75, 2);
    expect(lossOf(1)).toBe(0);
  });
});

describe('permutation importance', () => {
  it("is scikit-learn's for every feature of a model with an interaction, within the doubt of both", () => {
    const { weights, rows, observed, repeats, importance } = reference;
    const features = Float32Array.from(rows);
    const columns = weights.length;
    const predict = (table: Float32Array): Float32Array =>
      Float32Array.from(observed, (_, row) => {
        const at = (column: number) => table[row * columns + column] ?? NaN;
        const sum = weights.reduce((total, weight, column) => total + weight * at(column), at(0) * at(1));
        return 1 / (1 + Math.exp(-sum));
      });
    const head = { outputs: predict(features), observed: Float32Array.from(observed) };
    for (const [feature, { mean, std }] of importance.entries()) {
      const sums = emptySums(1);
      const target = features.slice();
      for (let repeat = 0; repeat < repeats; repeat += 1) {
        permuteColumn(target, features, columns, feature, permutation(observed.length, 5, feature, repeat));
        addShuffled(sums, head, predict(target), [observed.length], repeats);
      }
      const found = (sums.loss[0] ?? NaN) / observed.length;
      // two means of so many repeats, four standard errors apart at most
      expect(Math.abs(found - mean)).toBeLessThanOrEqual(4 * std * Math.sqrt(2 / repeats) + 1e-9);
    }
    expect(importance.map(({ mean }) => mean > 0)).toContain(true);
  });
});

describe('an estimate', () => {
  const counts = Float64Array.from({ length: 400 }, () => 10);
  const sums = Float64Array.from({ length: 400 }, (_, at) => (at % 2) * 10);

  it('has the interval of a mean: 0.5 ± 1.96 × 0.5 / √400', () => {
    const drawn = drawRatio({ sums, counts }, 1);
    const { value, interval } = drawn === null ? { value: NaN, interval: null } : estimateOf(drawn);
    expect(value).toBe(0.5);
    expect(interval?.lower).toBeCloseTo(0.451, 2);
    expect(interval?.upper).toBeCloseTo(0.549, 2);
  });

  it('of a difference of two equals is nothing, with no doubt about it', () => {
    const drawn = drawRatio({ sums, counts }, 1);
    if (drawn === null) throw new Error('nothing drawn');
    expect(differenceOf(drawn, drawn)).toEqual({ value: 0, interval: { lower: 0, upper: 0 } });
  });

  it('is not there where nothing was observed', () => {
    expect(drawRatio({ sums: new Float64Array(3), counts: new Float64Array(3) }, 1)).toBeNull();
  });
});
