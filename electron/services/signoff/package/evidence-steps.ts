import type { VerificationStep } from '../../../../shared/contract/signoff.ts';
import { GateRules } from '../../../../shared/domain/gates/rules.ts';
import { ReleaseChanges } from '../../../../shared/domain/release/changes.ts';
import { ReplayReport } from '../../../../shared/domain/replay/report.ts';
import type { ReleasePredicate } from '../../../../shared/domain/statements/release-statement.ts';
import { namedDocuments, type NamedDocument } from './documents.ts';
import { namedStep, type Beside } from './named-step.ts';
import { readJson } from './read-json.ts';

/** Replay reports, gates and changes: each the one that was signed, and about what the statement says. */
export function evidenceSteps(beside: Beside): VerificationStep[] {
  return namedDocuments(beside.statement).flatMap((named) => {
    if (named.kind === 'replay report') return replayStep(beside, named);
    if (named.kind === 'gates') return gatesStep(beside, named);
    return named.kind === 'changes' ? changesStep(beside, named) : [];
  });
}

function replayStep(beside: Beside, named: NamedDocument): VerificationStep[] {
  const told = {
    title: 'Evidence',
    checked: `replay report ${named.sha256}`,
    against: 'digest, release, snapshot and baseline in the statement',
    detail: 'the report is the one that was judged',
  };
  return namedStep(beside, named, told, (text) =>
    replayProblem(text, named.sha256, beside.statement.predicate),
  );
}

/** Each report must be about these bytes, this snapshot and this baseline. */
function replayProblem(
  text: string,
  digest: string,
  { replays, release, snapshots }: ReleasePredicate,
): string | null {
  const report = ReplayReport.safeParse(readJson(text));
  const replay = replays.find(({ reportDigest }) => reportDigest === digest);
  if (!report.success || replay === undefined) return 'it is no replay report';
  const { candidate, snapshot, baseline } = report.data;
  if (candidate.digest !== release.digest) return 'it was made for other bytes than the release';
  if (
    snapshot.digest !== replay.snapshotDigest ||
    !snapshots.some(({ digest: known }) => known === snapshot.digest)
  )
    return 'it was made on another snapshot';
  return baseline.digest === replay.baseline.digest ? null : 'it compares with another baseline';
}

/** The gates that judged: the rules themselves, and a verdict for each of them. */
function gatesStep(beside: Beside, named: NamedDocument): VerificationStep[] {
  const { gates, gateRules } = beside.statement.predicate;
  const told = {
    title: 'Gate rules',
    checked: `revision ${gateRules.revision}, ${named.sha256}`,
    against: 'the digest in the statement, and a verdict for each gate',
    detail: `${gates.length} gates judged`,
  };
  return namedStep(beside, named, told, (text) => {
    const rules = GateRules.safeParse(readJson(text));
    if (!rules.success || rules.data.revision !== gateRules.revision) return 'they are other gates';
    const ruled = rules.data.gates.map(({ name, required }) => `${name} ${required}`).join();
    return ruled === gates.map(({ name, required }) => `${name} ${required}`).join()
      ? null
      : 'the verdicts are not those of these gates';
  });
}

/** What changed since the parent: the document itself, between the two releases that the statement names. */
function changesStep(beside: Beside, named: NamedDocument): VerificationStep[] {
  const { changes, release } = beside.statement.predicate;
  const told = {
    title: 'Changes',
    checked: `changes since ${changes?.parent.version ?? 'the parent'}, ${named.sha256}`,
    against: 'the digest in the statement, its parent and its release',
    detail: 'the document is the one that was signed',
  };
  return namedStep(beside, named, told, (text) => {
    const found = ReleaseChanges.safeParse(readJson(text));
    if (!found.success) return 'it is no document of changes';
    const { before, after } = found.data;
    return before.digest === changes?.parent.digest && after.digest === release.digest
      ? null
      : 'it is about other releases than the statement';
  });
}
