import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { weightsDifference } from '../../electron/services/weights/difference.ts';
import { nearestRows } from '../../electron/services/weights/neighbours.ts';
import { readOnnx } from '../../electron/services/weights/read-onnx.ts';
import { readSafetensors } from '../../electron/services/weights/read-safetensors.ts';
import { weightsStatistics } from '../../electron/services/weights/statistics.ts';
import { WeightsPool } from '../../electron/workers/weights-pool.ts';
import { atLeast, below, figure, type Figure } from './figures.ts';
import { LARGE, writeExternalModel, writeMany, writeModel, writeTable } from './weights-files.ts';

const BYTES = 2 ** 30;
const COLUMNS = 64;
const MOST_MB = 200;
const MOST_PRINTED = 2 ** 30;
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
    const onnx = writeModel(join(folder, 'model.onnx'), BYTES);
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
      ...memoryOf('1 GB', before.path),
      ...memoryOf('20,000 tensors', writeMany(join(folder, 'many.safetensors'), 20_000)),
      ...memoryOf('20,000 tensors, --json', join(folder, 'many.safetensors'), '--json'),
      ...largeMemory(folder),
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

function numpySeconds(path: string, offset: number): number | null {
  const { status, stdout } = spawnSync('python3', ['-c', NUMPY, path, String(offset)], { encoding: 'utf8' });
  const system =
    status === 0
      ? stdout
      : spawnSync('/usr/bin/python3', ['-c', NUMPY, path, String(offset)], { encoding: 'utf8' }).stdout;
  const seconds = Number.parseFloat(system);
  return Number.isFinite(seconds) ? seconds : null;
}

/** Files of any size take the same memory, whichever way their values are stored. */
function largeMemory(folder: string): Figure[] {
  const size = `${LARGE / 2 ** 30} GB`;
  const { path, dataStart } = writeTable(join(folder, 'large.safetensors'), LARGE, 1);
  const beside = writeExternalModel(join(folder, 'beside.onnx'), 'large.safetensors', dataStart, LARGE);
  const within = writeModel(join(folder, 'within.onnx'), LARGE);
  return [
    ...memoryOf(size, path),
    ...memoryOf(`${size} of ONNX, values beside it`, beside),
    ...memoryOf(`${size} of ONNX, values within`, within),
  ];
}

/** Of `weights stats` in a process of its own, as Linux counts it: as it ships (npm run build), and from source at its first start. */
function memoryOf(what: string, path: string, ...options: readonly string[]): Figure[] {
  const program = (file: string) => new URL(`../../${file}`, import.meta.url).href;
  return [
    ...peakMemory(`peak memory on ${what}`, program('out/main/cli.js'), [path, ...options]),
    ...peakMemory(`peak memory on ${what}, from source`, program('electron/cli/main.ts'), [path, ...options]),
  ];
}

function peakMemory(name: string, cli: string, of: readonly string[]): Figure[] {
  const script = `process.argv = ['node', 'cli', 'weights', 'stats', '--threads', '2', ...${JSON.stringify(of)}];
    await import(${JSON.stringify(cli)});
    process.stderr.write(String(process.resourceUsage().maxRSS));`;
  const cache = mkdtempSync(join(tmpdir(), 'stateside-compiled-'));
  const env = { ...process.env, NODE_COMPILE_CACHE: cache }; // as electron/cli/launch.mjs sets it
  const args = ['--input-type=module', '-e', script];
  const { stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', env, maxBuffer: MOST_PRINTED });
  rmSync(cache, { recursive: true, force: true });
  const kilobytes = Number.parseInt(stderr.trim().split('\n').at(-1) ?? '', 10);
  return Number.isNaN(kilobytes) ? [] : [below(name, kilobytes / 1024, 'MB', MOST_MB)];
}
