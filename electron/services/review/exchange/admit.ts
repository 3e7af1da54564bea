import type { Database } from 'better-sqlite3';
import { StatesideError } from '../../../../shared/domain/error.ts';
import {
  requireAllowed,
  requireMode,
  subjectOf,
  type Decision,
} from '../../../../shared/domain/review/decision.ts';
import type { RosterKey } from '../../../../shared/domain/roster/keyring.ts';
import {
  getDecision,
  hasDecision,
  reversalsOf,
  type StoredDecision,
} from '../../../database/review/decisions.ts';
import type { Candidates } from './candidates.ts';
import type { SignedCampaign } from './read.ts';

/** What a decision that came in a file is held against. */
export interface Terms {
  readonly db: Database;
  readonly file: Pick<SignedCampaign, 'campaign' | 'policies'>;
  readonly keys: ReadonlyMap<string, RosterKey>;
  /** null where the campaign's snapshot is not at hand. */
  readonly candidates: Candidates | null;
}

/** Why the desk of its campaign would not have taken a decision, as the end of a sentence; null where it would have. */
export function notAdmittedBecause(
  { db, file, keys, candidates }: Terms,
  { id, decision }: StoredDecision,
): string | null {
  const { campaign, policies } = file;
  const { feed, requestId, ruling, seen, keyId, person } = decision;
  if (campaign.feeds[feed]?.requestId !== requestId) return 'is of a feed the campaign does not have';
  const key = keys.get(keyId);
  if (key?.person.id !== person || key.person.organisation !== 'us')
    return `names a key that is not ${person}'s on the roster`;
  const releases = new Set([campaign.release, campaign.baseline]);
  if (
    seen.snapshot !== campaign.snapshot ||
    seen.policies !== campaign.policies ||
    !seen.releases.every((release) => releases.has(release))
  )
    return 'was made on another snapshot, other releases or other policies than the campaign’s';
  try {
    requireMode(ruling, campaign.mode);
    requireAllowed(ruling, policies);
  } catch (error) {
    if (!(error instanceof StatesideError)) throw error;
    return `is not one the campaign takes: ${error.message.replace(/\.$/, '')}`;
  }
  if (ruling.kind === 'item' && candidates?.has(requestId, ruling.itemId) === false)
    return `is on item ${ruling.itemId}, which its feed cannot show`;
  return wrongReversal(db, { id, decision });
}

/** Files come in any order: a reversal may be here before what it reverses. */
function wrongReversal(db: Database, { id, decision }: StoredDecision): string | null {
  const { reverses } = decision;
  if (reverses !== null && hasDecision(db, reverses) && !sameSubject(getDecision(db, reverses), decision))
    return `reverses the decision ${reverses}, which is not the same person's on the same feed and subject`;
  const other = reversalsOf(db, id).find((reversal) => !sameSubject(reversal.decision, decision));
  return other === undefined
    ? null
    : `is reversed by the decision ${other.id}, which is not the same person's on the same feed and subject`;
}

const sameSubject = (a: Decision, b: Decision): boolean =>
  a.campaign === b.campaign &&
  a.feed === b.feed &&
  a.person === b.person &&
  subjectOf(a.ruling) === subjectOf(b.ruling);
