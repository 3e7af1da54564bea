import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  formatBytes,
  formatDuration,
  formatNumber,
  formatSigned,
  formatWeight,
  formatWeightPair,
  listOf,
  plural,
} from '../../../renderer/components/number.ts';

describe('numbers as people read them', () => {
  test('a change carries its sign, and nothing is neither plus nor minus', () => {
    expect(formatSigned(0.0123, 3)).toBe('+0.012');
    expect(formatSigned(-0.0123, 3)).toBe('−0.012');
    expect(formatSigned(0, 2)).toBe('0.00');
    expect(formatSigned(-0.0001, 2)).toBe('0.00');
  });

  test('a number that rounds to nothing has no minus', () => {
    expect(formatNumber(-0.0001, 3)).toBe('0.000');
    expect(formatNumber(-0.0006, 3)).toBe('−0.001');
  });

  test('a weight keeps the digits it was given, with a true minus', () => {
    expect(formatWeight(-74)).toBe('−74');
    expect(formatWeight(0.004)).toBe('0.004');
  });

  test('two different weights never read the same', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -1e6, max: 1e6, noNaN: true }),
        fc.double({ min: 1e-6, max: 10, noNaN: true }),
        (weight, step) => {
          const [from, to] = formatWeightPair(weight, weight + step);
          expect(from).not.toBe(to);
        },
      ),
    );
    expect(formatWeightPair(-81, -74)).toEqual(['−81', '−74']);
    expect(formatWeightPair(-74.0004, -74)).toEqual(['−74.0004', '−74']);
  });

  test.each([
    [0, '0 B'],
    [999, '999 B'],
    [1000, '1.0 kB'],
    [22_943, '22.9 kB'],
    [999_950, '1.0 MB'],
    [3_400_000_000, '3.4 GB'],
  ])('%d bytes are %s', (bytes, text) => expect(formatBytes(bytes)).toBe(text));

  test.each([
    [8.4, '8 s'],
    [59.6, '1 min 0 s'],
    [200, '3 min 20 s'],
    [7500, '2 h 5 min'],
  ])('%d seconds are %s', (seconds, text) => expect(formatDuration(seconds)).toBe(text));

  test('counts and names make a sentence', () => {
    expect(plural(1, 'file')).toBe('1 file');
    expect(plural(1200, 'entry', 'entries')).toBe('1,200 entries');
    expect(listOf(['Ana'])).toBe('Ana');
    expect(listOf(['Ana', 'Ben', 'Cleo'])).toBe('Ana, Ben and Cleo');
  });
});
