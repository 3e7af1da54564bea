import { z } from 'zod';
import { canonicalJson } from '../../../shared/domain/statements/canonical-json.ts';
import { DsseEnvelope, IN_TOTO_PAYLOAD, type DsseSignature } from '../../../shared/domain/statements/dsse.ts';
import {
  SignoffStatement,
  signoffStatement,
  type SignoffPredicate,
} from '../../../shared/domain/statements/signoff-statement.ts';
import { readAs, readStrictJson } from './document.ts';
import { bySigner, readPayload, signEnvelope, signPayload } from './envelope.ts';
import type { SigningKey } from './key-file.ts';

/**
 * A release record: one DSSE envelope over the release statement with every approver's signature, which any DSSE
 * tool reads; and beside it, where such tools do not look, each person's own signed sign-off statement.
 */
export const ReleaseRecord = DsseEnvelope.extend({ signoffs: z.array(DsseEnvelope) });
export type ReleaseRecord = z.infer<typeof ReleaseRecord>;

/** Reads a record's text; throws bad_input naming the file. */
export const readRecord = (name: string, text: string): ReleaseRecord =>
  readAs(name, 'release record', ReleaseRecord, readStrictJson(name, text));

export const writeRecord = (record: ReleaseRecord): string => `${JSON.stringify(record, undefined, 2)}\n`;

/** A record over a release statement's canonical JSON, without a decision yet. */
export const emptyRecord = (payload: string): ReleaseRecord => ({
  payloadType: IN_TOTO_PAYLOAD,
  payload: Buffer.from(payload).toString('base64'),
  signatures: [],
  signoffs: [],
});

/** A decision as it is kept: the sign-off statement's envelope, and when approving, the signature on the release statement. */
export interface SignedSignoff {
  readonly signature: DsseSignature | null;
  readonly envelope: DsseEnvelope;
}

/** Signs a decision on the release statement `payload` (canonical JSON) about `release` (name and version). */
export function signDecision(
  payload: string,
  release: string,
  decision: SignoffPredicate,
  key: SigningKey,
): SignedSignoff {
  return {
    signature: decision.decision === 'approve' ? signPayload(IN_TOTO_PAYLOAD, payload, key) : null,
    envelope: signEnvelope(IN_TOTO_PAYLOAD, signoffStatement(release, decision), [key]),
  };
}

/** Adds a decision. Whatever the order in which decisions come, and however often, the record is the same. */
export function addSignoff(record: ReleaseRecord, { signature, envelope }: SignedSignoff): ReleaseRecord {
  const signatures = signature === null ? record.signatures : [...record.signatures, signature];
  return {
    ...record,
    signatures: bySigner(distinct(signatures)),
    signoffs: distinct([...record.signoffs, envelope]).toSorted(
      (a, b) => compare(signedAt(a), signedAt(b)) || compare(canonicalJson(a), canonicalJson(b)),
    ),
  };
}

const signedAt = (envelope: DsseEnvelope): string => readSignoff(envelope)?.at ?? '';
const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

function distinct<Value>(values: readonly Value[]): Value[] {
  const byText = new Map(values.map((value) => [canonicalJson(value), value]));
  return [...byText.values()];
}

/** The statement of a sign-off envelope; null when it is none. */
export function readSignoff(envelope: DsseEnvelope): SignoffPredicate | null {
  if (envelope.payloadType !== IN_TOTO_PAYLOAD) return null;
  const payload = readPayload(envelope);
  if ('problem' in payload) return null;
  const statement = SignoffStatement.safeParse(payload.value);
  const subject = statement.data?.subject;
  if (!statement.success || subject?.length !== 1) return null;
  const { predicate } = statement.data;
  return subject[0]?.digest.sha256 === predicate.releaseStatement.sha256 ? predicate : null;
}
