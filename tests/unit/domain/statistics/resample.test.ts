import { describe, expect, it } from 'vitest';
import { percentileInterval } from '../../../../shared/domain/statistics/interval.ts';
import { POISSON_WEIGHTS } from '../../../../shared/domain/statistics/poisson.ts';
import { Random } from '../../../../shared/domain/statistics/random.ts';
import { bootstrapSums, DRAWS, signFlippedSums } from '../../../../shared/domain/statistics/resample.ts';
import { holm, randomisationP } from '../../../../shared/domain/statistics/significance.ts';

const random = new Random(7, 11, 13);
const uniform = (): number => (random.next() >>> 0) / 2 ** 32;
const normal = (): number => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());

/** One value per request beside the 1 that counts it. */
const chunk = (values: readonly number[], seed = 1, firstMark = 0) => ({
  seed,
  marks: Float64Array.from(values, (_, at) => firstMark + at),
  columns: 2,
  values: Float64Array.from(values.flatMap((value) => [value, 1])),
});
const means = (sums: Float64Array): Float64Array =>
  sums.slice(0, DRAWS).map((sum, draw) => sum / (sums[DRAWS + draw] ?? NaN));
const share = (repeats: number, holds: () => boolean): number =>
  Array.from({ length: repeats }, holds).filter(Boolean).length / repeats;

describe('random numbers', () => {
  it('are those of the public sfc32, seeded by words', () => {
    const one = new Random(1, 2, 3);
    const two = new Random(1, 2, 3);
    const first = Array.from({ length: 50 }, () => one.next());
    expect(Array.from({ length: 50 }, () => two.next())).toEqual(first);
    expect(new Random(1, 2, 4).next()).not.toBe(first[0]);
  });

  it('make Poisson weights of mean and variance 1', () => {
    const mean = POISSON_WEIGHTS.reduce((sum, weight) => sum + weight, 0) / POISSON_WEIGHTS.length;
    const square = POISSON_WEIGHTS.reduce((sum, weight) => sum + weight * weight, 0) / POISSON_WEIGHTS.length;
    expect(mean).toBeCloseTo(1, 4);
    expect(square - mean * mean).toBeCloseTo(1, 3);
    expect(POISSON_WEIGHTS.filter((weight) => weight === 0).length / 65_536).toBeCloseTo(Math.exp(-1), 4);
  });
});

describe('bootstrap intervals', () => {
  it.each([
    ['of a mean of normal numbers', 100, 1000, normal, 0],
    ['of a share', 150, 1000, () => (uniform() < 0.2 ? 1 : 0), 0.2],
    ['of a mean of skewed numbers', 300, 800, () => -Math.log(1 - uniform()), 1],
  ])(
    '%s hold the truth 95 ± 2 times in a hundred',
    (_, requests, repeats, draw, truth) => {
      let seed = 0;
      const covered = share(repeats, () => {
        const sums = bootstrapSums(chunk(Array.from({ length: requests }, draw), (seed += 1)));
        const interval = percentileInterval(means(sums));
        return interval !== null && interval.lower <= truth && truth <= interval.upper;
      });
      expect(Math.abs(covered - 0.95)).toBeLessThanOrEqual(0.02);
    },
    120_000,
  );

  it('are as wide as the normal approximation says', () => {
    const values = Array.from({ length: 2000 }, normal);
    const { lower, upper } = percentileInterval(means(bootstrapSums(chunk(values)))) ?? {
      lower: 0,
      upper: 0,
    };
    expect((upper - lower) / 2 / (1.96 / Math.sqrt(2000))).toBeCloseTo(1, 0);
  });

  it('pair the columns: what differs by a constant differs by it in every draw', () => {
    const values = Array.from({ length: 700 }, uniform);
    const sums = bootstrapSums({
      ...chunk(values),
      columns: 3,
      values: Float64Array.from(values.flatMap((value) => [value, value + 2, 1])),
    });
    for (let draw = 0; draw < DRAWS; draw += 1) {
      const [a = NaN, b = NaN, n = NaN] = [0, 1, 2].map((column) => sums[column * DRAWS + draw]);
      expect((b - a) / n).toBeCloseTo(2, 9);
    }
  });

  it('draw a request alike wherever it stands, with whatever others', () => {
    const values = Array.from({ length: 700 }, uniform);
    const [front, rear] = [chunk(values.slice(0, 300)), chunk(values.slice(300), 1, 300)];
    for (const sumsOf of [bootstrapSums, signFlippedSums]) {
      const [whole, a, b] = [chunk(values), front, rear].map((part) => sumsOf(part));
      for (const [at, sum] of whole?.entries() ?? [])
        expect((a?.[at] ?? NaN) + (b?.[at] ?? NaN)).toBeCloseTo(sum, 9);
    }
  });

  it('come out alike for the same seed, and otherwise for another seed or other requests', () => {
    const values = Array.from({ length: 10 }, uniform);
    expect(bootstrapSums(chunk(values))).toEqual(bootstrapSums(chunk(values)));
    expect(bootstrapSums(chunk(values, 2))).not.toEqual(bootstrapSums(chunk(values)));
    expect(bootstrapSums(chunk(values, 1, 1))).not.toEqual(bootstrapSums(chunk(values)));
  });

  it('are none where most draws have no evidence', () => {
    expect(percentileInterval(Float64Array.of(1, NaN, NaN))).toBeNull();
    expect(percentileInterval(new Float64Array())).toBeNull();
  });

  it('stand at the quantiles of the sorted replicates', () => {
    const replicates = Float64Array.from({ length: 999 }, (_, at) => 999 - at);
    const { lower, upper } = percentileInterval(replicates) ?? { lower: NaN, upper: NaN };
    expect([lower, upper].map((end) => Number(end.toFixed(9)))).toEqual([25, 975]);
  });
});

describe('the paired randomisation test', () => {
  const pOf = (differences: number[], seed: number): number | null => {
    const sums = signFlippedSums(chunk(differences, seed)).slice(0, DRAWS);
    return randomisationP(
      differences.reduce((sum, value) => sum + value, 0),
      sums,
    );
  };

  it('errs five times in a hundred where there is no difference', () => {
    let seed = 0;
    const refused = share(1000, () => (pOf(Array.from({ length: 60 }, normal), (seed += 1)) ?? 1) <= 0.05);
    expect(Math.abs(refused - 0.05)).toBeLessThanOrEqual(0.015);
  });

  it('finds the exact p value of Fisher’s count on few pairs', () => {
    // Of the 2⁸ sign patterns of eight equal differences, two make as large a sum: 2 / 256.
    const p = Array.from({ length: 20 }, (_, seed) => pOf(Array<number>(8).fill(0.1), seed + 1) ?? 1);
    expect(p.reduce((sum, value) => sum + value, 0) / p.length).toBeCloseTo(2 / 256 + 1 / 1001, 2);
  });

  it('sees a real difference, and nothing where nothing differs', () => {
    expect(
      pOf(
        Array.from({ length: 300 }, () => normal() + 0.5),
        1,
      ),
    ).toBe(1 / 1001);
    expect(pOf(Array<number>(50).fill(0), 1)).toBeNull();
  });
});

describe('Holm’s correction', () => {
  it('gives R’s p.adjust(c(0.01, 0.04, 0.03, 0.005), "holm")', () => {
    const expected = [0.03, 0.06, 0.06, 0.02];
    for (const [at, p] of holm([0.01, 0.04, 0.03, 0.005]).entries())
      expect(p).toBeCloseTo(expected[at] ?? NaN, 15);
  });

  it('leaves a single test alone and never exceeds 1', () => {
    expect(holm([0.04])).toEqual([0.04]);
    expect(holm([0.9, 0.8])).toEqual([1, 1]);
    expect(holm([])).toEqual([]);
  });
});
