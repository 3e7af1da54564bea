import { refused, StatesideError } from '../../../shared/domain/error.ts';
import { judgeGates } from '../../../shared/domain/gates/judge.ts';
import type { GateRules } from '../../../shared/domain/gates/rules.ts';
import { ReplayReport } from '../../../shared/domain/replay/report.ts';
import { countSignatures } from '../../../shared/domain/roster/counting.ts';
import { NO_REVIEW, ReleaseStatement } from '../../../shared/domain/statements/release-statement.ts';
import type { Decision, Terms } from '../../../shared/domain/statements/signoff-statement.ts';
import type { Bundle } from '../releases/bundle.ts';
import { gateEvidence } from '../replay/evidence.ts';
import { canonicalDigest, sha256Hex } from './digest.ts';
import { readAs, readStrictJson } from './document.ts';
import { readPayload } from './envelope.ts';
import { approvalTerms } from './approval-terms.ts';
import { freeze } from './freeze.ts';
import { gatesRef } from './gate-rules.ts';
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
  readonly terms: Terms;
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

  const judge = (judged: ReleaseRecord) =>
    judgeRecord(judged, payload, predicate, chain.roster, chain.keys, { at });
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
  requireTurn(before, signer.person, decision);
  if (reason.trim() === '') throw refused('a decision needs a reason; write one');
  const terms =
    decision === 'approve'
      ? approvalTerms(input.terms, predicate.gates, { at, gates: gatesRef(input.rules) })
      : {};

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
      ...terms,
    },
    key,
  );
  const after = addSignoff(record, signed);
  return { record: after, statementDigest: sha256Hex(payload), judged: judge(after) };
}

/** One decision per person, until a refusal is withdrawn by who refused; and a refusal blocks everybody else. */
function requireTurn(
  { decisions, refusals }: JudgedRecord,
  person: { readonly id: string; readonly name: string },
  decision: Decision,
): void {
  const refusal = refusals.find(({ key }) => decision !== 'withdraw refusal' || key.person.id === person.id);
  if (decision === 'withdraw refusal') {
    if (refusal !== undefined) return;
    throw refused(`${person.name} did not refuse this release; only who refused can withdraw the refusal`);
  }
  if (refusal !== undefined)
    throw refused(
      `${refusal.key.person.name} refused the release already; a new decision needs a new version, or that refusal withdrawn`,
    );
  const approved = decisions.some(
    ({ key, predicate }) => key.person.id === person.id && predicate.decision === 'approve',
  );
  if (approved) throw refused(`${person.name} decided already (approve); another approver has to sign`);
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
      gateRules: gatesRef(rules),
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
