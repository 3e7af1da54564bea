import { z } from 'zod';
import type { VerificationStep } from '../../../../shared/contract/signoff.ts';
import { LogEntry } from '../../../../shared/domain/log/entry.ts';
import { DsseEnvelope } from '../../../../shared/domain/statements/dsse.ts';
import type { ReleaseStatement } from '../../../../shared/domain/statements/release-statement.ts';
import { parseStrictJson, type JsonValue } from '../../../../shared/domain/statements/strict-json.ts';
import { provesGrowth, readProvenEntry } from '../../audit/prove.ts';
import { verifyCheckpointNote } from '../../audit/checkpoint-key.ts';
import { canonicalDigest, sha256Hex } from '../digest.ts';
import { keyIdOf, publicKeyFromRaw, publicKeyPem } from '../ed25519.ts';
import { readPayload, signerOf } from '../envelope.ts';
import { readRecord, readSignoff } from '../record.ts';
import { verifyRecord, type RecordToVerify, type VerifiedRecord } from '../verify-record.ts';
import { CHECKSUMS, checksums } from './checksums.ts';
import type { PackageFiles } from './package-zip.ts';

/**
 * Verifies a record with everything packed beside it. The roster is the one given, never the package's own; the
 * log's key is the one in the statement that the approvers signed. Never throws for a bad package.
 */
export function verifyPackage(files: PackageFiles, trust: Omit<RecordToVerify, 'record'>): VerifiedRecord {
  const text = files.get('record.json') ?? '';
  const verified = verifyRecord({ ...trust, record: text });
  const packed = [listStep(files)];
  const { statement } = verified;
  const beside =
    statement === null ? [] : [...evidenceSteps(files, statement), ...logSteps(files, text, statement)];
  const steps = [...packed, ...verified.steps, ...beside];
  return { ...verified, steps, ok: steps.every(({ ok }) => ok) };
}

function listStep(files: PackageFiles): VerificationStep {
  const listed = files.get(CHECKSUMS);
  return {
    title: 'Package',
    checked: `${files.size} files`,
    against: CHECKSUMS,
    ok: listed === checksums(files),
    detail:
      listed === checksums(files) ? 'each file is as it was packed' : 'a file was added, left out or changed',
  };
}

function evidenceSteps(files: PackageFiles, { predicate }: ReleaseStatement): VerificationStep[] {
  return predicate.replays.map(({ reportDigest }) => {
    const found = files.get(`evidence/${reportDigest}.json`);
    const ok = found !== undefined && sha256Hex(found) === reportDigest;
    return {
      title: 'Evidence',
      checked: `replay report ${reportDigest}`,
      against: 'the digest in the statement',
      ok,
      detail: ok
        ? 'the report is the one that was judged'
        : found === undefined
          ? 'it is not in the package'
          : 'it is another report',
    };
  });
}

function logSteps(
  files: PackageFiles,
  recordText: string,
  { predicate }: ReleaseStatement,
): VerificationStep[] {
  const { checkpoint } = predicate;
  if (checkpoint === null) return [];
  const { key, note } = checkpoint;
  const head = files.get('log/checkpoint') ?? '';
  const stated = verifyCheckpointNote(head, key);
  const proofs = [...files].filter(([path]) => path.endsWith('.tlog-proof'));
  const entries = proofs.map(([, proof]) => (proof.endsWith(head) ? readProvenEntry(proof, key) : null));
  const unlogged = unloggedSignoffs(
    recordText,
    entries.flatMap((entry) => entry?.entry ?? []),
  );
  const grown = provesGrowth(files.get('log/growth') ?? '', note, key);
  const bad = entries.filter((entry) => entry === null).length;
  return [
    {
      title: 'Newest log head',
      checked: stated === null ? 'the packed head' : `${stated.size} entries, root ${stated.root}`,
      against: `the log's key ${key}`,
      ok: stated !== null,
      detail:
        stated === null ? 'it is not signed by the key the approvers vouched for' : 'the signature is good',
    },
    {
      title: 'Growth',
      checked: 'from the head in the statement to the packed one',
      against: 'consistency proof (RFC 6962)',
      ok: grown && (files.get('log/growth') ?? '').endsWith(head),
      detail: grown ? 'the log only grew' : 'FORK: the packed head does not continue the one that was signed',
    },
    {
      title: 'Log entries',
      checked: `${proofs.length} inclusion proofs`,
      against: 'the packed head (RFC 6962, C2SP tlog-proof)',
      ok: bad === 0,
      detail: bad === 0 ? 'each entry stands in the log' : `${bad} of them prove nothing`,
    },
    {
      title: 'Decisions in the log',
      checked: 'each sign-off statement of the record',
      against: 'the entries proven',
      ok: unlogged === 0,
      detail: unlogged === 0 ? 'each was logged when it was made' : `${unlogged} decisions stand in no entry`,
    },
    summaryStep(files, key, predicate.release.digest),
  ];
}

/** How many sign-offs of the record are named by no proven entry. */
function unloggedSignoffs(recordText: string, entries: readonly string[]): number {
  const logged = new Set(
    entries.flatMap((entry) => {
      const parsed = LogEntry.safeParse(readJson(entry));
      const body = Signed.safeParse(parsed.data?.body);
      return body.success ? [body.data.signoff] : [];
    }),
  );
  const { signoffs } = readRecord('the record', recordText);
  return signoffs.filter(
    (envelope) => readSignoff(envelope) === null || !logged.has(canonicalDigest(envelope)),
  ).length;
}

function summaryStep(files: PackageFiles, logKey: string, release: string): VerificationStep {
  const envelope = DsseEnvelope.safeParse(readJson(files.get('vsa.json') ?? ''));
  const raw = Buffer.from(logKey.split('+').slice(2).join('+'), 'base64').subarray(1);
  const publicKey = publicKeyPem(publicKeyFromRaw(raw));
  const [signature] = envelope.data?.signatures ?? [];
  const signed =
    envelope.success && signature !== undefined
      ? signerOf(envelope.data, signature, [{ keyId: keyIdOf(publicKey), publicKey }])
      : null;
  const payload = envelope.success && signed !== null ? readPayload(envelope.data) : null;
  const summary = Summary.safeParse(payload !== null && 'value' in payload ? payload.value : null);
  const ok = summary.success && summary.data.subject[0]?.digest.sha256 === release;
  return {
    title: 'Verification summary',
    checked: 'SLSA VSA in vsa.json',
    against: "the log's key and this release",
    ok,
    detail: ok
      ? 'PASSED, signed by the workspace'
      : 'it is not signed by the log’s key, or is about something else',
  };
}

const Signed = z.object({ signoff: z.string() });
const Summary = z.object({
  subject: z.array(z.object({ digest: z.object({ sha256: z.string() }) })),
  predicateType: z.literal('https://slsa.dev/verification_summary/v1'),
  predicate: z.object({ verificationResult: z.literal('PASSED') }),
});

function readJson(text: string): JsonValue {
  try {
    return parseStrictJson(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
