import { z } from 'zod';
import type { ServiceApi } from '../../../shared/contract/index.ts';
import type { ReleaseRow } from '../../../shared/contract/releases.ts';
import type { Overview } from '../../../shared/contract/workspace.ts';
import { listReleases } from '../../database/workspace/releases.ts';
import { withStanding } from '../signoff/standing.ts';
import type { ServiceContext } from '../context.ts';
import { find } from './find.ts';

/** How many log entries the overview shows. */
const CHANGES = 12;

export function workspaceService(
  context: ServiceContext,
  signoff: ServiceApi<'signoff'>,
): ServiceApi<'workspace'> {
  const { workspace, log, now } = context;
  const { db, name, folder, sample } = workspace;
  const missing = async (release: ReleaseRow): Promise<Overview['awaiting'][number]> => {
    const detail = await signoff.get({ releaseDigest: release.digest });
    return { release, missing: detail.missing.map(({ what }) => what) };
  };
  const production = async (release: ReleaseRow | undefined): Promise<Overview['production']> => {
    if (release === undefined) return null;
    const { decisions } = await signoff.get({ releaseDigest: release.digest });
    const approvals = decisions.filter(({ decision, counts }) => decision === 'approve' && counts);
    return { release, since: promotedAt(release), approvedBy: approvals.map(({ person }) => person) };
  };
  const promotedAt = ({ digest, importedAt }: ReleaseRow): string => {
    const at = db
      .prepare(
        `SELECT at FROM log_entry WHERE action IN ('release.promote', 'release.roll-back') AND subject = ? ORDER BY seq DESC LIMIT 1`,
      )
      .pluck()
      .get(digest);
    return z.string().optional().parse(at) ?? importedAt;
  };
  return {
    async overview() {
      const releases = withStanding(workspace, listReleases(db), now());
      const undecided = releases.filter(
        ({ manifest, state }) =>
          manifest.team === 'us' && ['draft', 'submitted', 'in review'].includes(state),
      );
      return {
        workspace: { name, path: folder, sample, jurisdiction: 'US' },
        production: await production(releases.find(({ state }) => state === 'in production')),
        awaiting: await Promise.all(undecided.map(missing)),
        changes: log.entries({ offset: 0, limit: CHANGES, search: '' }).rows,
        releases,
      };
    },
    find: async ({ text }) =>
      find(db, withStanding(workspace, listReleases(db), now()), await signoff.people(), text),
  };
}
