import { userInfo } from 'node:os';
import { refused, StatesideError } from '../../../shared/domain/error.ts';
import { unusableBecause } from '../../../shared/domain/roster/keyring.ts';
import { ReleaseStatement } from '../../../shared/domain/statements/release-statement.ts';
import { isYetToCome } from '../../../shared/domain/statements/terms.ts';
import type { SignoffContext } from './context.ts';
import { nameOf, releaseOf } from './decide.ts';
import { canonicalDigest, sha256Hex } from './digest.ts';
import { readAs } from './document.ts';
import { readPayload, signerOf } from './envelope.ts';
import { judgeRecord } from './judge-record.ts';
import { keepDecision } from './keep-decision.ts';
import { readRecord, type ReleaseRecord } from './record.ts';
import { rosterInForce } from './roster-chain.ts';
import { judgementOf, type Judgement } from './standing.ts';
import { requireStoredBytes } from './stored-bytes.ts';
import {
  findStatement,
  insertStatement,
  newestStatement,
  signoffsOf,
  type FrozenStatement,
  type StoredSignoff,
} from './tables.ts';

export interface Collected {
  readonly releaseDigest: string;
  /** Decisions that are new here, and those that were here already. */
  readonly added: number;
  readonly known: number;
}

/**
 * Takes in the statement and the decisions of a record that was signed on another machine, in one transaction. Every
 * signature is verified with this workspace's roster; a record with one that proves nothing is refused as a whole.
 */
export async function collect(context: SignoffContext, name: string, json: string): Promise<Collected> {
  const { workspace } = context;
  const { db } = workspace;
  const record = readRecord(name, json);
  const payload = readPayload(record);
  if ('problem' in payload) throw refused(`${name} is damaged: ${payload.problem}; get the file again`);
  const { predicate, subject } = readAs(name, 'release record', ReleaseStatement, payload.value);
  const release = releaseOf(context, predicate.release.digest);
  const bundle = await requireStoredBytes(workspace.folder, release);
  const named = new Map(subject.slice(1).map((file) => [file.name, file.digest.sha256]));
  if (
    named.size !== bundle.files.length ||
    bundle.files.some(({ path, sha256 }) => named.get(path) !== sha256) ||
    predicate.release.submittedBy !== release.manifest.submitted_by
  )
    throw refused(`${name} is about other files of ${nameOf(release)} than are here; get the record again`);
  const judgement = judgementOf(workspace, context.now());
  const decisions = verified(name, record, payload.text, predicate, judgement);
  const statement: FrozenStatement = {
    digest: sha256Hex(payload.text),
    replay_id: null,
    payload: payload.text,
    gates: predicate.gates,
    frozen_at: predicate.frozenAt,
  };
  return db
    .transaction((): Collected => {
      takeStatement(context, release.digest, statement, judgement.at);
      const known = new Set(
        signoffsOf(db, statement.digest).map(({ envelope }) => canonicalDigest(envelope)),
      );
      const fresh = decisions.filter(({ envelope }) => !known.has(canonicalDigest(envelope)));
      for (const decision of fresh) refuseUntimely(name, decision, judgement);
      for (const decision of fresh)
        keepDecision(context, release.digest, statement, judgement, decision, userInfo().username);
      return {
        releaseDigest: release.digest,
        added: fresh.length,
        known: decisions.length - fresh.length,
      };
    })
    .immediate();
}

/** The decisions of a record, each proven by its maker's signature. */
function verified(
  name: string,
  record: ReleaseRecord,
  payload: string,
  predicate: ReleaseStatement['predicate'],
  { chain, at }: Judgement,
): StoredSignoff[] {
  const force = rosterInForce(chain, predicate.roster);
  if (force === null || force.roster.organisation !== 'us')
    throw refused(
      `${name} names roster version ${predicate.roster.version}, which is not of this workspace's chain; import the roster first`,
    );
  const judged = judgeRecord(record, payload, predicate, force.roster, force.keys, { at });
  if (judged.unproven > 0 || judged.signatures.some(({ key }) => key === null))
    throw new StatesideError(
      'failed_check',
      `${name} holds a signature that proves nothing with this workspace's roster; get the file again from who signed`,
    );
  return record.signoffs.map((envelope): StoredSignoff => {
    const [signature] = envelope.signatures;
    const key = signature === undefined ? null : signerOf(envelope, signature, force.keys);
    const said = judged.decisions.find(({ envelope: of }) => of === envelope)?.predicate;
    if (key === null || said === undefined) throw new Error('a proven decision without its maker');
    const approval = record.signatures.find(({ keyid }) => keyid === key.keyId);
    return {
      person: said.person,
      key_id: key.keyId,
      role: said.role,
      decision: said.decision,
      reason: said.reason,
      conditions: said.conditions,
      at: said.at,
      signature: said.decision === 'approve' ? (approval?.sig ?? null) : null,
      envelope,
    };
  });
}

/**
 * When a decision was made is only what its maker says. So a new one is not taken of a key that is revoked or ran out by
 * now, which whoever stole it could date back; nor one from the future.
 */
function refuseUntimely(
  name: string,
  { person, key_id, at }: StoredSignoff,
  { chain, at: now }: Judgement,
): void {
  const key = chain.keys.find(({ keyId }) => keyId === key_id);
  const because = key === undefined ? 'the key is on the roster no more' : unusableBecause(key, now);
  if (because !== null)
    throw refused(
      `${name} holds a decision of ${person} that is new here, and ${because}; when it was made cannot be told, so it has to be signed again`,
    );
  if (isYetToCome(at, now))
    throw refused(
      `${name} holds a decision of ${person} from ${at}, and it is only ${now} here; set the clock that is wrong`,
    );
}

/** A statement that is not here yet is taken only while the release is in review and nobody here signed another. */
function takeStatement(
  context: SignoffContext,
  release: string,
  statement: FrozenStatement,
  at: string,
): void {
  const { db } = context.workspace;
  const newest = newestStatement(db, release);
  if (newest?.digest === statement.digest) return;
  const { state } = releaseOf(context, release);
  if (findStatement(db, statement.digest) !== null)
    throw refused('the evidence was frozen anew here since that statement; hand the newer one over instead');
  if (state !== 'in review' || (newest !== null && signoffsOf(db, newest.digest).length > 0))
    throw refused(
      `the release is ${state} here on another statement, so signatures on this one are not taken; agree on one statement`,
    );
  if (newest !== null && Date.parse(newest.frozen_at) > Date.parse(statement.frozen_at))
    throw refused('the evidence was frozen here after that statement; hand the newer one over instead');
  insertStatement(db, release, statement);
  context.log.append({
    at,
    actor: userInfo().username,
    action: 'evidence.collect',
    subject: release,
    body: { statement: statement.digest },
  });
}
