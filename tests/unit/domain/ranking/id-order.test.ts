import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareCodePoints, compareIntegers } from '../../../../shared/domain/ranking/id-order.ts';

describe('the order of item ids', () => {
  it('is numeric for integers, of any size', () => {
    const ids = ['10', '9', '-3', '0', '9007199254740993', '9007199254740992', '-20'];
    expect(ids.toSorted(compareIntegers)).toEqual([
      '-20',
      '-3',
      '0',
      '9',
      '10',
      '9007199254740992',
      '9007199254740993',
    ]);
  });

  it('is that of BigInt for every 64-bit integer', () => {
    const id = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
    fc.assert(
      fc.property(id, id, (a, b) => {
        expect(Math.sign(compareIntegers(`${a}`, `${b}`))).toBe(a < b ? -1 : Number(a > b));
      }),
    );
  });

  it('puts an emoji after every other letter, as code points stand and UTF-16 units do not', () => {
    expect(compareCodePoints('😀', '\uFF5E')).toBeGreaterThan(0);
    expect(['😀', '\uFF5E'].toSorted()).toEqual(['😀', '\uFF5E']);
  });

  it('is that of UTF-8 bytes for every text', () => {
    const text = fc.string({ unit: 'binary' });
    fc.assert(
      fc.property(text, text, (a, b) => {
        expect(Math.sign(compareCodePoints(a, b))).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)));
      }),
    );
  });
});
