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

  test('of a lane waits for those before it, and its place is told', async () => {
    const { jobs } = makeJobs();
    const ran: string[] = [];
    const start = (name: string) =>
      jobs.start({ ...work, lane: 'one', run: async () => String(ran.push(name)) });
    const ids = ['a', 'b', 'c'].map(start);
    const states = async () => (await jobs.list()).map(({ state, place }) => [state, place]);
    expect(await states()).toEqual([
      ['running', null],
      ['queued', 1],
      ['queued', 2],
    ]);
    await jobs.ended(ids[2] ?? '');
    expect(ran).toEqual(['a', 'b', 'c']);
    expect(await states()).toEqual(Array.from({ length: 3 }, () => ['done', null]));
  });

  test('that is stopped while it waits is run with a signal that says so, and holds nobody up', async () => {
    const { jobs } = makeJobs();
    const run = async (_: unknown, signal: AbortSignal) => {
      signal.throwIfAborted();
      return aborted(signal);
    };
    const [first, second] = [1, 2].map(() => jobs.start({ ...work, lane: 'one', run }));
    const third = jobs.start({ ...work, lane: 'one', run: async () => 'Third.' });
    await jobs.cancel({ id: second ?? '' });
    expect(await jobs.list()).toMatchObject([
      { id: first, state: 'running' },
      { id: second, state: 'cancelled', place: null },
      { id: third, state: 'queued', place: 1 },
    ]);
    await jobs.cancel({ id: first ?? '' });
    expect(await jobs.ended(third)).toMatchObject({ state: 'done', message: 'Third.' });
  });

  test('that an earlier run of the program left is told until it is put away or goes on', async () => {
    const { jobs } = makeJobs();
    const told = { ...work, done: 2, message: 'Two are kept.' };
    jobs.tellInterrupted(told);
    jobs.tellInterrupted({ ...told, route: '/other' });
    expect(await jobs.list()).toMatchObject([{ state: 'interrupted', done: 2 }, { route: '/other' }]);
    await jobs.ended(jobs.start({ ...work, run: () => Promise.resolve(null) }));
    expect(await jobs.list()).toMatchObject([
      { route: '/other', state: 'interrupted' },
      { route: '/work', state: 'done' },
    ]);
    await jobs.clear();
    expect(await jobs.list()).toEqual([]);
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
