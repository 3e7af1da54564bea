import type { Database } from 'better-sqlite3';
import type { GatesRef, ReleasePredicate } from '../../../shared/domain/statements/release-statement.ts';
import type { RosterChain } from './roster-chain.ts';
import type { FinishedReplay } from './tables.ts';

/** Against what evidence is held. */
export interface InForce {
  /** Digest of the release in question. */
  readonly release: string;
  readonly gates: GatesRef;
}

/** Why a replay cannot be frozen as evidence for a release now, or null when it can. */
export function unfitBecause(
  { candidate_digest, gates_digest }: Pick<FinishedReplay, 'candidate_digest' | 'gates_digest'>,
  { release, gates }: InForce,
): string | null {
  if (candidate_digest !== release)
    return `it was made for other bytes of this version (${candidate_digest.slice(0, 12)}…)`;
  return gates_digest === gates.digest
    ? null
    : `it was judged by other gates than those in force (revision ${gates.revision}); replay the release again`;
}

/** Why a replay is no evidence for what is to be signed, or null when it is. `frozen`: the statement there is, if any. */
export function staleBecause(
  replay: FinishedReplay,
  inForce: InForce,
  frozen: ReleasePredicate | null,
): string | null {
  const unfit = unfitBecause(replay, inForce);
  if (unfit !== null || frozen === null) return unfit;
  const { name, digest } = replay.report.snapshot;
  return frozen.snapshots.some((snapshot) => snapshot.digest === digest)
    ? null
    : `it was made on the snapshot ${name}, and the statement rests on ${frozen.snapshots.map((snapshot) => snapshot.name).join(', ')}; freeze anew to rest on it`;
}

/** Why nobody can sign a frozen statement any more, or null when they can. */
export function statementStaleBecause(
  db: Database,
  { release, roster, gateRules, replays }: ReleasePredicate,
  { digest }: Pick<RosterChain, 'digest'>,
  inForce: InForce,
): string | null {
  if (release.digest !== inForce.release) return 'the statement is about other bytes';
  if (roster.digest !== digest) return 'the roster changed since the evidence was frozen; freeze it again';
  if (gateRules.digest !== inForce.gates.digest)
    return `the gates changed since the evidence was frozen (revision ${gateRules.revision}, now ${inForce.gates.revision}); replay the release and freeze it again`;
  const here = db.prepare(
    `SELECT 1 FROM replay WHERE state = 'done' AND report_digest = ? AND candidate_digest = ? AND snapshot_digest = ?`,
  );
  const missing = replays.find(
    ({ reportDigest, snapshotDigest }) =>
      here.get(reportDigest, inForce.release, snapshotDigest) === undefined,
  );
  return missing === undefined
    ? null
    : `the replay report ${missing.reportDigest.slice(0, 12)}… it rests on is not in this workspace; replay the release on the same snapshot with the same settings`;
}
