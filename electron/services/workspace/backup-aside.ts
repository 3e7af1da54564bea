import { basename, join } from 'node:path';
import type { ServiceContext } from '../context.ts';
import { asJob } from '../jobs/as-job.ts';
import { backUp, type Backup } from './backup.ts';

const MB = 1e6;

/**
 * Backs a workspace up into a new folder of `parent`, named by the workspace and the time, as a job that can be
 * cancelled; the copy is read through on a thread of its own.
 */
export function backUpAside(
  { workspace: { folder }, pool, jobs, now }: Pick<ServiceContext, 'workspace' | 'pool' | 'jobs' | 'now'>,
  parent: string,
): Promise<Backup> {
  const time = now().slice(0, 16).replace('T', ' ').replace(':', '');
  return asJob(jobs, {
    ...{ title: 'Back up the workspace', route: '/workspaces', unit: 'MB', total: 0 },
    run: (progress, signal) =>
      backUp(folder, join(parent, `${basename(folder)} ${time}`), {
        signal,
        progress: (done, total) => progress(Math.floor(done / MB), Math.ceil(total / MB)),
        inspect: (path) => pool.run('inspectBackup', { path }),
      }),
  });
}
