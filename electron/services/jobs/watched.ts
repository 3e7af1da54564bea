import { setInterval } from 'node:timers';
import type { Progress } from './jobs.ts';
import { DONE, STOP, TOTAL } from './counters.ts';

const LOOK_EVERY_MS = 200;

/**
 * Runs work on a thread that counts what it did in what it shares: its count is told as progress, and an abort stops it.
 * `total`: pieces in all, 0 where only the thread finds out and says so in what it shares.
 */
export async function watched<Value>(
  total: number,
  progress: Progress,
  signal: AbortSignal,
  work: (shared: Int32Array) => Promise<Value>,
): Promise<Value> {
  const shared = new Int32Array(new SharedArrayBuffer(12));
  Atomics.store(shared, TOTAL, total);
  const inAll = () => Atomics.load(shared, TOTAL);
  const look = setInterval(() => progress(Atomics.load(shared, DONE), inAll()), LOOK_EVERY_MS);
  const stop = () => Atomics.store(shared, STOP, 1);
  signal.addEventListener('abort', stop);
  try {
    const value = await work(shared);
    progress(inAll(), inAll());
    return value;
  } finally {
    clearInterval(look);
    signal.removeEventListener('abort', stop);
  }
}
