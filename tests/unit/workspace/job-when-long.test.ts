import { expect, test } from 'vitest';
import { jobWhenLong } from '../../../electron/services/jobs/job-when-long.ts';
import { Jobs, type Progress } from '../../../electron/services/jobs/jobs.ts';
import { refused } from '../../../shared/domain/error.ts';

const about = { title: 'Sum', route: '/sum', unit: 'rows', total: 3 };
const NEVER = new Promise<never>(() => {});
const AT_ONCE = Promise.resolve();

test('work that is over before it is long is no job, whether it answers or fails', async () => {
  const jobs = new Jobs(() => {});
  expect(await jobWhenLong(jobs, { ...about, run: async () => 7 }, NEVER)).toBe(7);
  await expect(
    jobWhenLong(jobs, { ...about, run: () => Promise.reject(refused('No.')) }, NEVER),
  ).rejects.toThrow('No.');
  expect(await jobs.list()).toEqual([]);
});

test('long work becomes a job with progress, and answers who asked', async () => {
  const jobs = new Jobs(() => {});
  let resolve: (value: number) => void = () => {};
  const promise = new Promise<number>((done) => {
    resolve = done;
  });
  let tell: Progress = () => {};
  const value = jobWhenLong(
    jobs,
    {
      ...about,
      run(progress) {
        tell = progress;
        progress(1, 3);
        return promise;
      },
    },
    AT_ONCE,
  );
  await expect.poll(() => jobs.list()).toMatchObject([{ title: 'Sum', state: 'running' }]);
  tell(2, 3);
  expect(await jobs.list()).toMatchObject([{ done: 2, total: 3 }]);
  resolve(7);
  expect(await value).toBe(7);
  expect(await jobs.list()).toMatchObject([{ state: 'done' }]);
});

test('long work that is cancelled is told so, and so is who asked', async () => {
  const jobs = new Jobs(() => {});
  const value = jobWhenLong(
    jobs,
    {
      ...about,
      run: (_, signal) =>
        new Promise<number>((_, reject) => {
          signal.addEventListener('abort', () => reject(refused('Stopped.')));
        }),
    },
    AT_ONCE,
  );
  const failed = expect(value).rejects.toThrow('Stopped.');
  await expect.poll(() => jobs.list()).toHaveLength(1);
  const [job] = await jobs.list();
  await jobs.cancel({ id: job?.id ?? '' });
  await failed;
  expect(await jobs.list()).toMatchObject([{ state: 'cancelled' }]);
});
