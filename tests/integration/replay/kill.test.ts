import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { workspacePaths } from '../../../electron/database/workspace/open.ts';
import { requestsIn } from '../../../electron/services/replay/journal.ts';
import type { ReplaySettings } from '../../../shared/domain/replay/report.ts';
import { testFolder } from '../../fixtures/replay/folder.ts';
import { makeBundles, makeSnapshot } from '../../fixtures/replay/made.ts';
import { newServices, openServices } from '../../fixtures/replay/services.ts';

const replayer = join(import.meta.dirname, '../../fixtures/replay/replayer.ts');
/** Everything a report can hold. */
const settings: ReplaySettings = {
  ...{ seed: 5, limit: 3900, topK: 5, attribution: true },
  slices: [['user.region'], ['request.surface', 'item.category']],
};

/** Replays in a process of its own, which is killed once it has done so many requests. */
async function killedAfter(requests: number, folder: string, input: object): Promise<void> {
  const child = spawn(process.execPath, [replayer, folder, JSON.stringify(input)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of createInterface(child.stdout)) if (Number(line) >= requests) child.kill('SIGKILL');
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  expect(child.signalCode).toBe('SIGKILL');
}

test(
  'a replay killed again and again comes to the same bytes of report as one that was left alone',
  { timeout: 120_000 },
  async () => {
    const made = testFolder();
    const { path, features } = makeSnapshot(made, 4000);
    const paths = makeBundles(made, features);
    const opened = await newServices();
    const { snapshots, releases, replay, jobs } = opened.services;
    const { digest: snapshot } = await snapshots.add({ path });
    const { digest: baseline } = await releases.import({ path: paths.baseline });
    const { digest: candidate } = await releases.import({ path: paths.retrained });
    const input = { snapshot, baseline, candidate, settings };
    const whole = await replay.start(input);
    await jobs.ended(whole.jobId);
    await opened.services.close();

    for (const requests of [1, 800, 1600]) await killedAfter(requests, opened.folder, input);
    const { journals } = workspacePaths(opened.folder);
    const again = openServices(opened.folder);
    const [killed] = await again.services.replay.list();
    if (killed === undefined) throw new Error('the replay is gone');
    expect(killed).toMatchObject({
      state: 'interrupted',
      message: expect.stringMatching(/ [\d,]+ requests are finished/),
    });
    // as if the last block had not reached the disk
    truncateSync(join(journals, killed.id), statSync(join(journals, killed.id)).size - 7);
    const finished = requestsIn(join(journals, killed.id));
    const { jobId } = await again.services.replay.resume({ id: killed.id });
    // what was finished counts at once, and for no rate
    const told = new Set<number>();
    const ended = again.services.jobs.ended(jobId).finally(() => told.add(settings.limit ?? 0));
    while (!told.has(settings.limit ?? 0)) {
      for (const { id, done } of await again.services.jobs.list()) if (id === jobId) told.add(done);
      await setTimeout(5);
    }
    expect(await ended).toMatchObject({ state: 'done' });
    told.delete(0);
    expect(Math.min(...told)).toBeGreaterThanOrEqual(finished);
    const reports = again.workspace.db.prepare('SELECT report FROM replay WHERE id = ?').pluck();
    expect(reports.get(killed.id)).toBe(reports.get(whole.replayId));
    const kept = again.workspace.db.prepare(
      'SELECT outcome FROM replay_request WHERE replay_id = ? ORDER BY request_id',
    );
    expect(kept.pluck().all(killed.id)).toEqual(kept.pluck().all(whole.replayId));
  },
);
