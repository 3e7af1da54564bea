import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { describeHere } from '../../../electron/services/weights/describe-tensor.ts';
import { readOnnx } from '../../../electron/services/weights/read-onnx.ts';
import { readSafetensors } from '../../../electron/services/weights/read-safetensors.ts';
import { tensorPart } from '../../../electron/services/weights/tensor-file.ts';
import { StatesideError } from '../../../shared/domain/error.ts';
import { fixture } from './reference.ts';

const FILES = 10_000;
const MOST_MEMORY = 200 * 2 ** 20;

/** What this thread holds, what is not collected yet included. */
const heldMemory = (): number => {
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
};
const folder = mkdtempSync(join(tmpdir(), 'stateside-fuzz-'));
copyFileSync(fixture('every-dtype.onnx.data'), join(folder, 'every-dtype.onnx.data'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Whole numbers below a limit, the same in every run (xorshift32). */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

function mutated(bytes: Uint8Array, below: (limit: number) => number): Uint8Array {
  const copy = Uint8Array.from(bytes);
  for (let left = 1 + below(4); left > 0; left -= 1) copy[below(copy.length)] = below(256);
  const kind = below(4);
  if (kind === 0) return copy.subarray(0, below(copy.length));
  if (kind === 1) copy.copyWithin(below(copy.length), below(copy.length), below(copy.length));
  return copy;
}

describe(`${FILES} damaged files`, () => {
  it.each([
    ['safetensors', readSafetensors, 2600],
    ['onnx', readOnnx, 16_000],
  ] as const)(
    'of %s are read, measured and exported or refused in a sentence, each in less than 2 s and 200 MB',
    async (kind, read, bytes) => {
      const whole = readFileSync(fixture(`every-dtype.${kind}`));
      const path = join(folder, `w.${kind}`);
      const below = numbers(bytes);
      const atFirst = heldMemory();
      const ends = { read: 0, refused: 0 };
      let slowest = 0;
      let most = 0;
      for (let file = 0; file < FILES; file += 1) {
        // most damage goes to the part that says where things lie
        const start = mutated(whole.subarray(0, bytes), below);
        writeFileSync(
          path,
          file % 2 === 0 ? Buffer.concat([start, whole.subarray(bytes)]) : mutated(whole, below),
        );
        const from = performance.now();
        try {
          const tensors = read(path);
          const tensor = tensors[below(Math.max(1, tensors.length))];
          if (tensor !== undefined) {
            await describeHere(tensor);
            tensorPart({ tensor, slice: '', form: file % 4 < 2 ? 'npy' : 'csv' }, 0);
          }
          ends.read += 1;
        } catch (error) {
          expect(error).toBeInstanceOf(StatesideError);
          ends.refused += 1;
        }
        slowest = Math.max(slowest, performance.now() - from);
        if (file % 100 === 0) most = Math.max(most, heldMemory());
      }
      expect(slowest).toBeLessThan(2000);
      expect(most - atFirst).toBeLessThan(MOST_MEMORY);
      expect(ends.read).toBeGreaterThan(100);
      expect(ends.refused).toBeGreaterThan(1000);
    },
    120_000,
  );
});
