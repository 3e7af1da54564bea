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
  it('forget what stood in an earlier list, and keep apart lists made side by side', () => {
    const places = new CodePlaces();
    const first = places.begin();
    expect(places.of(first, 7, 0)).toBe(0);
    expect(places.of(first, 900, 1)).toBe(1);
    expect(places.of(first, 7, 2)).toBe(0);
    const second = places.begin();
    expect(places.of(second, 7, 5)).toBe(5);
    expect(places.of(first, 900, 2)).toBe(1);
  });
});
