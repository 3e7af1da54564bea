import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  parseSlice,
  runsOf,
  sliceCount,
  sliceLines,
  sliceShape,
  sliceText,
  wholeSlice,
} from '../../../shared/domain/weights/slice.ts';

describe('a slice', () => {
  it.each([
    ['', [4, 5], [4, 5]],
    [':', [4, 5], [4, 5]],
    ['1', [4, 5], [5]],
    ['-1, -2:', [4, 5], [2]],
    ['..., 0', [2, 3, 4], [2, 3]],
    ['0, ..., 1:2', [2, 3, 4], [3, 1]],
    ['2:1, :99', [4, 5], [0, 5]],
    ['', [], []],
  ])('"%s" of %j has the shape that numpy gives it, %j', (text, shape, expected) => {
    expect(sliceShape(parseSlice(text, shape))).toEqual(expected);
  });

  it.each([
    ['0, 0, 0', [4, 5], 'names 3 axes, the tensor has 2'],
    ['4', [4, 5], 'Index 4 lies outside axis 0, whose 4 places'],
    ['-5', [4, 5], 'Index -5 lies outside axis 0'],
    ['0, a', [4, 5], '"a" is no part of a slice for axis 1'],
    ['::2', [4, 5], '"::2" is no part of a slice for axis 0'],
    [',', [4, 5], '"" is no part of a slice for axis 0'],
  ])('"%s" of %j is refused', (text, shape, reason) => {
    expect(() => parseSlice(text, shape)).toThrow(reason);
  });

  const made = fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 4 }).chain((shape) =>
    fc.tuple(
      fc.constant(shape),
      fc.tuple(
        ...shape.map((size) =>
          fc.oneof(
            fc.nat(size - 1).map(String),
            fc.tuple(fc.nat(size), fc.nat(size)).map(([from, to]) => `${from}:${to}`),
            fc.constant(':'),
          ),
        ),
      ),
    ),
  );

  it('takes the elements that indexing every axis takes, in any parts', () => {
    fc.assert(
      fc.property(made, fc.integer({ min: 1, max: 7 }), ([shape, parts], step) => {
        const slice = parseSlice(parts.join(), shape);
        const expected = slice.reduce<number[]>(
          (flat, { from, to }, axis) =>
            flat.flatMap((before) =>
              Array.from({ length: to - from }, (_, at) => before * (shape[axis] ?? 1) + from + at),
            ),
          [0],
        );
        const found: number[] = [];
        for (let from = 0; from < sliceCount(slice); from += step)
          for (const run of runsOf(slice, shape, from, step))
            found.push(...Array.from({ length: run.count }, (_, at) => run.from + at));
        expect(found).toEqual(expected);
        expect(parseSlice(sliceText(slice, shape), shape)).toEqual(slice);
      }),
    );
  });

  it('is read line by line: along its last axis, or value by value where that is the only one or too long', () => {
    const cube = wholeSlice([2, 3, 4]);
    expect(sliceLines(cube, 10)).toMatchObject({ rows: 6, columns: 4, axes: [0, 1] });
    expect(sliceLines(cube, 10).placeOf(4)).toEqual([1, 1]);
    expect(sliceLines(cube, 3)).toMatchObject({ rows: 24, columns: 1, axes: [0, 1, 2] });
    expect(sliceLines(cube, 3).placeOf(23)).toEqual([1, 2, 3]);
    expect(sliceLines(parseSlice('1, 2', [2, 3, 4]), 10)).toMatchObject({ rows: 4, columns: 1, axes: [2] });
    expect(sliceLines(parseSlice('0', [3]), 10)).toMatchObject({ rows: 1, columns: 1, axes: [] });
  });
});
