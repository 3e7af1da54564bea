import { refused, StatesideError } from '../../../shared/domain/error.ts';
import { judgeGates } from '../../../shared/domain/gates/judge.ts';
import type { GateRules } from '../../../shared/domain/gates/rules.ts';
import { ReplayReport } from '../../../shared/domain/replay/report.ts';
import { countSignatures } from '../../../shared/domain/roster/counting.ts';
import { NO_REVIEW, ReleaseStatement } from '../../../shared/domain/statements/release-statement.ts';
import type { Decision } from '../../../shared/domain/statements/signoff-statement.ts';
import type { Bundle } from '../releases/bundle.ts';
import { gateEvidence } from '../replay/evidence.ts';
import { canonicalDigest, sha256Hex } from './digest.ts';
import { readAs, readStrictJson } from './document.ts';
import { readPayload } from './envelope.ts';
import { freeze, requireGates } from './freeze.ts';
import { judgeRecord, type JudgedRecord } from './judge-record.ts';
import type { SigningKey } from './key-file.ts';
import { addSignoff, emptyRecord, readRecord, signDecision, type ReleaseRecord } from './record.ts';
import type { RosterChain, RosterText } from './roster-chain.ts';

export interface LooseSignoff {
  readonly bundle: Bundle;
  readonly report: RosterText;
  readonly rules: GateRules;
  readonly chain: RosterChain;
  readonly key: SigningKey;
  readonly decision: Decision;
  readonly reason: string;
  readonly conditions: string;
  readonly at: string;
  /** The record so far; null at the first decision, which freezes the evidence. */
  readonly existing: RosterText | null;
}

export interface LooseResult {
  readonly record: ReleaseRecord;
  readonly statementDigest: string;
  readonly judged: JudgedRecord;
}

/** One decision on loose files, without a workspace; refuses whatever would not count, as the workspace does. */
export function signLoose(input: LooseSignoff): LooseResult {
  const { bundle, chain, key, decision, reason, conditions, at } = input;
  const report = readAs(
    input.report.name,
    'replay report',
    ReplayReport,
    readStrictJson(input.report.name, input.report.text),
  );
  const { record, payload } = input.existing === null ? start(input, report) : resume(input.existing);
  const { predicate } = ReleaseStatement.parse(JSON.parse(payload));
  if (
    predicate.release.digest !== bundle.digest ||
    predicate.replays[0]?.reportDigest !== canonicalDigest(report)
  ) {
    throw refused(
      `${input.existing?.name ?? 'the record'} is about another bundle or report; give the ones it was begun with`,
    );
  }
  if (predicate.roster.digest !== chain.digest)
    throw refused('the roster is not the one the record was begun with; begin a new record');

  const judge = (judged: ReleaseRecord) => judgeRecord(judged, payload, predicate, chain.roster, chain.keys);
  const before = judge(record);
  if (before.unproven > 0 || before.signatures.some((signature) => signature.key === null)) {
    throw new StatesideError(
      'failed_check',
      `${input.existing?.name ?? 'the record'} was altered after it was signed; begin a new record`,
    );
  }
  const signer = chain.keys.find(({ publicKey }) => publicKey === key.publicKey) ?? null;
  const [counted] = countSignatures(chain.roster, predicate.release.submittedBy, [{ key: signer, at }]);
  const because = counted?.notCountedBecause ?? null;
  if (signer === null || because !== null)
    throw refused(`${because ?? ''}, so this signature would not count; another approver has to sign`);
  const decided = before.decisions.find(({ key: other }) => other.person.id === signer.person.id);
  if (decided !== undefined)
    throw refused(
      `${signer.person.name} decided already (${decided.predicate.decision}); another approver has to sign`,
    );
  const refusal = before.refusals[0];
  if (refusal !== undefined)
    throw refused(
      `${refusal.key.person.name} refused the release already; a new decision needs a new version`,
    );
  if (reason.trim() === '') throw refused('a decision needs a reason; write one');
  if (decision === 'approve') requireGates(predicate.gates);

  const signed = signDecision(
    payload,
    `${predicate.release.name} ${predicate.release.version}`,
    {
      decision,
      reason: reason.trim(),
      conditions: conditions.trim(),
      person: signer.person.id,
      role: 'approver',
      at,
      releaseStatement: { sha256: sha256Hex(payload) },
    },
    key,
  );
  const after = addSignoff(record, signed);
  return { record: after, statementDigest: sha256Hex(payload), judged: judge(after) };
}

function start(
  { bundle, rules, chain, at }: LooseSignoff,
  report: ReplayReport,
): { record: ReleaseRecord; payload: string } {
  const { payload } = freeze(
    {
      manifest: bundle.manifest,
      bundleDigest: bundle.digest,
      files: bundle.files,
      report,
      reportDigest: canonicalDigest(report),
      gates: judgeGates(rules, gateEvidence(report, bundle, new Date(at))),
      review: NO_REVIEW,
      checkpoint: null,
      frozenAt: at,
    },
    chain,
  );
  return { record: emptyRecord(payload), payload };
}

function resume({ name, text }: RosterText): { record: ReleaseRecord; payload: string } {
  const record = readRecord(name, text);
  const payload = readPayload(record);
  if ('problem' in payload) throw refused(`${name} is damaged: ${payload.problem}; begin a new record`);
  readAs(name, 'release record', ReleaseStatement, payload.value);
  return { record, payload: payload.text };
}
