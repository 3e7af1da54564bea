import type { ReleaseState } from '../../../shared/domain/release/lifecycle.ts';
import { setReleaseState } from '../../database/workspace/releases.ts';
import type { SignoffContext } from './context.ts';
import { canonicalDigest } from './digest.ts';
import { judgeStatement, type Judgement } from './standing.ts';
import {
  findRelease,
  insertSignoff,
  signoffsOf,
  type FrozenStatement,
  type StoredSignoff,
} from './tables.ts';

/** Inside a transaction: a decision, its log entry, the log's head, and what follows for the release. */
export function keepDecision(
  { workspace: { db }, log }: SignoffContext,
  release: string,
  statement: FrozenStatement,
  judgement: Judgement,
  signoff: StoredSignoff,
  collectedBy: string | null = null,
): void {
  insertSignoff(db, statement.digest, signoff);
  const state = settle(db, release, statement, judgement);
  log.append({
    at: judgement.at,
    actor: collectedBy ?? signoff.person,
    action: collectedBy === null ? `release.${signoff.decision.replace(' ', '-')}` : 'signoff.collect',
    subject: release,
    body: {
      statement: statement.digest,
      signoff: canonicalDigest(signoff.envelope),
      keyId: signoff.key_id,
      state,
      ...(collectedBy === null ? {} : { person: signoff.person, decision: signoff.decision }),
    },
    texts: { reason: signoff.reason, conditions: signoff.conditions },
  });
}

/** The state that the decisions on its newest statement give a release that is being decided. */
function settle(
  db: SignoffContext['workspace']['db'],
  digest: string,
  statement: FrozenStatement,
  judgement: Judgement,
): ReleaseState {
  const state = findRelease(db, digest)?.state ?? 'in review';
  if (state !== 'in review' && state !== 'approved' && state !== 'refused') return state;
  const { refusals, approvals, threshold } = judgeStatement(
    statement,
    signoffsOf(db, statement.digest),
    judgement,
  );
  const next = refusals.length > 0 ? 'refused' : approvals >= threshold ? 'approved' : 'in review';
  if (next !== state) setReleaseState(db, digest, next);
  return next;
}
