import { statSync } from 'node:fs';
import { notFound } from '../../../../shared/domain/error.ts';
import { rowsOfCampaign } from '../../../database/review/campaign-rows.ts';
import { workspacePaths } from '../../../database/workspace/open.ts';
import type { ServiceContext } from '../../context.ts';
import { asJob } from '../../jobs/as-job.ts';
import { watched } from '../../jobs/watched.ts';
import { exportCampaign, type ExportTask } from './export.ts';
import { mergeCampaign, type Merged, type MergeTask } from './merge.ts';

/** A longer export is a job. */
const MANY_ROWS = 10_000;
/** A longer file is merged on a thread of its own. */
const LONG_BYTES = 4 * 1024 * 1024;
const ROUTE = '/review/exchange';

/** Exports a campaign; a long one as a job that can be cancelled. Answers the file's bytes. */
export function exportAside(
  { workspace, jobs }: Pick<ServiceContext, 'workspace' | 'jobs'>,
  task: Omit<ExportTask, 'database'>,
  path: string,
): Promise<number> {
  const whole = { ...task, database: workspacePaths(workspace.folder).database };
  const total = rowsOfCampaign(workspace.db, task.campaign);
  if (total < MANY_ROWS) return exportCampaign(whole, path);
  return asJob(jobs, {
    ...{ title: 'Export a campaign', route: ROUTE, unit: 'rows', total },
    run: (progress, signal) =>
      exportCampaign(whole, path, { signal, progress: (rows) => progress(rows, Math.max(rows, total)) }),
  });
}

/**
 * Merges a campaign's file; a long one on a thread of its own, as a job that can be cancelled. Meanwhile nobody else
 * writes, and whoever tries is told so at once instead of waiting. `long`: bytes from which a file is merged so.
 */
export async function mergeAside(
  { workspace: { db, folder }, log, pool, jobs }: Pick<ServiceContext, 'workspace' | 'log' | 'pool' | 'jobs'>,
  task: MergeTask,
  long = LONG_BYTES,
): Promise<Merged> {
  if (sizeOf(task.path) < long) return mergeCampaign(db, log, task);
  const timeout = Number(db.pragma('busy_timeout', { simple: true }));
  return asJob(jobs, {
    ...{ title: 'Merge a campaign', route: ROUTE, unit: 'pieces', total: 0 },
    async run(progress, signal) {
      db.pragma('busy_timeout = 100');
      try {
        return await watched(0, progress, signal, (shared) =>
          pool.run('mergeReview', { ...task, folder, shared }),
        );
      } finally {
        db.pragma(`busy_timeout = ${timeout}`);
      }
    },
  });
}

function sizeOf(path: string): number {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) throw notFound(`${path} is not there; choose the file of a campaign`);
  return found.size;
}
