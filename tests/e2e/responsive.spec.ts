import { expect, test } from '@playwright/test';
import { launchApp } from './app.ts';

/** One frame at 60 per second. */
const FRAME_MS = 16;

test('the main process stays free while services found, replay and read', async () => {
  test.setTimeout(120_000);
  const app = await launchApp();
  await app.page.evaluate(() => window.stateside.workspace.overview());
  // time on the processor between two turns, so that a busy machine does not count as a busy main process
  await app.electron.evaluate(() => {
    const { readFileSync } = process.getBuiltinModule('node:fs');
    const cpuMs = () =>
      Number(readFileSync(`/proc/self/task/${process.pid}/schedstat`, 'utf8').split(' ')[0]) / 1e6;
    const turns: number[] = [];
    let last = cpuMs();
    setInterval(() => {
      const now = cpuMs();
      turns.push(now - last);
      last = now;
    }, 1);
    Reflect.set(globalThis, 'turns', turns);
  });
  const finished = await app.page.evaluate(async () => {
    const opened = async <Value>(
      answer: Promise<{ ok: true; value: Value } | { ok: false; error: { message: string } }>,
    ) => {
      const envelope = await answer;
      if (!envelope.ok) throw new Error(envelope.error.message);
      return envelope.value;
    };
    const { jobs, releases, replay, snapshots } = window.stateside;
    const [snapshot] = await opened(snapshots.list());
    const [baseline, candidate] = await opened(releases.list());
    if (!snapshot || !baseline || !candidate)
      throw new Error('the sample has no snapshot or no two releases');
    const sides = { snapshot: snapshot.digest, baseline: baseline.digest, candidate: candidate.digest };
    const { replayId, jobId } = await opened(
      replay.start({ ...sides, settings: { limit: null, seed: 1, topK: 20 } }),
    );
    const query = {
      replayId,
      offset: 0,
      limit: 500,
      sort: 'requestId',
      descending: false,
      search: '',
      only: 'all',
    } as const;
    while ((await opened(jobs.list())).find((job) => job.id === jobId)?.state === 'running') {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    const { rows } = await opened(replay.requests(query));
    for (const { requestId } of rows.slice(0, 100)) await opened(replay.feed({ ...sides, requestId }));
    return rows.length;
  });
  expect(finished).toBe(500);
  const turns = await app.electron.evaluate((): number[] => Reflect.get(globalThis, 'turns'));
  expect(turns.length).toBeGreaterThan(200);
  expect(Math.max(...turns)).toBeLessThan(FRAME_MS);
  await app.close();
});
