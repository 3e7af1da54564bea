import { describe, expect, test, vi } from 'vitest';
import { Jobs } from '../../../electron/services/jobs/jobs.ts';
import { RateMeter } from '../../../electron/services/jobs/rate.ts';
import { throttle } from '../../../electron/services/jobs/throttle.ts';
import type { Job } from '../../../shared/contract/jobs.ts';
import { badInput } from '../../../shared/domain/error.ts';

const work = { title: 'Work', route: '/work', unit: 'parts', total: 3 };

function makeJobs(): { jobs: Jobs; events: Job[][] } {
  const events: Job[][] = [];
  return { jobs: new Jobs((all) => events.push(all)), events };
}

const aborted = (signal: AbortSignal): Promise<null> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve(null);
    signal.addEventListener('abort', () => resolve(null));
  });

describe('a job', () => {
  test('is listed at once, tells its progress, and ends done', async () => {
    const { jobs, events } = makeJobs();
    const id = jobs.start({
      ...work,
      run: async (progress) => {
        progress(2, 3);
        return 'All of it.';
      },
    });
    expect(await jobs.list()).toMatchObject([{ id, state: 'running', done: 0, total: 3 }]);
    expect(await jobs.ended(id)).toMatchObject({ state: 'done', done: 2, message: 'All of it.', rate: null });
    expect(events.at(-1)).toMatchObject([{ id, state: 'done' }]);
  });

  test('that fails says why in a sentence', async () => {
    const { jobs } = makeJobs();
    const id = jobs.start({ ...work, run: () => Promise.reject(badInput('x.yaml is empty; write it.')) });
    expect(await jobs.ended(id)).toMatchObject({ state: 'failed', message: 'x.yaml is empty; write it.' });
  });

  test('that is cancelled has ended when cancel answers', async () => {
    const { jobs } = makeJobs();
    let cleaned = false;
    const id = jobs.start({
      ...work,
      run: async (_, signal) => {
        await aborted(signal);
        cleaned = true;
        signal.throwIfAborted();
        return null;
      },
    });
    await jobs.cancel({ id });
    expect(cleaned).toBe(true);
    expect(await jobs.list()).toMatchObject([{ id, state: 'cancelled' }]);
  });

  test('stays in the list until it is cleared; running ones stay', async () => {
    const { jobs } = makeJobs();
    const done = jobs.start({ ...work, run: () => Promise.resolve(null) });
    await jobs.ended(done);
    const running = jobs.start({ ...work, run: (_, signal) => aborted(signal) });
    await jobs.clear();
    expect((await jobs.list()).map(({ id }) => id)).toEqual([running]);
    await jobs.close();
  });

  test('nobody knows cannot be cancelled', async () => {
    await expect(makeJobs().jobs.cancel({ id: 'job-x' })).rejects.toMatchObject({ code: 'not_found' });
  });
});

test('the rate is what was done over the last five seconds', () => {
  const meter = new RateMeter();
  expect(meter.add(0, 0)).toBeNull();
  expect(meter.add(1000, 50)).toBe(50);
  expect(meter.add(6000, 550)).toBe(100);
});

test('throttled calls act at once, then at most once per interval, the last one included', () => {
  vi.useFakeTimers();
  try {
    const act = vi.fn();
    const throttled = throttle(100, act);
    for (let call = 0; call < 5; call += 1) throttled();
    expect(act).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(100);
    expect(act).toHaveBeenCalledTimes(2);
    vi.advanceTimersByTime(1000);
    expect(act).toHaveBeenCalledTimes(2);
    throttled.now();
    expect(act).toHaveBeenCalledTimes(3);
  } finally {
    vi.useRealTimers();
  }
});
