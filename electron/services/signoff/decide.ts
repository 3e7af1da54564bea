import type { DecisionInput } from '../../../shared/contract/signoff.ts';
import { notFound, refused, StatesideError } from '../../../shared/domain/error.ts';
import { transitionRefusedBecause } from '../../../shared/domain/release/lifecycle.ts';
import { countSignatures } from '../../../shared/domain/roster/counting.ts';
import type { RosterKey } from '../../../shared/domain/roster/keyring.ts';
import type { SignoffPredicate } from '../../../shared/domain/statements/signoff-statement.ts';
import { approvalTerms } from './approval-terms.ts';
import type { SignoffContext } from './context.ts';
import { statementStaleBecause } from './staleness.ts';
import { judgementOf, predicateOf, type Judgement } from './standing.ts';
import {
  findRelease,
  newestStatement,
  signoffsOf,
  type FrozenStatement,
  type StoredRelease,
} from './tables.ts';

/** How long a statement that was shown may wait for its signature. */
const SHOWN_FOR_MS = 15 * 60_000;

/** A decision that may be signed. */
export interface Prepared {
  readonly release: StoredRelease;
  readonly statement: FrozenStatement;
  readonly judgement: Judgement;
  readonly key: RosterKey;
  readonly predicate: SignoffPredicate;
}

export const nameOf = ({ manifest }: Pick<StoredRelease, 'manifest'>): string =>
  `${manifest.name} ${manifest.version}`;

export function releaseOf({ workspace }: Pick<SignoffContext, 'workspace'>, digest: string): StoredRelease {
  const release = findRelease(workspace.db, digest);
  if (release === null) throw notFound(`there is no release ${digest} in this workspace; import it`);
  return release;
}

/** Refuses what cannot be done with a release in the state it is in. */
export function requireTransition(
  release: StoredRelease,
  deed: Parameters<typeof transitionRefusedBecause>[0],
): void {
  const because = transitionRefusedBecause(deed, release.manifest.team, release.state);
  if (because !== null)
    throw refused(`${nameOf(release)}: ${because}; look at its history for what comes next`);
}

/** Everything that is checked before a passphrase is asked for; throws one sentence that says why it would not count. */
export function prepareDecision(context: SignoffContext, input: DecisionInput): Prepared {
  const { db } = context.workspace;
  const { decision } = input;
  const release = releaseOf(context, input.releaseDigest);
  requireTransition(release, decision);
  const statement = newestStatement(db, release.digest);
  if (statement?.digest !== input.statementDigest) {
    throw new StatesideError(
      'conflict',
      `the evidence of ${nameOf(release)} was frozen anew meanwhile; read it again before signing`,
    );
  }
  if (input.reason.trim() === '') throw refused('a decision needs a reason; write one');
  const at = momentOf(input.at, context.now());
  const judgement = judgementOf(context.workspace, at);
  requireShown(context, statement);
  const predicate = predicateOf(statement);
  if (decision !== 'withdraw refusal') {
    const stale = statementStaleBecause(db, predicate, judgement.chain, {
      release: release.digest,
      gates: judgement.gates,
    });
    if (stale !== null) throw refused(stale);
  }
  if (Date.parse(at) < Date.parse(predicate.frozenAt))
    throw refused(
      `the clock of this machine stands before ${predicate.frozenAt}, when the evidence was frozen; set it`,
    );
  const key = mayDecide(release, judgement, input.keyId);
  requireTurn(context, statement, key.person, decision);
  const terms = decision === 'approve' ? approvalTerms(input, predicate.gates, judgement) : {};
  return {
    release,
    statement,
    judgement,
    key,
    predicate: {
      decision,
      reason: input.reason.trim(),
      conditions: input.conditions.trim(),
      person: key.person.id,
      role: 'approver',
      at,
      releaseStatement: { sha256: statement.digest },
      ...terms,
    },
  };
}

/** Refuses a statement, to be signed or given out, of which a part is kept from who reads here. */
export function requireShown({ reviewed }: SignoffContext, statement: FrozenStatement): void {
  const { campaign } = predicateOf(statement).review;
  const because = campaign === undefined ? null : reviewed.withheldBecause(campaign);
  if (because !== null) throw refused(because);
}

/** A statement is signed with the moment it was shown with, as long as that is not long ago. */
function momentOf(shown: string | undefined, now: string): string {
  if (shown === undefined) return now;
  const age = Date.parse(now) - Date.parse(shown);
  if (age >= 0 && age <= SHOWN_FOR_MS) return new Date(shown).toISOString();
  throw refused('the statement was shown too long ago to be signed; look at it again');
}

function mayDecide(release: StoredRelease, { chain, at }: Judgement, keyId: string): RosterKey {
  const key = chain.keys.find((candidate) => candidate.keyId === keyId);
  if (key === undefined) throw refused(`the key ${keyId} is not on the roster; sign with a key that is`);
  const [counted] = countSignatures(chain.roster, release.manifest.submitted_by, [{ key, at }]);
  const because = counted?.notCountedBecause ?? null;
  if (because !== null)
    throw refused(`${because}, so this signature would not count; another approver has to sign`);
  return key;
}

/** One decision per person, until a refusal is withdrawn; and only who refused can withdraw it. */
export function requireTurn(
  { workspace }: Pick<SignoffContext, 'workspace'>,
  statement: FrozenStatement,
  person: { readonly id: string; readonly name: string },
  decision: SignoffPredicate['decision'],
): void {
  const last = signoffsOf(workspace.db, statement.digest).findLast((signoff) => signoff.person === person.id);
  if (decision === 'withdraw refusal') {
    if (last?.decision === 'refuse') return;
    throw refused(`${person.name} did not refuse this release; only who refused can withdraw the refusal`);
  }
  if (last !== undefined && last.decision !== 'withdraw refusal')
    throw refused(
      `${person.name} decided already (${last.decision}, ${last.at}); another approver has to sign`,
    );
}
