import type { importance as channels, ImportanceOf } from '../../../shared/contract/importance.ts';
import type { ServiceApi } from '../../../shared/contract/index.ts';
import { IMPORTANCE_SETTINGS } from '../../../shared/domain/importance/settings.ts';
import { canonicalJson } from '../../../shared/domain/statements/canonical-json.ts';
import { findImportance, keepImportance } from '../../database/workspace/feature-importance.ts';
import { getRelease } from '../../database/workspace/releases.ts';
import { getSnapshot } from '../../database/workspace/snapshots.ts';
import type { ServiceContext } from '../context.ts';
import { sha256Hex } from '../signoff/digest.ts';
import { measureImportance } from './importance.ts';
import type { Course } from './statistics.ts';

/** Which features matter: measured once for each release, other release and snapshot, as a job, and kept. */
export function importanceService(
  context: ServiceContext,
): Pick<ServiceApi<'weights'>, keyof typeof channels> {
  const { workspace, pool, bundles, snapshotFiles, log, actor, now, jobs, changed } = context;
  const { db } = workspace;
  const running = new Map<string, string>();
  const keyOf = ({ release, against, snapshot }: ImportanceOf) => `${release} ${against} ${snapshot}`;

  async function measure(of: ImportanceOf, course: Course): Promise<void> {
    const { info } = getSnapshot(db, of.snapshot);
    await snapshotFiles.require(info);
    const release = await bundles.reread(of.release);
    const against = of.against === null ? null : await bundles.reread(of.against);
    const settings = IMPORTANCE_SETTINGS;
    const report = await measureImportance({ pool, snapshot: info, release, against, settings, ...course });
    const json = canonicalJson(report);
    const at = now();
    db.transaction(() => {
      keepImportance(db, of, settings, json, at);
      log.append({
        at,
        actor,
        action: 'importance.measure',
        subject: of.release,
        body: { against: of.against, snapshot: of.snapshot, report: sha256Hex(json) },
      });
    }).immediate();
    changed('audit');
  }

  return {
    importance: async (of) => ({
      report: findImportance(db, of, IMPORTANCE_SETTINGS),
      jobId: running.get(keyOf(of)) ?? null,
    }),
    async measureImportance(of) {
      const started = running.get(keyOf(of));
      if (started !== undefined) return { jobId: started };
      const { manifest } = getRelease(db, of.release);
      const { info } = getSnapshot(db, of.snapshot);
      const against = of.against === null ? '' : `&against=${of.against}`;
      const jobId = jobs.start({
        title: `Which features matter to ${manifest.version}`,
        route: `/weights/importance?release=${of.release}${against}&snapshot=${of.snapshot}`,
        unit: 'features',
        total: info.features.length,
        run: async (onProgress, signal) => {
          try {
            await measure(of, { onProgress, signal });
            return null;
          } finally {
            running.delete(keyOf(of));
            changed('weights');
          }
        },
      });
      running.set(keyOf(of), jobId);
      return { jobId };
    },
  };
}
