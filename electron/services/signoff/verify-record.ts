import type { Verification, VerificationStep } from '../../../shared/contract/signoff.ts';
import { StatesideError } from '../../../shared/domain/error.ts';
import { bundleDigest } from '../../../shared/domain/release/digest.ts';
import { personNamed } from '../../../shared/domain/roster/roster.ts';
import { IN_TOTO_PAYLOAD } from '../../../shared/domain/statements/dsse.ts';
import { ReleaseStatement } from '../../../shared/domain/statements/release-statement.ts';
import { verifyCheckpointNote } from '../audit/checkpoint-key.ts';
import { sha256Hex } from './digest.ts';
import { readAs } from './document.ts';
import { readPayload } from './envelope.ts';
import { judgeRecord, type JudgedRecord, type JudgedSignature } from './judge-record.ts';
import { readRecord, type ReleaseRecord } from './record.ts';
import { readRosterChain, rosterInForce, type RosterChain, type RosterText } from './roster-chain.ts';

export interface RecordToVerify {
  /** The record's JSON text. */
  readonly record: string;
  /** Every roster version there is, in any order. */
  readonly rosters: readonly RosterText[];
  /** SHA-256 of the payload of the first roster given, where it is known from elsewhere. */
  readonly pin?: string;
  /** The moment as of which it is judged, which matters for approvals that run out; now where it is not given. */
  readonly at?: string;
}

/** What a verification is about, for whoever passes the verdict on; null when the record could not be read. */
export interface VerifiedRecord extends Verification {
  readonly statement: ReleaseStatement | null;
  readonly statementDigest: string | null;
  readonly rosterDigest: string | null;
}

/**
 * Verifies a release record with the roster given, never with a key inside the record. Answers every step that could
 * be taken, in order; the first with `ok: false` is why the record is not good. Never throws for a bad record.
 */
export function verifyRecord({
  record: text,
  rosters,
  pin,
  at = new Date().toISOString(),
}: RecordToVerify): VerifiedRecord {
  const steps: VerificationStep[] = [];
  const result = (
    statement: ReleaseStatement | null,
    statementDigest: string | null,
    rosterDigest: string | null,
  ) => ({
    ok: steps.every(({ ok }) => ok),
    steps,
    statement,
    statementDigest,
    rosterDigest,
  });
  const take = <Value>(
    title: string,
    checked: string,
    against: string,
    work: () => [Value, string],
  ): Value | null => {
    try {
      const [value, detail] = work();
      steps.push({ title, checked, against, ok: true, detail });
      return value;
    } catch (error) {
      if (!(error instanceof StatesideError)) throw error;
      steps.push({ title, checked, against, ok: false, detail: error.message });
      return null;
    }
  };

  const chain = take(
    'Roster',
    'signatures of the roster',
    pin === undefined ? 'its own roots' : `its roots and the pin ${pin}`,
    () => {
      const read = readRosterChain(rosters, pin ?? null);
      return [read, `version ${read.roster.version}, digest ${read.digest}`];
    },
  );
  if (chain === null) return result(null, null, null);
  const record = take('Record', 'the file', 'strict JSON, DSSE v1 envelope', () => [
    readRecord('the record', text),
    'well formed',
  ]);
  if (record === null) return result(null, null, chain.digest);
  const payload = take('Payload', record.payloadType, `${IN_TOTO_PAYLOAD}, RFC 8785 form`, () =>
    canonicalPayload(record),
  );
  if (payload === null) return result(null, null, chain.digest);
  const digest = sha256Hex(payload.text);
  const statement = take(
    'Statement',
    'the payload',
    'in-toto Statement v1, urn:stateside:release-record:v1',
    () => {
      return [
        readAs('the payload', 'release statement', ReleaseStatement, payload.value),
        `digest ${digest}`,
      ];
    },
  );
  if (statement === null) return result(null, digest, chain.digest);
  steps.push(subjectStep(statement));
  const signers = signerSteps(record, payload.text, statement, chain, at);
  steps.push(...signers, gateStep(statement), checkpointStep(statement));
  return result(statement, digest, chain.digest);
}

function canonicalPayload(record: ReleaseRecord): [{ text: string; value: unknown }, string] {
  if (record.payloadType !== IN_TOTO_PAYLOAD) {
    throw new StatesideError(
      'failed_check',
      `the payload type is ${record.payloadType}, not ${IN_TOTO_PAYLOAD}`,
    );
  }
  const payload = readPayload(record);
  if ('problem' in payload) throw new StatesideError('failed_check', payload.problem);
  return [payload, `${payload.text.length} characters in canonical form`];
}

/** The release's digest follows from its files' digests, so a file cannot be added, left out or exchanged. */
function subjectStep({ subject, predicate }: ReleaseStatement): VerificationStep {
  const [bundle, ...files] = subject;
  const named = files.map(({ name, digest }) => ({ path: name, sha256: digest.sha256 }));
  const digest = bundleDigest(named, sha256Hex);
  const distinct = new Set(files.map(({ name }) => name)).size === files.length;
  return {
    title: 'Release',
    checked: `${files.length} files of ${predicate.release.name} ${predicate.release.version}`,
    against: `bundle digest ${predicate.release.digest}`,
    ok: distinct && digest === predicate.release.digest && bundle?.digest.sha256 === digest,
    detail: `the files' digests give ${digest}`,
  };
}

function signerSteps(
  record: ReleaseRecord,
  payload: string,
  statement: ReleaseStatement,
  chain: RosterChain,
  at: string,
): VerificationStep[] {
  const { predicate } = statement;
  const force = rosterInForce(chain, predicate.roster);
  const early = force !== null && Date.parse(predicate.frozenAt) < Date.parse(force.roster.issuedAt);
  const named: VerificationStep = {
    title: 'Roster of the statement',
    checked: `version ${predicate.roster.version}, digest ${predicate.roster.digest}`,
    against: `versions ${chain.versions.map(({ roster }) => roster.version).join(', ')} given`,
    ok: force !== null && force.roster.organisation === 'us' && !early,
    detail:
      force === null
        ? 'it is not among the rosters given'
        : early
          ? `it was issued at ${force.roster.issuedAt}, after the statement was frozen (${predicate.frozenAt})`
          : `a roster of the ${force.roster.organisation} organisation`,
  };
  if (force === null) return [named];
  const { roster, keys } = force;
  const submitter = personNamed(roster, predicate.release.submittedBy);
  const judged = judgeRecord(record, payload, predicate, roster, keys, { at });
  return [
    named,
    {
      title: 'Submitter',
      checked: predicate.release.submittedBy,
      against: 'people of the roster',
      ok: submitter !== null,
      detail:
        submitter === null ? 'not on the roster, so that four eyes cannot be told from two' : submitter.name,
    },
    ...judged.signatures.map(signatureStep),
    ...signoffSteps(judged, record.signoffs.length),
    {
      title: 'Approvals',
      checked: `${judged.approvals} count`,
      against: `${roster.thresholds.approver} needed`,
      ok: judged.approvals >= roster.thresholds.approver,
      detail: approvalsDetail(judged, at),
    },
  ];
}

function approvalsDetail({ signatures }: JudgedRecord, at: string): string {
  const against = signatures.flatMap(({ notCountedBecause }) => notCountedBecause ?? []);
  return [`counted by distinct person and distinct key of the US organisation, as of ${at}`, ...against].join(
    '; ',
  );
}

function signatureStep({ keyId, key, at, notCountedBecause }: JudgedSignature): VerificationStep {
  const because = notCountedBecause === null ? 'counts' : `does not count: ${notCountedBecause}`;
  return {
    title: 'Signature',
    checked: key === null ? `keyid ${keyId}` : `${key.person.name}, key ${key.keyId}`,
    against: 'Ed25519 over the DSSE pre-authentication encoding',
    // One that is genuine and does not count does no harm; one that verifies under no key means altered bytes.
    ok: key !== null,
    detail:
      key === null
        ? 'verifies under no key of the roster, or names another'
        : `${because}${at === null ? '' : `, signed ${at}`}`,
  };
}

function signoffSteps({ refusals, unproven }: JudgedRecord, total: number): VerificationStep[] {
  return [
    {
      title: 'Sign-off statements',
      checked: `${total} statements`,
      against: 'the signature of the person each names, this release statement',
      ok: unproven === 0,
      detail: unproven === 0 ? 'each is signed by the person it names' : `${unproven} of them proves nothing`,
    },
    {
      title: 'Refusals',
      checked: `${refusals.length} refusals`,
      against: 'none allowed',
      ok: refusals.length === 0,
      detail:
        refusals.map(({ key, predicate }) => `${key.person.name} refused: ${predicate.reason}`).join('; ') ||
        'nobody refused',
    },
  ];
}

function gateStep({ predicate }: ReleaseStatement): VerificationStep {
  const required = predicate.gates.filter((gate) => gate.required);
  const open = required.filter(({ verdict }) => verdict !== 'pass');
  return {
    title: 'Gates',
    checked: `${required.length} required gates`,
    against: 'pass, and at least one',
    ok: required.length > 0 && open.length === 0,
    detail:
      open.map(({ title, verdict }) => `${title}: ${verdict}`).join('; ') ||
      `${required.length} required gates pass`,
  };
}

function checkpointStep({ predicate: { checkpoint } }: ReleaseStatement): VerificationStep {
  const verified = checkpoint === null ? null : verifyCheckpointNote(checkpoint.note, checkpoint.key);
  return {
    title: 'Audit log head',
    checked: checkpoint === null ? 'no log head' : checkpoint.key,
    against: 'C2SP checkpoint, Ed25519; its key is vouched for by the approvers',
    ok: checkpoint === null || verified !== null,
    detail:
      checkpoint === null
        ? 'signed outside a workspace: no audit log stands behind this record'
        : verified === null
          ? 'the signed note is altered'
          : `${verified.size} entries, root ${verified.root}`,
  };
}
