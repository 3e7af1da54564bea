import { countSignatures } from '../../../shared/domain/roster/counting.ts';
import { unusableBecause, type RosterKey } from '../../../shared/domain/roster/keyring.ts';
import type { Roster } from '../../../shared/domain/roster/roster.ts';
import type { DsseEnvelope } from '../../../shared/domain/statements/dsse.ts';
import type { ReleasePredicate } from '../../../shared/domain/statements/release-statement.ts';
import type { SignoffPredicate } from '../../../shared/domain/statements/signoff-statement.ts';
import { isYetToCome, termsLapsedBecause, type Judging } from '../../../shared/domain/statements/terms.ts';
import { sha256Hex } from './digest.ts';
import { signerOf } from './envelope.ts';
import { readSignoff, type ReleaseRecord } from './record.ts';

/** A sign-off statement whose signature verified under the key of the person it names, about this release statement. */
interface ProvenSignoff {
  readonly key: RosterKey;
  readonly predicate: SignoffPredicate;
  readonly envelope: DsseEnvelope;
}

export interface JudgedSignature {
  readonly keyId: string;
  readonly key: RosterKey | null;
  readonly at: string | null;
  readonly notCountedBecause: string | null;
}

export interface JudgedRecord {
  /** In the order of the record. */
  readonly signatures: readonly JudgedSignature[];
  readonly approvals: number;
  /** Every decision that its maker's signature proves. */
  readonly decisions: readonly ProvenSignoff[];
  /** Refusals that count and that their makers did not withdraw: each blocks approval. */
  readonly refusals: readonly ProvenSignoff[];
  /** How many sign-off statements of the record prove nothing: altered, of a stranger, or about something else. */
  readonly unproven: number;
}

/**
 * Finds out who signed a record and which signatures count, with a roster's keys and nothing the record says of itself.
 * `judging`: the moment and the gates by which an approval's terms are judged; without gates, those of the statement.
 */
export function judgeRecord(
  record: ReleaseRecord,
  payload: string,
  predicate: ReleasePredicate,
  roster: Roster,
  keys: readonly RosterKey[],
  judging: Pick<Judging, 'at'> & Partial<Judging>,
): JudgedRecord {
  const under = { gatesRevision: predicate.gateRules.revision, ...judging };
  const digest = sha256Hex(payload);
  const proven = record.signoffs.flatMap((envelope): ProvenSignoff[] => {
    const signoff = readSignoff(envelope);
    const [signature, ...others] = envelope.signatures;
    if (signoff?.releaseStatement.sha256 !== digest || signature === undefined || others.length > 0)
      return [];
    const key = signerOf(envelope, signature, keys);
    return key?.person.id === signoff.person ? [{ key, predicate: signoff, envelope }] : [];
  });
  const approvalOf = (key: RosterKey | null): SignoffPredicate | null => {
    const said = proven.find(
      (signoff) => signoff.key.keyId === key?.keyId && signoff.predicate.decision === 'approve',
    );
    const since = Date.parse(predicate.frozenAt);
    return said !== undefined && Date.parse(said.predicate.at) >= since ? said.predicate : null;
  };
  const found = record.signatures.map((signature) => ({
    keyId: signature.keyid,
    key: signerOf(record, signature, keys),
  }));
  const counted = countSignatures(
    roster,
    predicate.release.submittedBy,
    found.map(({ key }) => {
      const approval = approvalOf(key);
      const lapsedBecause =
        approval === null
          ? null
          : isYetToCome(approval.at, judging.at)
            ? `it says it was signed at ${approval.at}, and it is only ${judging.at} here; set the clock that is wrong`
            : termsLapsedBecause(approval, predicate.gates, under);
      return { key, at: approval?.at ?? null, lapsedBecause };
    }),
  );
  const refusals = proven.filter((signoff) => standsRefused(signoff, proven));
  const countedRefusals = countSignatures(
    roster,
    predicate.release.submittedBy,
    refusals.map(({ key, predicate: { at } }) => ({ key, at })),
  );
  return {
    signatures: found.map(({ keyId, key }, index) => ({
      keyId,
      key,
      at: counted[index]?.at ?? null,
      notCountedBecause: counted[index]?.notCountedBecause ?? null,
    })),
    approvals: counted.filter(({ notCountedBecause }) => notCountedBecause === null).length,
    decisions: proven,
    refusals: refusals.filter((_, index) => countedRefusals[index]?.notCountedBecause === null),
    unproven: record.signoffs.length - proven.length,
  };
}

/** Whether a decision is a refusal that its maker did not withdraw at a later moment. */
function standsRefused({ key, predicate }: ProvenSignoff, all: readonly ProvenSignoff[]): boolean {
  if (predicate.decision !== 'refuse') return false;
  return !all.some(
    (other) =>
      other.predicate.decision === 'withdraw refusal' &&
      other.key.person.id === key.person.id &&
      unusableBecause(other.key, other.predicate.at) === null &&
      Date.parse(other.predicate.at) > Date.parse(predicate.at),
  );
}
