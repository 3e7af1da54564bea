import type { ServiceApi } from '../../../shared/contract/index.ts';
import { refused, StatesideError } from '../../../shared/domain/error.ts';
import { TRANSITIONS } from '../../../shared/domain/release/lifecycle.ts';
import { mayNotActBecause } from '../../../shared/domain/roster/authority.ts';
import type { RosterKey } from '../../../shared/domain/roster/keyring.ts';
import { personNamed, type Role } from '../../../shared/domain/roster/roster.ts';
import { actionStatement, type ActionPredicate } from '../../../shared/domain/statements/action-statement.ts';
import { IN_TOTO_PAYLOAD } from '../../../shared/domain/statements/dsse.ts';
import { setReleaseState } from '../../database/workspace/releases.ts';
import type { SignoffContext } from './context.ts';
import { nameOf, releaseOf, requireTransition } from './decide.ts';
import { canonicalDigest } from './digest.ts';
import { signEnvelope } from './envelope.ts';
import { openHeldKey } from './held-keys.ts';
import type { SigningKey } from './key-file.ts';
import { requireStoredBytes } from './stored-bytes.ts';
import { judgementOf, notApprovedBecause, type Judgement } from './standing.ts';
import { actionsOf, insertAction, releaseInProduction, type StoredRelease } from './tables.ts';

type Input = Parameters<ServiceApi<'signoff'>['act']>[0];

/**
 * Moves a release by an action that the right people sign, in one transaction with its log entry. Refuses whatever the
 * table of transitions does not list, the wrong number of people, and the wrong people.
 */
export async function act(context: SignoffContext, input: Input): Promise<void> {
  const { workspace } = context;
  const { db } = workspace;
  const { action } = input;
  const reason = input.reason.trim();
  const release = releaseOf(context, input.releaseDigest);
  requireTransition(release, action);
  const { to, needsReason } = TRANSITIONS[action];
  if (needsReason && reason === '') throw refused(`“${action}” needs a reason; write one`);
  const globalDecision = divergence(input);
  const at = context.now();
  const judgement = judgementOf(workspace, at);
  const signers = signersOf(release, judgement, input);
  if (to === 'in production') {
    requireApproval(workspace, release, judgement);
    await requireStoredBytes(workspace.folder, release);
  }
  const last = actionsOf(db, release.digest).at(-1);
  const former = to === 'in production' ? (releaseInProduction(db)?.digest ?? null) : null;
  const { name, version, team } = release.manifest;
  const predicate: ActionPredicate = {
    action,
    from: release.state,
    to,
    release: { name, version, team, digest: release.digest },
    people: signers.map(({ key, role }) => ({ id: key.person.id, role })),
    at,
    reason,
    after: last === undefined ? null : canonicalDigest(last.envelope),
    supersedes: former,
    globalDecision,
  };
  const keys: SigningKey[] = [];
  for (const { key, passphrase } of signers)
    keys.push(await openHeldKey(workspace.folder, key, passphrase, context.keyStore));
  const envelope = signEnvelope(IN_TOTO_PAYLOAD, actionStatement(predicate), keys);
  db.transaction(() => {
    const now = releaseOf(context, release.digest);
    const inProduction = to === 'in production' ? (releaseInProduction(db)?.digest ?? null) : null;
    if (
      now.state !== release.state ||
      inProduction !== former ||
      actionsOf(db, release.digest).at(-1)?.id !== last?.id
    )
      throw new StatesideError('conflict', `${nameOf(release)} was moved meanwhile; look at it again`);
    if (to === 'in production') requireApproval(workspace, now, judgement);
    insertAction(db, { release: release.digest, action, at, envelope });
    if (former !== null) setReleaseState(db, former, 'superseded');
    setReleaseState(db, release.digest, to);
    context.log.append({
      at,
      actor: predicate.people.map(({ id }) => id).join(', '),
      action: `release.${action.replace(' ', '-')}`,
      subject: release.digest,
      body: {
        from: release.state,
        to,
        signed: canonicalDigest(envelope),
        ...(to === 'in production' ? { supersedes: former } : {}),
      },
      texts: {
        ...(reason === '' ? {} : { reason }),
        ...(globalDecision === null ? {} : { globalDecision }),
      },
    });
  }).immediate();
}

function divergence({ action, globalDecision = '' }: Input): string | null {
  if (action !== 'diverge') return null;
  if (globalDecision.trim() !== '') return globalDecision.trim();
  throw refused('a divergence says what the global team decided, and where that stands; write it');
}

function requireApproval(
  workspace: SignoffContext['workspace'],
  release: StoredRelease,
  judgement: Judgement,
): void {
  const because = notApprovedBecause(workspace, release, judgement);
  if (because !== null)
    throw refused(`${nameOf(release)} is not approved: ${because}; only an approved release ranks US feeds`);
}

interface ActionSigner {
  readonly key: RosterKey;
  readonly role: Role;
  readonly passphrase: string;
}

/** The people who sign, each with the role in which they do. */
function signersOf(release: StoredRelease, { chain, at }: Judgement, input: Input): ActionSigner[] {
  const { roles, signatures, only } = TRANSITIONS[input.action];
  const signers = input.signers.map(({ keyId, passphrase }): ActionSigner => {
    const key = chain.keys.find((candidate) => candidate.keyId === keyId);
    if (key === undefined) throw refused(`the key ${keyId} is not on the roster; sign with a key that is`);
    const because = mayNotActBecause(key, roles, at);
    if (because !== null)
      throw refused(`${because}, so this signature would not count for “${input.action}”`);
    const role = roles.find((wanted) => key.person.roles.includes(wanted)) ?? 'reviewer';
    return { key, role, passphrase };
  });
  const people = new Set(signers.map(({ key }) => key.person.id));
  if (people.size !== signers.length || people.size !== signatures)
    throw refused(
      signatures === 1
        ? `“${input.action}” is signed by one person`
        : `“${input.action}” needs the signatures of ${signatures} different people`,
    );
  const { submitted_by } = release.manifest;
  if (only === 'submitter' && !people.has(personNamed(chain.roster, submitted_by)?.id ?? ''))
    throw refused(
      `release.yaml of ${nameOf(release)} names ${submitted_by} as submitter, and only they can ${input.action} it`,
    );
  return signers;
}
