import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Resampling } from '../../electron/services/replay/resampling.ts';
import { WorkerPool } from '../../electron/workers/pool.ts';
import { CHUNK_REQUESTS } from '../../shared/domain/replay/inference.ts';
import { DRAWS } from '../../shared/domain/statistics/resample.ts';
import { mulberry } from '../fixtures/replay/bundle.ts';
import { replayWorker } from '../fixtures/replay/made.ts';
import { below, figure, median, type Figure } from './figures.ts';

const REQUESTS = 100_000;
const MEASURES = 20;
/** Of each measure its baseline, its candidate, and whether a request says anything. */
const LEVELS = 3 * MEASURES;
const ROUNDS = 3;

/** A thousand draws of 20 measures over 100,000 requests on two threads, and how long this thread was held by it. */
export async function benchBootstrap(): Promise<Figure[]> {
  const pool = new WorkerPool(replayWorker, 2);
  try {
    const random = mulberry(1);
    const values = (columns: number): Float64Array =>
      Float64Array.from({ length: CHUNK_REQUESTS * columns }, random);
    const chunk = { levels: values(LEVELS), differences: values(MEASURES) };
    const draw = async (): Promise<number> => {
      const started = performance.now();
      const resampling = new Resampling(pool);
      for (let from = 0; from < REQUESTS; from += CHUNK_REQUESTS) {
        const requests = Math.min(CHUNK_REQUESTS, REQUESTS - from);
        const marks = Float64Array.from({ length: requests }, (_, at) => from + at);
        const part = (columns: number, all: Float64Array) => ({
          ...{ seed: 1, marks, columns },
          values: all.slice(0, requests * columns),
        });
        const task = { levels: part(LEVELS, chunk.levels), differences: part(MEASURES, chunk.differences) };
        await resampling.take({ merge: () => {} }, task);
      }
      await resampling.finish();
      return (performance.now() - started) / 1000;
    };
    await draw();
    const held = monitorEventLoopDelay({ resolution: 1 });
    held.enable();
    const seconds: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) seconds.push(await draw());
    held.disable();
    const what = `${DRAWS} bootstrap draws, 100,000 requests × ${MEASURES} measures`;
    return [
      below(what, median(seconds), 's', 5),
      figure(`${what}: longest that the calling thread was held`, held.max / 1e6, 'ms'),
    ];
  } finally {
    await pool.close();
  }
}
