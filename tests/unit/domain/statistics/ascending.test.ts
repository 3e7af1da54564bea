import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Ascending } from '../../../../shared/domain/statistics/ascending.ts';

describe('whole numbers put in order', () => {
  const whole = fc.oneof(fc.constant(0), fc.nat(9), fc.nat(), fc.maxSafeNat());

  it('stand as a typed array’s own sort puts them, again and again', () => {
    fc.assert(
      fc.property(fc.array(whole), fc.nat(), (given, turned) => {
        const ascending = new Ascending(given.length);
        for (const numbers of [given, given.map((number) => Math.abs(number - turned))]) {
          ascending.input.set(numbers);
          expect(ascending.inOrder()).toEqual(Float64Array.from(numbers).toSorted());
        }
      }),
    );
  });

  it('stand so too where they hardly differ, and where they are no whole numbers', () => {
    const close = fc.array(fc.nat(500).map((step) => 2 ** 40 + step));
    const broken = fc.array(fc.double({ min: -1, max: 3, noNaN: true }).map((number) => number + 0));
    fc.assert(
      fc.property(fc.oneof(close, broken), (given) => {
        const ascending = new Ascending(given.length);
        ascending.input.set(given);
        expect(Array.from(ascending.inOrder())).toEqual(given.toSorted((a, b) => a - b));
      }),
    );
  });
});
