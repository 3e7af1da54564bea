import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Slab } from '../../../../shared/domain/memory/slab.ts';

it('rows are as long as was asked, begin as the slab was made, and share nothing', () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 6000 }), { maxLength: 20 }), (lengths) => {
      const slab = new Slab((length) => new Int16Array(length).fill(-1));
      const rows = lengths.map((length, at) => {
        const row = slab.row(length);
        expect(row.length).toBe(length);
        expect(row.every((value) => value === -1)).toBe(true);
        return row.fill(at);
      });
      for (const [at, row] of rows.entries()) expect(row.every((value) => value === at)).toBe(true);
    }),
  );
});
