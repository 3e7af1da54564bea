import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assemble } from '../../../electron/services/weights/kernel/assemble.ts';
import { eachChunk } from '../../../electron/services/weights/kernel/chunks.ts';
import { compareByKernel } from '../../../electron/services/weights/kernel/compare.ts';
import { CHUNK, threadKernel } from '../../../electron/services/weights/kernel/kernel.ts';
import {
  addExponents,
  emptyDifference,
  keepMovedRow,
  scanDifference,
} from '../../../shared/domain/weights/difference.ts';
import { BINS, binEdges, binOf } from '../../../shared/domain/weights/histogram.ts';
import { countFirstDigits } from '../../../shared/domain/weights/key.ts';
import { sumBlock } from '../../../shared/domain/weights/sum-block.ts';

const kernel = threadKernel();

function placed(slot: 0 | 1, values: readonly number[]): Float32Array<ArrayBuffer> {
  const room = kernel.room(slot, values.length * 4);
  if (room === null) throw new Error('no room');
  const there = new Float32Array(room.buffer, room.byteOffset, values.length);
  there.set(values);
  return there;
}

const anyFloat = fc.oneof(fc.float(), fc.constantFrom(0, -0, 1, -1, NaN, Infinity, -Infinity, 1e-45));
const finite = fc.oneof(fc.float({ noNaN: true, noDefaultInfinity: true }), fc.constantFrom(0, -0, 0.5));
const table = (value: fc.Arbitrary<number>) =>
  fc.tuple(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 9 })).chain(([rows, columns]) =>
    fc.record({
      rows: fc.constant(rows),
      columns: fc.constant(columns),
      before: fc.array(value, { minLength: rows * columns, maxLength: rows * columns }),
      after: fc.array(value, { minLength: rows * columns, maxLength: rows * columns }),
    }),
  );

const close = (found: number, expected: number, size: number) =>
  expect(Math.abs(found - expected)).toBeLessThanOrEqual(1e-14 * Math.abs(size));

describe('the loops over float32', () => {
  it('sum rows of any width as JavaScript does', () => {
    fc.assert(
      fc.property(table(finite), ({ rows, columns, before }) => {
        const values = placed(0, before);
        const found = kernel.sumRows(values, 0, rows, columns);
        const expected = sumBlock(values);
        expect(found.min + 0).toBe(expected.min + 0);
        expect(found.max + 0).toBe(expected.max + 0);
        expect(found.zeros).toBe(expected.zeros);
        close(found.squares, expected.squares, expected.squares);
        close(
          found.sum,
          expected.sum,
          values.reduce((sum, value) => sum + Math.abs(value), 0),
        );
        for (let row = 0; row < rows; row += 1) {
          const { squares } = sumBlock(values.subarray(row * columns, (row + 1) * columns));
          close(kernel.rowSquares[row] ?? NaN, squares, squares);
        }
      }),
    );
  });

  it('have no finite sum where a value is NaN or infinite', () => {
    fc.assert(
      fc.property(table(anyFloat), ({ rows, columns, before }) => {
        const values = placed(0, before);
        const { sum } = kernel.sumRows(values, 0, rows, columns);
        expect(Number.isFinite(sum)).toBe(before.every((value) => Number.isFinite(Math.fround(value))));
      }),
    );
  });

  it('count and pick out values by the upper half of their bits', () => {
    fc.assert(
      fc.property(fc.array(anyFloat, { minLength: 1, maxLength: 50 }), fc.nat(), (given, seed) => {
        const values = placed(0, given);
        kernel.clearDigits();
        kernel.countDigits(values);
        const counted = new Uint32Array(65_536);
        countFirstDigits(values, counted);
        expect(Buffer.compare(Buffer.from(kernel.digits), Buffer.from(counted))).toBe(0);
        const words = new Uint32Array(values.buffer, values.byteOffset, values.length);
        const look = new Uint8Array(65_536);
        for (let digit = seed % 3; digit < look.length; digit += 3) look[digit] = digit % 2 === 0 ? 1 : 0x80;
        kernel.lookFor(look);
        const picked = kernel.select(values, 0x81);
        const bits = (some: Float32Array) => [...new Uint32Array(some.buffer, some.byteOffset, some.length)];
        expect(bits(picked)).toEqual([...words].filter((word) => look[word >>> 16] !== 0));
        for (const mask of [1, 0x80])
          expect(bits(kernel.selectAgain(picked, mask))).toEqual(
            [...words].filter((word) => look[word >>> 16] === mask),
          );
      }),
    );
  });

  it('count values in bins as JavaScript does, edges and their neighbours included', () => {
    fc.assert(
      fc.property(fc.array(finite, { minLength: 2, maxLength: 40 }), (given) => {
        const plain = given.map((value) => Math.fround(value));
        const edges = binEdges(Math.min(...plain), Math.max(...plain));
        if (edges === null) return;
        const inside = [...edges]
          .map((edge) => Math.fround(edge))
          .filter((edge) => edge <= Math.max(...plain));
        const values = placed(0, [...plain, ...inside.filter((edge) => edge >= Math.min(...plain))]);
        kernel.binBy(edges);
        kernel.countBins(values);
        const expected = Array.from({ length: BINS }, () => 0);
        for (const value of values) expected[binOf(edges, value)] = (expected[binOf(edges, value)] ?? 0) + 1;
        expect([...kernel.bins]).toEqual(expected);
      }),
    );
  });

  it('find the rows nearest to one as JavaScript does, and leave out those without a direction', () => {
    fc.assert(
      fc.property(table(anyFloat), fc.nat(), ({ rows, columns, before }, seed) => {
        const values = placed(0, before);
        const own = seed % rows;
        const query = Float64Array.from(values.subarray(own * columns, (own + 1) * columns));
        expect(kernel.queryBy(query)).toBe(true);
        const products = kernel.productsOfRows(values, 0, rows, columns);
        for (let row = 0; row < rows; row += 1) {
          const there = [...values.subarray(row * columns, (row + 1) * columns)];
          const squares = there.reduce((sum, value) => sum + value * value, 0);
          const product = there.reduce((sum, value, at) => sum + value * (query[at] ?? 0), 0);
          const size = Math.sqrt(squares) * Math.hypot(...query);
          if (Number.isFinite(size)) {
            close(products[row * 2] ?? NaN, product, size);
            close(products[row * 2 + 1] ?? NaN, squares, squares);
          } else expect(Number.isFinite((products[row * 2] ?? 0) / (products[row * 2 + 1] ?? 0))).toBe(false);
        }
      }),
    );
  });

  it('compare two versions as JavaScript does, NaN and infinity included', () => {
    fc.assert(
      fc.property(table(anyFloat), ({ columns, before, after }) => {
        const [a, b] = [placed(0, before), placed(1, after)];
        const found = emptyDifference();
        kernel.clearChanges();
        compareByKernel(found, a, b, 0, columns);
        addExponents(found, kernel.changes);
        const expected = emptyDifference();
        for (const [row, squares] of scanDifference(expected, a, b, 0, columns).entries())
          keepMovedRow(expected, row, squares);
        const { squares, squaresBefore, squaresAfter, products, moved, ...exact } = found;
        expect(exact).toEqual({
          changed: expected.changed,
          notFinite: expected.notFinite,
          largest: expected.largest,
          rises: expected.rises,
          falls: expected.falls,
        });
        close(squares, expected.squares, expected.squares);
        close(squaresBefore, expected.squaresBefore, expected.squaresBefore);
        close(squaresAfter, expected.squaresAfter, expected.squaresAfter);
        close(products, expected.products, Math.sqrt(squaresBefore) * Math.sqrt(squaresAfter));
        expect(moved.map(({ norm }) => norm.toPrecision(12))).toEqual(
          expected.moved.map(({ norm }) => norm.toPrecision(12)),
        );
      }),
    );
  });

  it('take rows of any length in chunks that leave nothing out', () => {
    for (const [length, columns] of [
      [10, 1],
      [CHUNK * 2, CHUNK],
      [3 * 5000, 5000],
      [100 * 70, 70],
    ] as const) {
      const seen: number[] = [];
      eachChunk(length, columns, ({ from, rows, width, row }) => {
        expect(rows * width).toBeLessThanOrEqual(CHUNK);
        expect(Math.floor(from / columns)).toBe(row);
        for (let at = from; at < from + rows * width; at += 1) seen.push(at);
      });
      expect(seen).toEqual(Array.from({ length }, (_, at) => at));
    }
  });
});

it('the assembler refuses words it does not know', () => {
  expect(() => assemble('(module (func $a (i32.rotl (i32.const 1) (i32.const 2))))')).toThrow('"i32.rotl"');
  expect(() => assemble('(module (func $a (local.get $gone)))')).toThrow('"$gone"');
});
