import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { SignerRow, SignoffDetail } from '../../../shared/contract/signoff.ts';
import { countSignatures } from '../../../shared/domain/roster/counting.ts';
import type { RosterKey } from '../../../shared/domain/roster/keyring.ts';
import { ReleaseStatement } from '../../../shared/domain/statements/release-statement.ts';
import { workspacePaths, type Workspace } from '../../database/workspace/open.ts';
import { judgeRecord, type JudgedRecord } from './judge-record.ts';
import { addSignoff, emptyRecord, type ReleaseRecord } from './record.ts';
import { rosterInForce, type RosterChain } from './roster-chain.ts';
import {
  finishedReplays,
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

/** Who signed a frozen statement and what counts, by the workspace's roster. */
export function judgeStatement(
  statement: FrozenStatement,
  signoffs: readonly StoredSignoff[],
  chain: RosterChain,
): JudgedRecord & { readonly threshold: number } {
  const predicate = predicateOf(statement);
  const { roster, keys } = rosterInForce(chain, predicate.roster) ?? chain;
  const judged = judgeRecord(recordOf(statement, signoffs), statement.payload, predicate, roster, keys);
  return { ...judged, threshold: roster.thresholds.approver };
}

/** Every key of the roster, and whether its signature would count at `at`. */
export function signerRows(
  folder: string,
  chain: RosterChain,
  submittedBy: string | null,
  at: string,
): SignerRow[] {
  return chain.keys.map((key): SignerRow => {
    const [counted] = countSignatures(chain.roster, submittedBy, [{ key, at }]);
    return {
      person: key.person.name,
      keyId: key.keyId,
      organisation: key.person.organisation,
      roles: key.person.roles,
      keyHere: existsSync(keyPath(folder, key)),
      notCountedBecause: counted?.notCountedBecause ?? null,
    };
  });
}

export const keyPath = (folder: string, { keyId }: Pick<RosterKey, 'keyId'>): string =>
  join(workspacePaths(folder).keys, `${keyId}.pem`);

export function signoffDetail(workspace: Workspace, release: StoredRelease, at: string): SignoffDetail {
  const { db, folder } = workspace;
  const chain = workspaceRoster(db);
  const replays = finishedReplays(db, release.digest);
  const statement = newestStatement(db, release.digest);
  const signoffs = statement === null ? [] : signoffsOf(db, statement.digest);
  const judged = statement === null ? null : judgeStatement(statement, signoffs, chain);
  const approvals = judged?.approvals ?? 0;
  const threshold = judged?.threshold ?? chain.roster.thresholds.approver;
  const gates = statement?.gates ?? replays[0]?.gates ?? [];
  const refused = (judged?.refusals.length ?? 0) > 0 || release.state === 'refused';
  const names = new Map(chain.roster.people.map(({ id, name }) => [id, name]));
  return {
    releaseDigest: release.digest,
    rosterVersion: chain.roster.version,
    threshold,
    signers: signerRows(folder, chain, release.manifest.submitted_by, at),
    replays: replays.map(({ id, created_at, requests, report }) => ({
      id,
      createdAt: created_at,
      baseline: `${report.baseline.name} ${report.baseline.version}`,
      snapshot: report.snapshot.name,
      requests,
    })),
    gates,
    statement:
      statement === null
        ? null
        : {
            digest: statement.digest,
            replayId: statement.replay_id,
            frozenAt: statement.frozen_at,
            json: statement.payload,
          },
    decisions: signoffs.map((signoff) => {
      const because = whyNot(signoff, judged);
      return {
        person: names.get(signoff.person) ?? signoff.person,
        keyId: signoff.key_id,
        role: signoff.role,
        decision: signoff.decision,
        reason: signoff.reason,
        conditions: signoff.conditions,
        at: signoff.at,
        counts: because === null,
        notCountedBecause: because,
      };
    }),
    approvals,
    verdict: refused ? 'refused' : approvals >= threshold ? 'approved' : 'open',
    missing: refused
      ? []
      : missingSteps({ release, replays: replays.length, statement, gates, approvals, threshold }),
  };
}

function whyNot(signoff: StoredSignoff, judged: JudgedRecord | null): string | null {
  if (signoff.decision === 'refuse') {
    const counts = judged?.refusals.some(({ key }) => key.keyId === signoff.key_id) ?? false;
    return counts ? null : 'it does not verify under a key that counts';
  }
  const found = judged?.signatures.find(({ keyId }) => keyId === signoff.key_id);
  return found === undefined ? 'its signature is missing' : found.notCountedBecause;
}

function missingSteps(state: {
  release: StoredRelease;
  replays: number;
  statement: FrozenStatement | null;
  gates: SignoffDetail['gates'];
  approvals: number;
  threshold: number;
}): SignoffDetail['missing'] {
  const { release, replays, statement, gates, approvals, threshold } = state;
  const steps: SignoffDetail['missing'] = [];
  if (replays === 0) steps.push({ what: 'a replay of this release on a US snapshot', route: '/replay' });
  for (const gate of gates.filter(({ required, verdict }) => required && verdict !== 'pass')) {
    steps.push({ what: `gate “${gate.title}”: ${gate.verdict}`, route: null });
  }
  if (replays > 0 && statement === null)
    steps.push({ what: 'the evidence, frozen into a statement', route: `/signoff/${release.digest}` });
  const lacking = threshold - approvals;
  if (lacking > 0)
    steps.push({
      what: lacking === 1 ? 'one more approval' : `${lacking} approvals`,
      route: `/signoff/${release.digest}`,
    });
  return steps;
}
