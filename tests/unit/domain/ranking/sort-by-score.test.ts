import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CodePlaces } from '../../../../shared/domain/ranking/code-places.ts';
import { sortByScore } from '../../../../shared/domain/ranking/sort-by-score.ts';

describe('sorting by score', () => {
  it('puts the highest first, and ties as the caller says, whatever the length', () => {
    const scores = fc.array(fc.constantFrom(-2, -0, 0, 0.5, 1, 3e300, -Infinity), { maxLength: 70 });
    fc.assert(
      fc.property(scores, (values) => {
        const score = Float64Array.from(values);
        const order = Int32Array.from(values.keys());
        sortByScore(order, score, (a, b) => a > b);
        const wanted = [...values.keys()].toSorted((a, b) =>
          values[a] === values[b] ? b - a : (values[b] ?? 0) > (values[a] ?? 0) ? 1 : -1,
        );
        expect([...order]).toEqual(wanted);
      }),
    );
  });
});

describe('places of codes', () => {
  it('count on from 0 in the order codes are met, and forget what stood in an earlier list', () => {
    const places = new CodePlaces();
    const met = (...codes: number[]): number[] => codes.map((code) => places.of(code));
    places.begin();
    expect(met(7, 900, 7)).toEqual([0, 1, 0]);
    places.begin();
    expect(met(900, 8, 7, 900)).toEqual([0, 1, 2, 0]);
    expect(places.length).toBe(3);
  });
});
