import { dirname } from 'node:path';
import { z } from 'zod';
import type { ServiceApi } from '../../../shared/contract/index.ts';
import type { ReleaseRow } from '../../../shared/contract/releases.ts';
import type { Overview } from '../../../shared/contract/workspace.ts';
import { listReleases } from '../../database/workspace/releases.ts';
import { newestEntries } from '../audit/entries.ts';
import type { Withholds } from '../audit/withheld.ts';
import { withStanding } from '../signoff/standing.ts';
import { gatesFile } from '../../installed-files.ts';
import type { ServiceContext } from '../context.ts';
import { backUpAside } from './backup-aside.ts';
import { find } from './find.ts';
import { foundEmpty } from './found-empty.ts';

/** How many changes the overview shows, and among how many of the newest entries it looks for them. */
const CHANGES = 6;
const LOOKED_THROUGH = 500;
const WEEK_MS = 7 * 24 * 3600 * 1000;
/** What is done many times a day and changes nothing for anybody. */
const ROUTINE = /^(?:replay\.|review\.(?:submit|escalation)$|policy-draft\.|log\.witness$)/;

export function workspaceService(
  context: ServiceContext,
  signoff: ServiceApi<'signoff'>,
  withholds: Withholds,
): ServiceApi<'workspace'> {
  const { workspace, now } = context;
  const { db, name, folder, sample } = workspace;
  const missing = async (release: ReleaseRow): Promise<Overview['awaiting'][number]> => {
    const detail = await signoff.get({ releaseDigest: release.digest });
    return { release, missing: detail.missing };
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
  const week = (): Overview['week'] => {
    const from = new Date(Date.parse(now()) - WEEK_MS).toISOString();
    const { total, rows } = newestEntries(db, from, LOOKED_THROUGH, withholds);
    const changes = rows.filter(({ action }) => !ROUTINE.test(action)).slice(0, CHANGES);
    return { entries: total, changes };
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
        week: week(),
        releases,
      };
    },
    async found({ folder: fresh, name: called }) {
      const founded = await foundEmpty(fresh, called, dirname(gatesFile));
      founded.close();
      return { folder: founded.folder };
    },
    backUp: ({ parent }) => backUpAside(context, parent),
    find: async ({ text }) =>
      find(context, withStanding(workspace, listReleases(db), now()), await signoff.people(), text),
  };
}
