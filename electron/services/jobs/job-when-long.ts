import { setTimeout } from 'node:timers/promises';
import { asJob } from './as-job.ts';
import type { Jobs, Progress, Work } from './jobs.ts';

const LONG_MS = 1000;

/**
 * Work that is a job only when it takes long, so that what is over at once is listed nowhere. Then it has progress and
 * can be cancelled, and its value or error comes to the one who asked for it too. `long` resolves when it takes long.
 */
export async function jobWhenLong<Value>(
  jobs: Jobs,
  { run, ...about }: Omit<Work, 'run'> & { run(progress: Progress, signal: AbortSignal): Promise<Value> },
  long: Promise<unknown> = setTimeout(LONG_MS, undefined, { ref: false }),
): Promise<Value> {
  const abort = new AbortController();
  let tell: Progress = () => {};
  const value = run((done, total) => tell(done, total), abort.signal);
  const settled = value.then(
    () => true,
    () => true,
  );
  if (await Promise.race([settled, long.then(() => false)])) return value;
  return asJob(jobs, {
    ...about,
    run(progress, signal) {
      tell = progress;
      signal.addEventListener('abort', () => abort.abort(signal.reason));
      return value;
    },
  });
}
