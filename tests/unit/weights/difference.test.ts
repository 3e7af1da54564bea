import * as fc from 'fast-check';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { compareHere } from '../../../electron/services/weights/compare-pair.ts';
import { weightsDifference } from '../../../electron/services/weights/difference.ts';
import { readSafetensors } from '../../../electron/services/weights/read-safetensors.ts';
import { weightsStatistics } from '../../../electron/services/weights/statistics.ts';
import type { StoredTensor } from '../../../electron/services/weights/stored-tensor.ts';
import { WeightsPool } from '../../../electron/workers/weights-pool.ts';

type Tensors = Record<string, { shape: readonly number[]; data: Float32Array | Float64Array }>;

function weights(tensors: Tensors): StoredTensor[] {
  const folder = mkdtempSync(join(tmpdir(), 'stateside-weights-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  let end = 0;
  const entries = Object.entries(tensors).map(([name, { shape, data }]) => {
    const offsets = [end, end + data.byteLength];
    end += data.byteLength;
    return [name, { dtype: data instanceof Float32Array ? 'F32' : 'F64', shape, data_offsets: offsets }];
  });
  const header = Buffer.from(JSON.stringify(Object.fromEntries(entries)));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.length));
  const data = Object.values(tensors).map((tensor) => Buffer.from(tensor.data.buffer));
  const path = join(folder, 'w.safetensors');
  writeFileSync(path, Buffer.concat([length, header, ...data]));
  return readSafetensors(path);
}

const vector = (...values: number[]) => ({ shape: [values.length], data: Float32Array.from(values) });
const course = { signal: new AbortController().signal, onProgress: () => {} };

function pool(threads: number): WeightsPool {
  const file = fileURLToPath(new URL('../../../electron/workers/weights.ts', import.meta.url));
  const made = new WeightsPool(file, threads);
  onTestFinished(() => made.close());
  return made;
}

function change(before: Tensors[string], after: Tensors[string]) {
  const [first] = weights({ a: before });
  const [second] = weights({ a: after });
  if (first === undefined || second === undefined) throw new Error('no tensor');
  return compareHere({ before: first, after: second });
}

describe('the change of a tensor', () => {
  it('is what the formulas give for a case worked by hand', () => {
    // ‖(3,4)‖ = 5, ‖(0,-4)‖ = 4, (3,4)·(3,0) = 9
    expect(change(vector(3, 4), vector(3, 0))).toEqual({
      changed: 1,
      changedShare: 0.5,
      notFinite: 0,
      relative: 4 / 5,
      cosine: 9 / (5 * 3),
      largest: { change: 4, index: 1 },
      histogram: [{ power: 2, rises: 0, falls: 1 }],
      movedRows: [],
    });
  });

  it('takes NaN for equal to NaN and counts what becomes or ceases to be a number', () => {
    const found = change(vector(NaN, NaN, 1, Infinity), vector(NaN, 2, Infinity, Infinity));
    expect(found).toMatchObject({ changed: 2, notFinite: 2, relative: 0, changedShare: 0.5 });
  });

  it('has no relative size where all was zero before', () => {
    expect(change(vector(0, 0), vector(0, 1))).toMatchObject({ relative: null, cosine: null, changed: 1 });
  });

  it('names the rows that moved farthest', () => {
    const before = { shape: [3, 2], data: Float32Array.of(0, 0, 1, 1, 2, 2) };
    const after = { shape: [3, 2], data: Float32Array.of(0, 1, 1, 1, 5, 6) };
    expect(change(before, after).movedRows).toEqual([
      { row: 2, norm: 5 },
      { row: 0, norm: 1 },
    ]);
  });

  it('is nothing against itself', () => {
    const numbers = fc.array(fc.float({ noNaN: true, noDefaultInfinity: true, min: -1000, max: 1000 }), {
      minLength: 1,
      maxLength: 50,
    });
    fc.assert(
      fc.property(numbers, (values) => {
        const [tensor] = weights({ a: vector(...values) });
        if (tensor === undefined) throw new Error('no tensor');
        expect(compareHere({ before: tensor, after: tensor })).toMatchObject({ changed: 0, relative: 0 });
      }),
      { numRuns: 30 },
    );
  });
});

describe('two versions', () => {
  it('are matched by name: added, removed, reshaped, retyped, changed, equal, what changed most first', async () => {
    const before = weights({
      same: vector(1),
      less: vector(10, 10),
      more: vector(1, 1),
      gone: vector(1),
      shape: vector(1),
      type: vector(1),
    });
    const after = weights({
      same: vector(1),
      less: vector(10, 11),
      more: vector(9, 9),
      fresh: vector(1),
      shape: vector(1, 2),
      type: { shape: [1], data: Float64Array.of(1) },
    });
    const found = await weightsDifference(before, after, pool(1), course);
    expect(found.map(({ name, kind }) => `${name} ${kind}`)).toEqual([
      'fresh added',
      'gone removed',
      'shape reshaped',
      'more changed',
      'less changed',
      'type retyped',
      'same equal',
    ]);
  });
});

describe('threads', () => {
  it('change no bit of statistics or differences, although large tensors are cut among them', async () => {
    let state = 1;
    const next = () => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return state / 2 ** 32 - 0.5;
    };
    const before = weights({
      table: { shape: [300_000, 64], data: Float32Array.from({ length: 19_200_000 }, next) },
    });
    const after = weights({
      table: { shape: [300_000, 64], data: Float32Array.from({ length: 19_200_000 }, next) },
    });
    const [one, three] = [pool(1), pool(3)];
    const statistics = await weightsStatistics(before, one, course);
    expect(await weightsStatistics(before, three, course)).toEqual(statistics);
    expect(statistics[0]?.spread?.std).toBeCloseTo(Math.sqrt(1 / 12), 3);
    const difference = await weightsDifference(before, after, one, course);
    expect(await weightsDifference(before, after, three, course)).toEqual(difference);
    expect(difference[0]?.change?.changedShare).toBeGreaterThan(0.99);
  }, 60_000);
});
