import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import {
  agreementOf,
  bootstrapInterval,
  type Agreement,
  type Level,
} from '../../../shared/domain/review/agreement.ts';
import { binomial, redraw } from '../../../shared/domain/statistics/binomial.ts';
import { Random } from '../../../electron/services/snapshots/synth/random.ts';
import { pairTable, unitsOf, unitTable, type Unit } from './coded.ts';

/** Made and measured by numpy and scikit-learn: tests/fixtures/review/agreement.py. */
const MEASURED = z
  .array(
    z.object({
      rows: z.array(z.string()),
      nominal: z.object({ value: z.number() }),
      ordinal: z.object({ value: z.number() }),
      kappa: z.object({ value: z.number(), units: z.int() }),
      interval: z.tuple([z.number(), z.number()]).optional(),
    }),
  )
  .parse(JSON.parse(readFileSync(join(import.meta.dirname, '../../fixtures/review/agreement.json'), 'utf8')))
  .map(({ rows, nominal, ordinal, kappa, interval }) => ({
    nominal,
    ordinal,
    kappa,
    interval,
    units: unitsOf(Object.fromEntries(rows.map((row, coder) => [String(coder), row]))),
  }));

/** Reliability data of K. Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), section C: 4 observers, 12 units, a dot where nothing was recorded. */
const TABLE = {
  A: '1 2 3 3 2 1 4 1 2 . . .',
  B: '1 2 3 3 2 2 4 1 2 5 . 3',
  C: '. 3 3 3 2 3 4 2 2 5 1 .',
  D: '1 2 3 3 2 4 4 1 2 5 1 .',
};

const krippendorffAlpha = (units: readonly Unit[], level?: Level): Agreement =>
  agreementOf(unitTable(units).kinds(level));
const cohenKappa = (units: readonly Unit[], first: string, second: string): Agreement =>
  agreementOf(pairTable(units, first, second).kinds());

const numberOf = (agreement: Agreement): number => (agreement.kind === 'value' ? agreement.value : NaN);

describe('Krippendorff’s alpha', () => {
  test('is 0.743421 for names on the published reliability data', () => {
    expect(numberOf(krippendorffAlpha(unitsOf(TABLE)))).toBeCloseTo(0.743421, 6);
  });

  test('is 0.815 for ranks on the published reliability data', () => {
    const level = { kind: 'ordinal', order: ['1', '2', '3', '4', '5'] } as const;
    expect(numberOf(krippendorffAlpha(unitsOf(TABLE), level))).toBeCloseTo(0.815, 3);
  });

  test('is 0.095 for the published two observers and two values without gaps', () => {
    const binary = { A: '0 1 0 0 0 0 0 0 1 0', B: '1 1 1 0 0 1 0 0 0 0' };
    expect(numberOf(krippendorffAlpha(unitsOf(binary)))).toBeCloseTo(0.095, 3);
  });

  test.each(MEASURED)('agrees with numpy on case %#', ({ units, nominal, ordinal }) => {
    expect(numberOf(krippendorffAlpha(units))).toBeCloseTo(nominal.value, 12);
    const level = { kind: 'ordinal', order: ['1', '2', '3', '4'] } as const;
    expect(numberOf(krippendorffAlpha(units, level))).toBeCloseTo(ordinal.value, 12);
  });

  test('says that there is too little overlap, or that only one value was ever used', () => {
    const units = unitsOf({ A: '1 2 1 2 . .', B: '1 2 1 1 1 2' });
    expect(krippendorffAlpha(units)).toEqual({ kind: 'not enough overlap', units: 4, needed: 5 });
    expect(krippendorffAlpha(unitsOf({ A: '1 1 1 1 1', B: '1 1 1 1 1' }))).toEqual({
      kind: 'no variation',
      units: 5,
    });
  });

  test('refuses a value that is not on the scale', () => {
    expect(() => krippendorffAlpha(unitsOf(TABLE), { kind: 'ordinal', order: ['1', '2'] })).toThrow(
      'the value 3 is not on the scale',
    );
  });

  test('is 1 exactly when all agree, never more, and blind to the order of units and coders', () => {
    const unit = fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.constantFrom('x', 'y', 'z'), {
      minKeys: 2,
    });
    fc.assert(
      fc.property(fc.array(unit, { minLength: 5, maxLength: 20 }), (made) => {
        const units = made.map((entry) => new Map(Object.entries(entry)));
        const alpha = krippendorffAlpha(units);
        if (alpha.kind !== 'value') return;
        expect(alpha.value).toBeLessThanOrEqual(1);
        const agree = units.every((entry) => new Set(entry.values()).size === 1);
        expect(Math.abs(alpha.value - 1) < 1e-12).toBe(agree);
        const turned = units.toReversed().map((entry) => new Map([...entry].toReversed()));
        expect(numberOf(krippendorffAlpha(turned))).toBeCloseTo(alpha.value, 10);
      }),
    );
  });
});

describe('Cohen’s kappa', () => {
  test('is 0.4 where 35 of 50 agree and 25 are expected to', () => {
    const pair = (a: string, b: string, count: number): Unit[] =>
      Array.from(
        { length: count },
        () =>
          new Map([
            ['A', a],
            ['B', b],
          ]),
      );
    const units = [
      ...pair('yes', 'yes', 20),
      ...pair('yes', 'no', 5),
      ...pair('no', 'yes', 10),
      ...pair('no', 'no', 15),
    ];
    expect(numberOf(cohenKappa(units, 'A', 'B'))).toBeCloseTo(0.4, 12);
    expect(numberOf(cohenKappa(units, 'B', 'A'))).toBeCloseTo(0.4, 12);
  });

  test.each(MEASURED)('agrees with scikit-learn on case %#', ({ units, kappa }) => {
    const found = cohenKappa(units, '0', '1');
    expect(numberOf(found)).toBeCloseTo(kappa.value, 12);
    expect(found.units).toBe(kappa.units);
  });

  test('counts only what both judged, and needs enough of it', () => {
    expect(cohenKappa(unitsOf(TABLE), 'A', 'C')).toMatchObject({ kind: 'value', units: 8 });
    expect(cohenKappa(unitsOf({ A: '1 2 1 .', B: '1 2 . 1' }), 'A', 'B').kind).toBe('not enough overlap');
  });
});

describe('the bootstrap interval', () => {
  const interval = (units: readonly Unit[], seed: number, rounds = 1000) => {
    const random = Random.seeded(seed);
    return bootstrapInterval(unitTable(units).kinds(), () => random.unit(), { rounds });
  };

  test('holds the value and is the same for the same seed, in whatever order the units came', () => {
    const found = interval(unitsOf(TABLE), 1);
    expect(found?.low).toBeLessThan(0.743421);
    expect(found?.high).toBeGreaterThan(0.743421);
    expect(interval(unitsOf(TABLE).toReversed(), 1)).toEqual(found);
    expect(interval(unitsOf(TABLE), 2)).not.toEqual(found);
  });

  test('is that of numpy’s draws of whole units, within what chance leaves', () => {
    const [{ units, interval: measured } = { units: [], interval: undefined }] = MEASURED;
    const found = interval(units, 1, 4000);
    expect(Math.abs((found?.low ?? NaN) - (measured?.[0] ?? NaN))).toBeLessThan(0.015);
    expect(Math.abs((found?.high ?? NaN) - (measured?.[1] ?? NaN))).toBeLessThan(0.015);
  });

  test('is none where most draws give no number', () => {
    expect(interval(unitsOf({ A: '1 1 1', B: '1 1 1' }), 1)).toBeNull();
  });
});

describe('a binomial draw', () => {
  test('gives every count as often as its probability says', () => {
    const steps = 20_000;
    const counts = [0, 0, 0, 0, 0];
    for (let at = 0; at < steps; at += 1) {
      const drawn = binomial(4, 0.3, (at + 0.5) / steps);
      counts[drawn] = (counts[drawn] ?? 0) + 1;
    }
    [0.2401, 0.4116, 0.2646, 0.0756, 0.0081].forEach((probability, successes) => {
      expect((counts[successes] ?? 0) / steps).toBeCloseTo(probability, 4);
    });
  });

  test('has the mean and variance of many trials', () => {
    const random = Random.seeded(4);
    const drawn = Array.from({ length: 4000 }, () => binomial(400_000, 0.37, random.unit()));
    const mean = drawn.reduce((sum, each) => sum + each, 0) / drawn.length;
    const variance = drawn.reduce((sum, each) => sum + (each - mean) ** 2, 0) / drawn.length;
    expect(Math.abs(mean - 148_000)).toBeLessThan(20);
    expect(variance / (400_000 * 0.37 * 0.63)).toBeGreaterThan(0.9);
    expect(variance / (400_000 * 0.37 * 0.63)).toBeLessThan(1.1);
  });

  test('keeps the number of units, and never makes a kind that was not there', () => {
    const unit = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
    fc.assert(
      fc.property(
        fc.array(fc.nat(500), { minLength: 1, maxLength: 8 }),
        fc.infiniteStream(unit),
        (counts, units) => {
          const into = new Float64Array(counts.length);
          redraw(counts, () => units.next().value ?? 0, into);
          const sum = (of: Iterable<number>) => [...of].reduce((total, each) => total + each, 0);
          expect(sum(into)).toBe(sum(counts));
          counts.forEach((count, at) => {
            if (count === 0) expect(into[at]).toBe(0);
            expect(into[at]).toBeGreaterThanOrEqual(0);
          });
        },
      ),
    );
  });
});
