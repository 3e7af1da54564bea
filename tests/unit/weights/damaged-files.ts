import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { describeHere } from '../../../electron/services/weights/describe-tensor.ts';
import { readOnnx } from '../../../electron/services/weights/read-onnx.ts';
import { readSafetensors } from '../../../electron/services/weights/read-safetensors.ts';
import { tensorPart } from '../../../electron/services/weights/tensor-file.ts';
import { StatesideError } from '../../../shared/domain/error.ts';

// a process of its own, `node damaged-files.ts KIND FILES`, so that what it takes can be bounded from outside

const { kind, files } = z
  .object({ kind: z.enum(['safetensors', 'onnx']), files: z.coerce.number() })
  .parse({ kind: process.argv[2], files: process.argv[3] });
/** Most damage goes to the bytes that say where things lie. */
const [read, listing] = kind === 'onnx' ? ([readOnnx, 16_000] as const) : ([readSafetensors, 2600] as const);
const fixtures = new URL('../../fixtures/weights/', import.meta.url);

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

/** Time this process was given, whatever else the machine does. */
function worked(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

async function use(path: string, file: number, below: (limit: number) => number): Promise<void> {
  const tensors = read(path);
  const tensor = tensors[below(Math.max(1, tensors.length))];
  if (tensor === undefined) return;
  await describeHere(tensor);
  tensorPart({ tensor, slice: '', form: file % 4 < 2 ? 'npy' : 'csv' }, 0);
}

const whole = readFileSync(new URL(`every-dtype.${kind}`, fixtures));
const folder = mkdtempSync(join(tmpdir(), 'stateside-fuzz-'));
const path = join(folder, `w.${kind}`);
copyFileSync(new URL('every-dtype.onnx.data', fixtures), join(folder, 'every-dtype.onnx.data'));
const below = numbers(listing);
const found = { read: 0, refused: 0, failures: [] as string[], slowest: 0 };
for (let file = 0; file < files; file += 1) {
  const start = mutated(whole.subarray(0, listing), below);
  const bytes = file % 2 === 0 ? Buffer.concat([start, whole.subarray(listing)]) : mutated(whole, below);
  writeFileSync(path, bytes);
  const from = worked();
  try {
    await use(path, file, below);
    found.read += 1;
  } catch (error) {
    if (error instanceof StatesideError) found.refused += 1;
    else found.failures.push(`file ${file}: ${String(error)}`);
  }
  found.slowest = Math.max(found.slowest, worked() - from);
}
rmSync(folder, { recursive: true });
process.stdout.write(JSON.stringify({ ...found, peakMegabytes: process.resourceUsage().maxRSS / 1024 }));
