import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { commonPlaces } from '../../../../shared/domain/metrics/common-places.ts';
import { CompensatedSum } from '../../../../shared/domain/metrics/compensated-sum.ts';
import { CompensatedSums } from '../../../../shared/domain/metrics/compensated-sums.ts';

it('finds the place of each element in the other list, of short lists and of long ones', () => {
  const list = fc.uniqueArray(fc.nat(60), { maxLength: 50 });
  fc.assert(
    fc.property(list, list, (a, b) => {
      expect([...commonPlaces(Int32Array.from(a), Int32Array.from(b))]).toEqual(
        a.map((one) => b.indexOf(one)),
      );
    }),
  );
});

it('sums side by side to the same last bit as alone', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e200, max: 1e200 })),
      (values) => {
        const alone = new CompensatedSum();
        const sums = new CompensatedSums(2);
        for (const value of values) {
          alone.add(value);
          sums.add(1, value);
        }
        expect(sums.value(1)).toBe(alone.value);
        expect(sums.value(0)).toBe(0);
      },
    ),
  );
});
