import { badInput } from '../../../shared/domain/error.ts';
import type {
  FeatureImportance,
  ImportanceReport,
  ImportanceSettings,
} from '../../../shared/domain/importance/report.ts';
import type { SnapshotInfo } from '../../../shared/domain/snapshot/meta.ts';
import type { WorkerPool } from '../../workers/pool.ts';
import type { Bundle } from '../releases/bundle.ts';
import { requireFit } from '../replay/fit.ts';
import { inOrder } from '../replay/in-order.ts';
import { rankerOf, refOf } from '../replay/ranker.ts';
import type { Course } from './statistics.ts';

export interface ImportanceRun extends Course {
  readonly pool: WorkerPool;
  readonly snapshot: SnapshotInfo;
  readonly release: Bundle;
  readonly against: Bundle | null;
  readonly settings: ImportanceSettings;
}

/**
 * Permutation importance of every feature for every head, feature by feature on the pool's threads, for two releases
 * on the same requests and the same shuffles. Any number of threads gives the same figures. Progress is in features.
 */
export async function measureImportance(run: ImportanceRun): Promise<ImportanceReport> {
  const { pool, snapshot, release, against, settings, signal, onProgress } = run;
  requireFit(snapshot, release);
  if (against !== null) requireFit(snapshot, against);
  const task = { snapshot: { path: snapshot.path, digest: snapshot.digest }, settings };
  const size = await pool.run('importanceSample', task);
  if (size.candidates === 0)
    throw badInput(`${snapshot.path} holds no requests; choose a snapshot with some.`);
  const rankers = { release: rankerOf(release), against: against === null ? null : rankerOf(against) };
  const names = snapshot.features.map(({ name }) => name);
  const byFeature = inOrder(
    names.keys(),
    pool.threads + 1,
    (feature) => pool.run('featureImportance', { ...task, ...rankers, feature }),
    signal,
  );
  const { heads } = release.policy;
  const found: FeatureImportance[][] = heads.map(() => []);
  let done = 0;
  onProgress(done, names.length);
  for await (const importances of byFeature) {
    const feature = names[done] ?? '';
    for (const [at, importance] of importances.entries()) found[at]?.push({ feature, ...importance });
    done += 1;
    onProgress(done, names.length);
  }
  const signals = new Set(snapshot.signals.filter(({ kind }) => kind === 'binary').map(({ name }) => name));
  return {
    format: 'stateside-feature-importance',
    version: 1,
    release: refOf(release),
    against: against === null ? null : refOf(against),
    snapshot: { name: snapshot.meta.name, digest: snapshot.digest },
    settings,
    requests: size.requests,
    candidates: size.candidates,
    heads: heads.map(({ name, kind }, at) => {
      const signal = kind === 'probability' && signals.has(name) ? name : null;
      return {
        head: name,
        signal,
        observed: signal === null ? 0 : (size.observed[signal] ?? 0),
        features: found[at] ?? [],
      };
    }),
  };
}
