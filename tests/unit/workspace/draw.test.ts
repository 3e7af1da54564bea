import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { drawRequests } from '../../../electron/services/replay/draw.ts';
import { inOrder } from '../../../electron/services/replay/in-order.ts';

const ids = Array.from({ length: 60 }, (_, at) => `request-${at}`);

describe('drawing requests', () => {
  test('takes those with the smallest SHA-256 of seed and id, in their own order', () => {
    const key = (id: string): string => createHash('sha256').update(`7:${id}`).digest('hex');
    const smallest = new Set(ids.toSorted((a, b) => (key(a) < key(b) ? -1 : 1)).slice(0, 10));
    expect(drawRequests([ids], 10, 7)).toEqual(ids.filter((id) => smallest.has(id)));
  });

  test('depends on neither the blocks nor the order the ids come in', () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray(ids, { minLength: ids.length }),
        fc.nat(60),
        fc.nat(100),
        (shuffled, cut, seed) => {
          const drawn = drawRequests([shuffled.slice(0, cut), shuffled.slice(cut)], 12, seed);
          expect(drawn.toSorted()).toEqual(drawRequests([ids], 12, seed).toSorted());
        },
      ),
    );
  });

  test('keeps a bounded list however many ids there are', () => {
    const many = Array.from({ length: 40 }, (_, block) =>
      Array.from({ length: 1000 }, (__, at) => `${block}-${at}`),
    );
    expect(drawRequests(many, 5, 1)).toEqual(drawRequests([many.flat()], 5, 1));
  });

  test('takes all without a limit', () => {
    expect(drawRequests([ids.slice(0, 5), ids.slice(5)], null, 1)).toEqual(ids);
  });
});

async function collect<Value>(values: AsyncIterable<Value>): Promise<Value[]> {
  const all: Value[] = [];
  for await (const value of values) all.push(value);
  return all;
}

describe('working in order', () => {
  const never = new AbortController().signal;
  const later = (value: number): Promise<number> =>
    new Promise((resolve) => setTimeout(() => resolve(value), value % 3));

  test('answers come in the order of the inputs, with at most so many under way', async () => {
    let underWay = 0;
    let most = 0;
    const work = async (value: number): Promise<number> => {
      most = Math.max(most, ++underWay);
      await later(value);
      underWay -= 1;
      return value * 10;
    };
    expect(await collect(inOrder([5, 3, 4, 1, 2], 3, work, never))).toEqual([50, 30, 40, 10, 20]);
    expect(most).toBe(3);
  });

  test('the first failure ends it after what is under way has settled', async () => {
    const settled: number[] = [];
    const work = async (value: number): Promise<number> => {
      await later(value);
      settled.push(value);
      if (value === 1) throw new Error('one');
      return value;
    };
    await expect(collect(inOrder([1, 2, 5, 8], 3, work, never))).rejects.toThrow('one');
    expect(new Set(settled)).toEqual(new Set([1, 2, 5]));
  });

  test('an abort starts nothing more', async () => {
    const abort = new AbortController();
    const started: number[] = [];
    const work = async (value: number): Promise<number> => {
      started.push(value);
      if (value === 2) abort.abort(new Error('stop'));
      return value;
    };
    await expect(collect(inOrder([1, 2, 3, 4], 1, work, abort.signal))).rejects.toThrow('stop');
    expect(started).toEqual([1, 2]);
  });
});
