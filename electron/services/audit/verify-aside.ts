import type { Verification } from '../../../shared/contract/signoff.ts';
import { StatesideError } from '../../../shared/domain/error.ts';
import { workspacePaths } from '../../database/workspace/open.ts';
import type { ServiceContext } from '../context.ts';
import { verifyLong } from './verify-long.ts';
import { watched } from '../jobs/watched.ts';

/** A shorter log is verified on the spot. */
const LONG = 2_000;

/** Verifies the workspace's log. A long one runs on threads of its own, as a job with progress that can be cancelled. */
export async function verifyAside({
  workspace,
  log,
  pool,
  jobs,
}: Pick<ServiceContext, 'workspace' | 'log' | 'pool' | 'jobs'>): Promise<Verification> {
  const total = log.checkpoint()?.size ?? 0;
  if (total < LONG) return log.verify();
  const verified: { verification: Verification | null } = { verification: null };
  const id = jobs.start({
    title: 'Verify the log',
    route: '/log',
    unit: 'entries',
    total,
    async run(progress, signal) {
      const verification = await watched(total, progress, signal, (shared) =>
        verifyLong(pool, {
          path: workspacePaths(workspace.folder).database,
          key: log.key,
          everyHead: false,
          shared,
        }),
      );
      verified.verification = verification;
      const failed = verification.steps.find(({ ok }) => !ok);
      if (failed !== undefined)
        throw new StatesideError('failed_check', `Not verified: ${failed.title}: ${failed.detail}.`);
      return null;
    },
  });
  const { message } = await jobs.ended(id);
  if (verified.verification === null)
    throw new StatesideError('cancelled', message ?? 'The verification was stopped; start it again.');
  return verified.verification;
}
