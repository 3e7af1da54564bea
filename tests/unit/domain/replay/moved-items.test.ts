import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { MovedItems } from '../../../../shared/domain/replay/moved-items.ts';

test('exposure is 1/log2(1 + rank), summed over feeds, and names the request of the largest change', () => {
  const moved = new MovedItems();
  moved.add('1', { baseline: ['a', 'b', 'c'], candidate: ['a', 'c', 'b'] });
  moved.add('2', { baseline: ['a', 'c'], candidate: ['c', 'a'] });
  const [first, ...others] = moved.largest(10);
  // c: 1/log2 4 + 1/log2 3 before, 1/log2 3 + 1 after; it moved furthest where it became the first.
  expect(first).toEqual({
    itemId: 'c',
    feeds: { baseline: 2, candidate: 2 },
    exposure: {
      baseline: expect.closeTo(0.5 + 1 / Math.log2(3), 12),
      candidate: expect.closeTo(1 / Math.log2(3) + 1, 12),
    },
    requestId: '2',
  });
  expect(others.map(({ itemId }) => itemId)).toEqual(['a', 'b']);
  expect(moved.largest(1)).toHaveLength(1);
});

const feed = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { maxLength: 5 });

test('a ranker against itself moves nothing', () => {
  fc.assert(
    fc.property(fc.array(feed), (feeds) => {
      const moved = new MovedItems();
      for (const [at, items] of feeds.entries()) moved.add(String(at), { baseline: items, candidate: items });
      expect(moved.largest(10)).toEqual([]);
    }),
  );
});

test('what some items gain in feeds of one length, others lose', () => {
  const pair = fc.shuffledSubarray(['a', 'b', 'c', 'd'], { minLength: 4 });
  fc.assert(
    fc.property(fc.array(fc.tuple(pair, pair)), (requests) => {
      const moved = new MovedItems();
      for (const [at, [baseline, candidate]] of requests.entries())
        moved.add(String(at), { baseline, candidate });
      const sum = moved
        .largest(10)
        .reduce((sum, { exposure }) => sum + exposure.candidate - exposure.baseline, 0);
      expect(sum).toBeCloseTo(0, 9);
    }),
  );
});
