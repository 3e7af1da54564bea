import { z } from 'zod';
import { ReleaseAction, ReleaseState } from '../release/lifecycle.ts';
import { Sha256 } from '../release/manifest.ts';
import { Role } from '../roster/roster.ts';
import { Moment, STATEMENT_TYPE, statementOf } from './statement.ts';

const ACTION_PREDICATE = 'urn:stateside:release-action:v1';

/** What people sign to move a release from one state to another. */
const ActionPredicate = z.object({
  action: ReleaseAction,
  from: ReleaseState,
  to: ReleaseState,
  release: z.object({
    name: z.string(),
    version: z.string(),
    team: z.enum(['us', 'global']),
    digest: Sha256,
  }),
  /** Who signs, each in which role; as many signatures stand in the envelope. */
  people: z.array(z.object({ id: z.string().min(1), role: Role })).min(1),
  at: Moment,
  reason: z.string(),
  /** Digest of the action's envelope before this one on the same release, so that none can be signed into another place. */
  after: Sha256.nullable(),
  /** The release that stops ranking by this. */
  supersedes: Sha256.nullable(),
  /** What the global team decided about the release, where US users are given another decision; else null. */
  globalDecision: z.string().nullable(),
});
export type ActionPredicate = z.infer<typeof ActionPredicate>;

export const ActionStatement = statementOf(ACTION_PREDICATE, ActionPredicate);
type ActionStatement = z.infer<typeof ActionStatement>;

export const actionStatement = (predicate: ActionPredicate): ActionStatement =>
  ActionStatement.parse({
    _type: STATEMENT_TYPE,
    subject: [
      {
        name: `${predicate.release.name} ${predicate.release.version}`,
        digest: { sha256: predicate.release.digest },
      },
    ],
    predicateType: ACTION_PREDICATE,
    predicate,
  });
