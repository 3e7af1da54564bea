import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Bits } from '../../../../shared/domain/memory/bits.ts';

it('a set of numbers says what is new to it as a Set does, also after some left and after all left', () => {
  const step = fc.record({
    what: fc.constantFrom('add', 'delete', 'clear'),
    number: fc.oneof(fc.nat({ max: 70 }), fc.nat({ max: 200_000 })),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const bits = new Bits();
      const set = new Set<number>();
      for (const { what, number } of steps) {
        if (what === 'clear') {
          bits.clear();
          set.clear();
        } else if (what === 'delete') {
          bits.delete(number);
          set.delete(number);
        } else {
          expect(bits.add(number)).toBe(!set.has(number));
          set.add(number);
        }
      }
    }),
  );
});
