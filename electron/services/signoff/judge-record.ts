import { countSignatures } from '../../../shared/domain/roster/counting.ts';
import type { RosterKey } from '../../../shared/domain/roster/keyring.ts';
import type { Roster } from '../../../shared/domain/roster/roster.ts';
import type { ReleasePredicate } from '../../../shared/domain/statements/release-statement.ts';
import type { SignoffPredicate } from '../../../shared/domain/statements/signoff-statement.ts';
import { sha256Hex } from './digest.ts';
import { signerOf } from './envelope.ts';
import { readSignoff, type ReleaseRecord } from './record.ts';

/** A sign-off statement whose signature verified under the key of the person it names, about this release statement. */
interface ProvenSignoff {
  readonly key: RosterKey;
  readonly predicate: SignoffPredicate;
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
  /** Refusals that count: each blocks approval. */
  readonly refusals: readonly ProvenSignoff[];
  /** How many sign-off statements of the record prove nothing: altered, of a stranger, or about something else. */
  readonly unproven: number;
}

/** Finds out who signed a record and which signatures count, with a roster's keys and nothing the record says of itself. */
export function judgeRecord(
  record: ReleaseRecord,
  payload: string,
  predicate: ReleasePredicate,
  roster: Roster,
  keys: readonly RosterKey[],
): JudgedRecord {
  const digest = sha256Hex(payload);
  const proven = record.signoffs.flatMap((envelope): ProvenSignoff[] => {
    const signoff = readSignoff(envelope);
    const [signature, ...others] = envelope.signatures;
    if (signoff?.releaseStatement.sha256 !== digest || signature === undefined || others.length > 0)
      return [];
    const key = signerOf(envelope, signature, keys);
    return key?.person.id === signoff.person ? [{ key, predicate: signoff }] : [];
  });
  const saidAt = (key: RosterKey | null, decision: SignoffPredicate['decision']): string | null => {
    const said = proven.find(
      (signoff) => signoff.key.keyId === key?.keyId && signoff.predicate.decision === decision,
    );
    const at = said?.predicate.at;
    return at !== undefined && Date.parse(at) >= Date.parse(predicate.frozenAt) ? at : null;
  };
  const found = record.signatures.map((signature) => ({
    keyId: signature.keyid,
    key: signerOf(record, signature, keys),
  }));
  const counted = countSignatures(
    roster,
    predicate.release.submittedBy,
    found.map(({ key }) => ({ key, at: saidAt(key, 'approve') })),
  );
  const refusals = proven.filter((signoff) => signoff.predicate.decision === 'refuse');
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
