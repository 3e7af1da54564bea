import { decisionCount } from '../../database/review/judgements.ts';
import { workspacePaths, type Workspace } from '../../database/workspace/open.ts';
import type { WorkerPool } from '../../workers/pool.ts';
import type { SumTask } from '../../workers/review.ts';
import { jobWhenLong } from '../jobs/job-when-long.ts';
import type { Jobs } from '../jobs/jobs.ts';
import { watched } from '../jobs/watched.ts';

/** From so many decisions on a campaign is summed up on a thread of its own. */
const LONG = 20_000;

type Threads = Pick<WorkerPool, 'walk'>;

/** Where campaigns are summed up: without threads, as in the command line, here and now. */
export type SumSource = { readonly workspace: Pick<Workspace, 'db' | 'folder'> } & (
  { readonly pool: null } | { readonly pool: Threads; readonly jobs: Jobs }
);

/** A sum over the decisions of a campaign, here or on a thread. */
interface Sum<Value> {
  readonly title: string;
  readonly route: string;
  here(): Value;
  there(threads: Threads, task: SumTask): Promise<Value>;
}

/**
 * Sums a campaign up: a long one on a thread of its own, not on the one that ranks the next feed, and as a job when it
 * takes long. `long`: the number of decisions from which it is a long one.
 */
export async function summedAside<Value>(
  source: SumSource,
  campaign: string,
  { title, route, here, there }: Sum<Value>,
  long = LONG,
): Promise<Value> {
  const { db, folder } = source.workspace;
  const total = decisionCount(db, campaign);
  if (source.pool === null || total < long) return here();
  const { pool, jobs } = source;
  const path = workspacePaths(folder).database;
  return jobWhenLong(jobs, {
    ...{ title, route, unit: 'decisions', total },
    run: (progress, signal) =>
      watched(total, progress, signal, (shared) => there(pool, { path, campaign, total, shared })),
  });
}
