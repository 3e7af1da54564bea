import type { ReleaseState } from '../../../shared/domain/release/lifecycle.ts';
import { ReleaseStatement, type GatesRef } from '../../../shared/domain/statements/release-statement.ts';
import type { Workspace } from '../../database/workspace/open.ts';
import { provenActions } from './actions.ts';
import { openGates } from './freeze.ts';
import { workspaceGates } from './gate-rules.ts';
import { judgeRecord, type JudgedRecord } from './judge-record.ts';
import { addSignoff, emptyRecord, type ReleaseRecord } from './record.ts';
import { rosterInForce, type RosterChain } from './roster-chain.ts';
import {
  newestStatement,
  signoffsOf,
  workspaceRoster,
  type FrozenStatement,
  type StoredRelease,
  type StoredSignoff,
} from './tables.ts';

/** The record of a statement as far as it is signed. */
export function recordOf(statement: FrozenStatement, signoffs: readonly StoredSignoff[]): ReleaseRecord {
  return signoffs.reduce(
    (record, { signature, key_id, envelope }) =>
      addSignoff(record, {
        signature: signature === null ? null : { keyid: key_id, sig: signature },
        envelope,
      }),
    emptyRecord(statement.payload),
  );
}

/** The statement's content, as it was frozen. */
export const predicateOf = (statement: FrozenStatement): ReleaseStatement['predicate'] =>
  ReleaseStatement.parse(JSON.parse(statement.payload)).predicate;

/** Under what a workspace judges: its roster, its gates, and a moment. */
export interface Judgement {
  readonly chain: RosterChain;
  readonly gates: GatesRef;
  readonly at: string;
}

export const judgementOf = ({ db, folder }: Workspace, at: string): Judgement => ({
  chain: workspaceRoster(db),
  gates: workspaceGates(folder),
  at,
});

export type JudgedStatement = JudgedRecord & { readonly threshold: number };

/** Who signed a frozen statement and what counts, by the workspace's roster. */
export function judgeStatement(
  statement: FrozenStatement,
  signoffs: readonly StoredSignoff[],
  { chain, gates, at }: Judgement,
): JudgedStatement {
  const predicate = predicateOf(statement);
  const { roster, keys } = rosterInForce(chain, predicate.roster) ?? chain;
  const record = recordOf(statement, signoffs);
  const judged = judgeRecord(record, statement.payload, predicate, roster, keys, {
    at,
    gatesRevision: gates.revision,
  });
  return { ...judged, threshold: roster.thresholds.approver };
}

/** Why a release is not approved for US users, or null when it is: by signatures, roster and gates, not by what a table says. */
export function notApprovedBecause(
  { db }: Pick<Workspace, 'db'>,
  { digest, manifest }: StoredRelease,
  judgement: Judgement,
): string | null {
  if (manifest.team !== 'us')
    return 'it is a release of the global team, which is never approved for US users';
  const statement = newestStatement(db, digest);
  if (statement === null) return 'no evidence was ever frozen for it';
  const predicate = predicateOf(statement);
  if (predicate.release.digest !== digest) return 'its statement is about other bytes';
  const judged = judgeStatement(statement, signoffsOf(db, statement.digest), judgement);
  const [refusal] = judged.refusals;
  if (refusal !== undefined) return `${refusal.key.person.name} refused it`;
  const open = openGates(predicate.gates);
  if (open !== null) return `its required gates do not all pass: ${open}`;
  if (judged.approvals >= judged.threshold) return null;
  const lapsed = judged.signatures.find(({ notCountedBecause }) => notCountedBecause !== null);
  const why = lapsed === undefined ? '' : ` (${lapsed.notCountedBecause})`;
  return `${judged.approvals} of ${judged.threshold} approvals count${why}`;
}

/** The state that signatures bear out, and why it is not the one a table says, or what speaks against it since. */
export function standingOf(
  workspace: Workspace,
  release: StoredRelease,
  judgement: Judgement,
): { readonly state: ReleaseState; readonly standing: string | null } {
  const { state, digest } = release;
  if (state === 'approved') {
    const because = notApprovedBecause(workspace, release, judgement);
    return because === null
      ? { state, standing: null }
      : { state: 'in review', standing: `It was approved and no longer is: ${because}.` };
  }
  if (state !== 'in production' && state !== 'superseded') return { state, standing: null };
  const promoted = provenActions(workspace.db, digest, judgement.chain).findLast(
    ({ predicate, unprovenBecause }) => predicate?.to === 'in production' && unprovenBecause === null,
  )?.predicate;
  if (promoted === undefined || promoted === null)
    return {
      state: 'in review',
      standing: `The table says ${state}, and no signed action put it into production.`,
    };
  const statement = newestStatement(workspace.db, digest);
  const then = statement === null ? judgement.gates : predicateOf(statement).gateRules;
  const never = notApprovedBecause(workspace, release, { ...judgement, gates: then, at: promoted.at });
  if (never !== null)
    return {
      state: 'in review',
      standing: `The table says ${state}, and it was not approved when it was promoted: ${never}.`,
    };
  const since = state === 'in production' ? notApprovedBecause(workspace, release, judgement) : null;
  return { state, standing: since === null ? null : `Its approval no longer counts: ${since}.` };
}

/** Rows of releases with the state that signatures bear out. */
export function withStanding<
  Row extends {
    readonly digest: string;
    readonly manifest: StoredRelease['manifest'];
    readonly state: ReleaseState;
  },
>(workspace: Workspace, rows: readonly Row[], at: string): (Row & { standing: string | null })[] {
  const claims = rows.some(({ state }) => ['approved', 'in production', 'superseded'].includes(state));
  if (!claims) return rows.map((row) => ({ ...row, standing: null }));
  const judgement = judgementOf(workspace, at);
  return rows.map((row) => ({ ...row, ...standingOf(workspace, row, judgement) }));
}
