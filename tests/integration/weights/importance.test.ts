import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openBundle } from '../../../electron/services/releases/bundle.ts';
import { snapshotInfo } from '../../../electron/services/snapshots/info.ts';
import { measureImportance } from '../../../electron/services/weights/importance.ts';
import { WorkerPool } from '../../../electron/workers/pool.ts';
import { ImportanceReport } from '../../../shared/domain/importance/report.ts';
import { testFolder } from '../../fixtures/replay/folder.ts';
import { makeBundles, makeSnapshot, replayWorker } from '../../fixtures/replay/made.ts';
import { newServices } from '../../fixtures/replay/services.ts';

async function world() {
  const folder = testFolder();
  const { path, features } = makeSnapshot(folder);
  const bundles = makeBundles(folder, features);
  return { path, bundles, features };
}

const SETTINGS = { requests: 20, repeats: 2, seed: 7 };
const course = { signal: new AbortController().signal, onProgress: () => {} };

describe('permutation importance', () => {
  it('gives the same figures on any number of threads, and no change for one model under two policies', async () => {
    const { path, bundles, features } = await world();
    const reports = [];
    for (const threads of [1, 2]) {
      const pool = new WorkerPool(replayWorker, threads);
      onTestFinished(() => pool.close());
      const [release, against] = [await openBundle(bundles.reweighed), await openBundle(bundles.baseline)];
      const snapshot = await snapshotInfo(path);
      reports.push(
        await measureImportance({ pool, snapshot, release, against, settings: SETTINGS, ...course }),
      );
    }
    const [report] = reports;
    expect(reports[1]).toEqual(report);
    const parsed = ImportanceReport.parse(report);
    expect(parsed).toMatchObject({ requests: 20, candidates: 300, settings: SETTINGS });
    expect(parsed.heads.map(({ head }) => head)).toEqual(['like', 'hate']);
    for (const { features: rows } of parsed.heads) {
      expect(rows.map(({ feature }) => feature)).toEqual(features);
      for (const { own, change } of rows) {
        expect(own.movement.value).toBeGreaterThan(0);
        expect(change?.movement).toEqual({ value: 0, interval: { lower: 0, upper: 0 } });
      }
    }
  });

  it('runs as a job of the workspace, is kept, logged, and refuses a release that does not fit', async () => {
    const { path, bundles } = await world();
    const { services } = await newServices();
    const { digest: snapshot } = await services.snapshots.add({ path });
    const { digest: release } = await services.releases.import({ path: bundles.retrained });
    const { digest: against } = await services.releases.import({ path: bundles.baseline });
    const of = { release, against, snapshot };
    expect(await services.weights.importance(of)).toEqual({ report: null, jobId: null });
    const { jobId } = await services.weights.measureImportance(of);
    expect((await services.weights.measureImportance(of)).jobId).toBe(jobId);
    expect(await services.jobs.ended(jobId)).toMatchObject({ state: 'done', unit: 'features' });
    const { report } = await services.weights.importance(of);
    expect(report?.heads[0]?.features[0]?.change?.movement.value).not.toBe(0);
    const { rows } = await services.audit.entries({ search: '', offset: 0, limit: 3 });
    expect(rows.map(({ action }) => action)).toContain('importance.measure');
    const other = makeBundles(join(testFolder(), 'other'), ['a', 'b']);
    const { digest: unfit } = await services.releases.import({ path: other.baseline });
    const failed = await services.weights.measureImportance({ ...of, release: unfit });
    expect(await services.jobs.ended(failed.jobId)).toMatchObject({
      state: 'failed',
      message: expect.stringContaining('does not fit'),
    });
  });

  it('keeps nothing when it is cancelled', async () => {
    const { path, bundles } = await world();
    const { services } = await newServices();
    const { digest: snapshot } = await services.snapshots.add({ path });
    const { digest: release } = await services.releases.import({ path: bundles.retrained });
    const of = { release, against: null, snapshot };
    const { jobId } = await services.weights.measureImportance(of);
    await services.jobs.cancel({ id: jobId });
    expect(await services.jobs.ended(jobId)).toMatchObject({ state: 'cancelled' });
    expect(await services.weights.importance(of)).toEqual({ report: null, jobId: null });
  });
});
