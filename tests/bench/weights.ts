import { spawnSync } from 'node:child_process';
import { closeSync, ftruncateSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import protobuf from 'protobufjs/minimal.js';
import { weightsDifference } from '../../electron/services/weights/difference.ts';
import { nearestRows } from '../../electron/services/weights/neighbours.ts';
import { readOnnx } from '../../electron/services/weights/read-onnx.ts';
import { readSafetensors } from '../../electron/services/weights/read-safetensors.ts';
import { weightsStatistics } from '../../electron/services/weights/statistics.ts';
import { WeightsPool } from '../../electron/workers/weights-pool.ts';
import { atLeast, below, figure, type Figure } from './figures.ts';

const BYTES = 2 ** 30;
const COLUMNS = 64;
const CHUNK = 2 ** 22;
const NUMPY = `
import sys, time, numpy as np
x = np.memmap(sys.argv[1], dtype="<f4", mode="r", offset=int(sys.argv[2]))
best = 1e9
for _ in range(3):
    start = time.perf_counter()
    x.min(), x.max(), x.mean(), x.std(), np.isnan(x).sum()
    best = min(best, time.perf_counter() - start)
print(best)`;

/** Statistics, differences, listing and neighbours of weights of 1 GB, against numpy on the same file where it is. */
export async function benchWeights(): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'stateside-bench-'));
  const pool = new WeightsPool(
    fileURLToPath(new URL('../../electron/workers/weights.ts', import.meta.url)),
    2,
  );
  const course = { signal: new AbortController().signal, onProgress: () => {} };
  try {
    const before = writeTable(join(folder, 'before.safetensors'), BYTES, 1);
    const after = writeTable(join(folder, 'after.safetensors'), BYTES, 1.001);
    const rows = readSafetensors(
      writeTable(join(folder, 'rows.safetensors'), 1_000_000 * COLUMNS * 4, 1).path,
    )[0];
    if (rows === undefined) throw new Error('no table');
    const [first, second] = [readSafetensors(before.path), readSafetensors(after.path)];
    const quick = await best(() => weightsStatistics(first, pool, course, false));
    const statistics = await best(() => weightsStatistics(first, pool, course));
    const difference = await best(() => weightsDifference(first, second, pool, course));
    const nearest = await best(() => nearestRows(rows, 7, 10, pool, course.signal));
    const onnx = writeModel(join(folder, 'model.onnx'));
    const listed = await best(async () => readOnnx(onnx));
    const numpy = numpySeconds(before.path, before.dataStart);
    return [
      figure('statistics of 1 GB', quick, 's'),
      figure('with quantiles and histogram', statistics, 's'),
      ...(numpy === null
        ? []
        : [
            figure("numpy's min+max+mean+std+isnan", numpy, 's'),
            atLeast("numpy's ÷ statistics", numpy / quick, '×', 2),
            atLeast("numpy's ÷ with quantiles and histogram", numpy / statistics, '×', 1),
          ]),
      below('difference of two ÷ statistics of one', difference / statistics, '×', 2.2),
      below('nearest of 1,000,000 × 64', nearest * 1000, 'ms', 300),
      below('1 GB ONNX listed', listed * 1000, 'ms', 300),
      ...peakMemory(before.path),
    ];
  } finally {
    await pool.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function best(work: () => Promise<unknown>): Promise<number> {
  const seconds: number[] = [];
  for (let round = 0; round < 3; round += 1) {
    const from = performance.now();
    await work();
    seconds.push((performance.now() - from) / 1000);
  }
  return Math.min(...seconds);
}

/** Numbers spread like weights: the sum of three uniform ones. */
function writeTable(path: string, bytes: number, scale: number): { path: string; dataStart: number } {
  const shape = [bytes / 4 / COLUMNS, COLUMNS];
  const header = JSON.stringify({ table: { dtype: 'F32', shape, data_offsets: [0, bytes] } });
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.length));
  const file = openSync(path, 'w');
  writeSync(file, Buffer.concat([length, Buffer.from(header)]));
  let state = 1;
  const uniform = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32 - 0.5;
  };
  const values = Float32Array.from(
    { length: CHUNK / 4 },
    () => scale * 0.1 * (uniform() + uniform() + uniform()),
  );
  for (let at = 0; at < bytes; at += CHUNK) {
    values[0] = at / bytes;
    writeSync(file, new Uint8Array(values.buffer, 0, Math.min(CHUNK, bytes - at)));
  }
  closeSync(file);
  return { path, dataStart: 8 + header.length };
}

/** A model with one initializer of 1 GB, its data a hole in the file. */
function writeModel(path: string): string {
  const tensor = protobuf.Writer.create()
    .uint32(8)
    .int64(BYTES / 4)
    .uint32(16)
    .int32(1)
    .uint32(66)
    .string('table');
  const about = Buffer.from(tensor.uint32(74).uint32(BYTES).finish());
  const graph = Buffer.from(
    protobuf.Writer.create()
      .uint32(42)
      .uint32(about.length + BYTES)
      .finish(),
  );
  const start = protobuf.Writer.create()
    .uint32(58)
    .uint32(graph.length + about.length + BYTES)
    .finish();
  const head = Buffer.concat([start, graph, about]);
  const file = openSync(path, 'w');
  writeSync(file, head);
  ftruncateSync(file, head.length + BYTES);
  closeSync(file);
  return path;
}

function numpySeconds(path: string, offset: number): number | null {
  const { status, stdout } = spawnSync('python3', ['-c', NUMPY, path, String(offset)], { encoding: 'utf8' });
  const system =
    status === 0
      ? stdout
      : spawnSync('/usr/bin/python3', ['-c', NUMPY, path, String(offset)], { encoding: 'utf8' }).stdout;
  const seconds = Number.parseFloat(system);
  return Number.isFinite(seconds) ? seconds : null;
}

/** Of the command line as it ships, in a process of its own, as Linux counts it. Needs the built app (npm run build). */
function peakMemory(path: string): Figure[] {
  const cli = new URL('../../out/main/cli.js', import.meta.url).href;
  const script = `process.argv = ['node', 'cli', 'weights', 'stats', ${JSON.stringify(path)}, '--threads', '2'];
    await import(${JSON.stringify(cli)});
    process.stderr.write(String(process.resourceUsage().maxRSS));`;
  const { stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
  const kilobytes = Number.parseInt(stderr.trim().split('\n').at(-1) ?? '', 10);
  return Number.isNaN(kilobytes) ? [] : [below('peak memory of the command', kilobytes / 1024, 'MB', 200)];
}
