import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  bootstrapInterval,
  cohenKappa,
  krippendorffAlpha,
  type Unit,
} from '../../../shared/domain/review/agreement.ts';
import { Random } from '../../../electron/services/snapshots/synth/random.ts';

/** Reliability data of K. Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), section C: 4 observers, 12 units, a dot where nothing was recorded. */
const TABLE = {
  A: '1 2 3 3 2 1 4 1 2 . . .',
  B: '1 2 3 3 2 2 4 1 2 5 . 3',
  C: '. 3 3 3 2 3 4 2 2 5 1 .',
  D: '1 2 3 3 2 4 4 1 2 5 1 .',
};

function unitsOf(table: Readonly<Record<string, string>>): Unit[] {
  const rows = Object.entries(table).map(([coder, row]) => ({ coder, values: row.split(' ') }));
  return (rows[0]?.values ?? []).map(
    (_, at) =>
      new Map(
        rows.flatMap(({ coder, values }) => {
          const value = values[at] ?? '.';
          return value === '.' ? [] : [[coder, value] as const];
        }),
      ),
  );
}

const numberOf = (agreement: ReturnType<typeof krippendorffAlpha>): number =>
  agreement.kind === 'value' ? agreement.value : NaN;

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

  test('counts only what both judged, and needs enough of it', () => {
    expect(cohenKappa(unitsOf(TABLE), 'A', 'C')).toMatchObject({ kind: 'value', units: 8 });
    expect(cohenKappa(unitsOf({ A: '1 2 1 .', B: '1 2 . 1' }), 'A', 'B').kind).toBe('not enough overlap');
  });
});

describe('the bootstrap interval', () => {
  const interval = (seed: number) => {
    const random = Random.seeded(seed);
    const statistic = (units: readonly Unit[]) => krippendorffAlpha(units, { kind: 'nominal' }, 1);
    return bootstrapInterval(unitsOf(TABLE), statistic, (count) => random.below(count));
  };

  test('holds the value and is the same for the same seed', () => {
    const found = interval(1);
    expect(found?.low).toBeLessThan(0.743421);
    expect(found?.high).toBeGreaterThan(0.743421);
    expect(interval(1)).toEqual(found);
    expect(interval(2)).not.toEqual(found);
  });

  test('is none where most draws give no number', () => {
    const alike = unitsOf({ A: '1 1 1', B: '1 1 1' });
    expect(
      bootstrapInterval(
        alike,
        (units) => krippendorffAlpha(units),
        () => 0,
      ),
    ).toBeNull();
  });
});
