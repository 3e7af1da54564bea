import { z } from 'zod';
import type { VerificationStep } from '../../../../shared/contract/signoff.ts';
import { GateRules } from '../../../../shared/domain/gates/rules.ts';
import { ReplayReport } from '../../../../shared/domain/replay/report.ts';
import { DsseEnvelope, IN_TOTO_PAYLOAD } from '../../../../shared/domain/statements/dsse.ts';
import type { ReleaseStatement } from '../../../../shared/domain/statements/release-statement.ts';
import type { JsonValue } from '../../../../shared/domain/statements/strict-json.ts';
import { provesGrowth, readProvenEntry } from '../../audit/prove.ts';
import { verifyCheckpointNote } from '../../audit/checkpoint-key.ts';
import { sha256Hex } from '../digest.ts';
import { keyIdOf, publicKeyFromRaw, publicKeyPem } from '../ed25519.ts';
import { readPayload, signerOf } from '../envelope.ts';
import { readRecord } from '../record.ts';
import { readRosterChain, rosterInForce, type RosterChain } from '../roster-chain.ts';
import { verifyRecord, type RecordToVerify, type VerifiedRecord } from '../verify-record.ts';
import { CHECKSUMS, checksums } from './checksums.ts';
import { decisionProblem } from './logged-decisions.ts';
import type { Package, PackageFiles } from './package-zip.ts';
import { PdfStatement, type Pdf } from './pdf-statement.ts';
import { readJson } from './read-json.ts';

/**
 * Verifies a record with everything packed beside it. The roster is the one given, never the package's own; the
 * log's key is the one in the statement that the approvers signed. Never throws for a bad package.
 */
export function verifyPackage(
  { files, pdf: packed }: Package,
  trust: Omit<RecordToVerify, 'record'>,
  given: Pdf | null = null,
): VerifiedRecord {
  const text = files.get('record.json') ?? '';
  const verified = verifyRecord({ ...trust, record: text });
  const { statement } = verified;
  const beside =
    statement === null
      ? []
      : [
          ...evidenceSteps(files, statement),
          gatesStep(files, statement),
          ...logSteps(files, text, statement, verified, trust),
          ...pdfSteps(files, statement, verified.statementDigest, packed),
          ...(given === null ? [] : pdfSteps(files, statement, verified.statementDigest, given)),
        ];
  const steps = [listStep(files, packed), ...verified.steps, ...beside];
  return { ...verified, steps, ok: steps.every(({ ok }) => ok) };
}

function listStep(files: PackageFiles, pdf: Pdf | null): VerificationStep {
  const ok = files.get(CHECKSUMS) === checksums(files, pdf);
  return {
    title: 'Package',
    checked: `${files.size + (pdf === null ? 0 : 1)} files`,
    against: CHECKSUMS,
    ok,
    detail: ok ? 'each file is as it was packed' : 'a file was added, left out or changed',
  };
}

/** Each report must be the one that is named, and be about these bytes, this snapshot and this baseline. */
function evidenceSteps(files: PackageFiles, { predicate }: ReleaseStatement): VerificationStep[] {
  return predicate.replays.map(({ reportDigest, snapshotDigest, baseline }) => {
    const found = files.get(`evidence/${reportDigest}.json`);
    const report = found === undefined ? null : ReplayReport.safeParse(readJson(found));
    const problem =
      found === undefined
        ? 'it is not in the package'
        : sha256Hex(found) !== reportDigest || report?.success !== true
          ? 'it is another report'
          : report.data.candidate.digest !== predicate.release.digest
            ? 'it was made for other bytes than the release'
            : report.data.snapshot.digest !== snapshotDigest ||
                !predicate.snapshots.some(({ digest }) => digest === snapshotDigest)
              ? 'it was made on another snapshot'
              : report.data.baseline.digest !== baseline.digest
                ? 'it compares with another baseline'
                : null;
    return {
      title: 'Evidence',
      checked: `replay report ${reportDigest}`,
      against: 'digest, release, snapshot and baseline in the statement',
      ok: problem === null,
      detail: problem ?? 'the report is the one that was judged',
    };
  });
}

/** The gates that judged: the rules themselves, by the digest that was signed, and a verdict for each of them. */
function gatesStep(files: PackageFiles, { predicate }: ReleaseStatement): VerificationStep {
  const { digest, revision } = predicate.gateRules;
  const found = files.get(`evidence/${digest}.json`);
  const rules = found === undefined ? null : GateRules.safeParse(readJson(found));
  const named = (rules?.data?.gates ?? []).map(({ name, required }) => `${name} ${required}`).join();
  const judged = predicate.gates.map(({ name, required }) => `${name} ${required}`).join();
  const problem =
    found === undefined
      ? 'they are not in the package'
      : sha256Hex(found) !== digest || rules?.success !== true || rules.data.revision !== revision
        ? 'they are other gates'
        : named === judged
          ? null
          : 'the verdicts are not those of these gates';
  return {
    title: 'Gate rules',
    checked: `revision ${revision}, ${digest}`,
    against: 'the digest in the statement, and a verdict for each gate',
    ok: problem === null,
    detail: problem ?? `${predicate.gates.length} gates judged`,
  };
}

/** The PDF that a package names, and the one that was given with it. */
function pdfSteps(
  files: PackageFiles,
  { predicate }: ReleaseStatement,
  statementDigest: string | null,
  given: Pdf | null,
): VerificationStep[] {
  const text = files.get('pdf.json');
  if (text === undefined && given === null) return [];
  const statement = PdfStatement.safeParse(signedByLog(text ?? '', predicate.checkpoint?.key ?? ''));
  const named = statement.data?.subject[0]?.digest.sha256;
  const problem =
    text === undefined
      ? 'the package names no PDF'
      : statement.data?.predicate.releaseStatement !== statementDigest
        ? 'it is not signed by the log’s key, or is about another record'
        : given !== null && given.sha256 !== named
          ? `${given.name} is another PDF than was packed`
          : null;
  return [
    {
      title: 'PDF',
      checked: given === null ? 'the digest in pdf.json' : given.name,
      against: "the log's key and this record",
      ok: problem === null,
      detail:
        problem ?? (given === null ? `a PDF with SHA-256 ${named ?? ''}` : 'it is the one that was packed'),
    },
  ];
}

function logSteps(
  files: PackageFiles,
  recordText: string,
  { predicate }: ReleaseStatement,
  { statementDigest }: VerifiedRecord,
  { rosters, pin }: Omit<RecordToVerify, 'record'>,
): VerificationStep[] {
  const { checkpoint } = predicate;
  if (checkpoint === null) return [];
  const { key, note } = checkpoint;
  const head = files.get('log/checkpoint') ?? '';
  const stated = verifyCheckpointNote(head, key);
  const proofs = [...files].filter(([path]) => path.endsWith('.tlog-proof'));
  const entries = proofs.map(([, proof]) => (proof.endsWith(head) ? readProvenEntry(proof, key) : null));
  const chain = readRosterChain(rosters, pin ?? null);
  const decisions = decisionProblem(
    readRecord('the record', recordText),
    entries.flatMap((entry) => entry?.entry ?? []),
    statementDigest,
    (rosterInForce(chain, predicate.roster) ?? chain).keys,
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
      against: 'the entries proven, and its key when it was logged',
      ok: decisions === null,
      detail: decisions ?? 'each was logged while its key could sign, and no other decision was',
    },
    summaryStep(files, key, predicate.release.digest, statementDigest, chain),
  ];
}

/** The payload of an envelope that the log's key signed; null for any other. */
function signedByLog(text: string, logKey: string): JsonValue {
  const envelope = DsseEnvelope.safeParse(readJson(text));
  const raw = Buffer.from(logKey.split('+').slice(2).join('+'), 'base64').subarray(1);
  const [signature, ...others] = envelope.data?.signatures ?? [];
  if (!envelope.success || signature === undefined || others.length > 0 || raw.length !== 32) return null;
  if (envelope.data.payloadType !== IN_TOTO_PAYLOAD) return null;
  const publicKey = publicKeyPem(publicKeyFromRaw(raw));
  if (signerOf(envelope.data, signature, [{ keyId: keyIdOf(publicKey), publicKey }]) === null) return null;
  const payload = readPayload(envelope.data);
  return 'value' in payload ? payload.value : null;
}

/** The summary must be about this release, this very statement and the roster that verified it. */
function summaryStep(
  files: PackageFiles,
  logKey: string,
  release: string,
  statementDigest: string | null,
  { versions }: RosterChain,
): VerificationStep {
  const summary = Summary.safeParse(signedByLog(files.get('vsa.json') ?? '', logKey));
  const { subject, predicate } = summary.data ?? {};
  const problem = !summary.success
    ? 'it is not signed by the log’s key, or says something else than PASSED'
    : subject?.[0]?.digest.sha256 !== release
      ? 'it is about another release'
      : predicate?.inputAttestations.some(({ digest }) => digest.sha256 === statementDigest) !== true
        ? 'it rests on another statement than the record'
        : !versions.some(({ digest }) => digest === predicate.policy.digest.sha256)
          ? 'it was made with another roster than the one given'
          : null;
  return {
    title: 'Verification summary',
    checked: 'SLSA VSA in vsa.json',
    against: "the log's key, this release, this statement and this roster",
    ok: problem === null,
    detail: problem ?? 'PASSED, signed by the workspace',
  };
}

const Digested = z.object({ digest: z.object({ sha256: z.string() }) });
const Summary = z.object({
  subject: z.array(Digested),
  predicateType: z.literal('https://slsa.dev/verification_summary/v1'),
  predicate: z.object({
    verificationResult: z.literal('PASSED'),
    policy: Digested,
    inputAttestations: z.array(Digested),
  }),
});
