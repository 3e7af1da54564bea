import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { numberedRows } from '../../../electron/services/weights/numbered-rows.ts';

const numbers = (count: number, text: string, offset = 0, limit = 100) =>
  numberedRows(count, text, offset, limit).rows.map(({ row }) => row);

it('lists the rows whose number begins with the digits, by number', () => {
  expect(numbers(130, '12')).toEqual([12, 120, 121, 122, 123, 124, 125, 126, 127, 128, 129]);
  expect(numbers(3, '')).toEqual([0, 1, 2]);
  expect(numbers(20, '0')).toEqual([0]);
  expect(numbers(20, 'ada')).toEqual([]);
  expect(numberedRows(130, '12', 9, 1)).toEqual({ total: 11, rows: [{ row: 128, key: null }] });
});

it('finds what a search through all numbers finds', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 300 }), fc.nat(400), (count, number) => {
      const all = Array.from({ length: count }, (_, row) => row);
      const begins = all.filter((row) => String(row).startsWith(String(number)));
      expect(numbers(count, String(number), 0, 500)).toEqual(begins);
    }),
  );
});
