import { existsSync, readFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import type { ServiceApi } from '../../../shared/contract/index.ts';
import { notFound, refused, StatesideError } from '../../../shared/domain/error.ts';
import { countSignatures } from '../../../shared/domain/roster/counting.ts';
import type { RosterKey } from '../../../shared/domain/roster/keyring.ts';
import { NO_REVIEW } from '../../../shared/domain/statements/release-statement.ts';
import type { SignoffPredicate } from '../../../shared/domain/statements/signoff-statement.ts';
import { workspacePaths, type Workspace } from '../../database/workspace/open.ts';
import type { AuditLog } from '../audit/audit-log.ts';
import { openBundle } from '../releases/bundle.ts';
import { judgeStatement, keyPath, predicateOf, recordOf, signerRows, signoffDetail } from './detail.ts';
import { canonicalDigest } from './digest.ts';
import { freeze, requireGates } from './freeze.ts';
import { unlockKey } from './key-file.ts';
import { signDecision, writeRecord } from './record.ts';
import type { RosterChain } from './roster-chain.ts';
import {
  findRelease,
  finishedReplays,
  insertSignoff,
  insertStatement,
  newestStatement,
  setReleaseState,
  signoffsOf,
  workspaceRoster,
  type FrozenStatement,
  type StoredRelease,
  type StoredSignoff,
} from './tables.ts';
import { verifyRecord } from './verify-record.ts';

/** Sign-off over the workspace's tables. Each freeze and each decision is one transaction with its log entry. */
export function signoffService(
  workspace: Workspace,
  log: AuditLog,
  now = () => new Date().toISOString(),
): ServiceApi<'signoff'> {
  const { db, folder } = workspace;

  return {
    get: async ({ releaseDigest }) => signoffDetail(workspace, releaseOf(releaseDigest), now()),

    freeze: async ({ releaseDigest, replayId }) => {
      const release = undecided(releaseDigest);
      const replay = finishedReplays(db, releaseDigest).find(({ id }) => id === replayId);
      if (replay === undefined)
        throw notFound(`replay ${replayId} is no finished replay of this release; start one`);
      if (canonicalDigest(replay.report) !== replay.report_digest) {
        throw refused(
          `the report of replay ${replayId} is not the one that was judged; replay the release again`,
        );
      }
      const bundle = await openBundle(join(workspacePaths(folder).releases, releaseDigest));
      if (bundle.digest !== releaseDigest) {
        throw refused(
          `the files of ${named(release)} in ${bundle.root} are not those that were imported; import the release again`,
        );
      }
      const at = now();
      const head = log.checkpoint();
      const { payload, digest } = freeze(
        {
          manifest: release.manifest,
          bundleDigest: releaseDigest,
          files: bundle.files,
          report: replay.report,
          reportDigest: replay.report_digest,
          gates: replay.gates,
          review: NO_REVIEW,
          checkpoint: head === null ? null : { note: head.note, key: log.key },
          frozenAt: at,
        },
        workspaceRoster(db),
      );
      db.transaction(() => {
        undecided(releaseDigest);
        insertStatement(db, releaseDigest, {
          digest,
          replay_id: replayId,
          payload,
          gates: replay.gates,
          frozen_at: at,
        });
        log.append({
          at,
          actor: userInfo().username,
          action: 'evidence.freeze',
          subject: releaseDigest,
          body: { statement: digest, replay: replayId, report: replay.report_digest },
        });
      }).immediate();
      return signoffDetail(workspace, release, at);
    },

    sign: async ({ releaseDigest, statementDigest, keyId, passphrase, decision, reason, conditions }) => {
      const release = undecided(releaseDigest);
      const statement = newestStatement(db, releaseDigest);
      if (statement?.digest !== statementDigest) {
        throw new StatesideError(
          'conflict',
          `the evidence of ${named(release)} was frozen anew meanwhile; read it again before signing`,
        );
      }
      if (reason.trim() === '') throw refused('a decision needs a reason; write one');
      const at = now();
      const chain = workspaceRoster(db);
      const key = mayDecide(release, statement, chain, keyId, at);
      if (decision === 'approve') requireGates(statement.gates);
      const path = keyPath(folder, key);
      if (!existsSync(path))
        throw notFound(`${path} is missing, so ${key.person.name} cannot sign here; put the key there`);
      const signing = unlockKey(readFileSync(path, 'utf8'), passphrase, `the key of ${key.person.name}`);
      if (signing.keyId !== keyId)
        throw refused(`${path} holds another key than its name says; put the right key there`);
      const predicate: SignoffPredicate = {
        decision,
        reason: reason.trim(),
        conditions: conditions.trim(),
        person: key.person.id,
        role: 'approver',
        at,
        releaseStatement: { sha256: statementDigest },
      };
      const { signature, envelope } = signDecision(statement.payload, named(release), predicate, signing);
      db.transaction(() =>
        keep(release, statement, chain, {
          ...predicate,
          key_id: keyId,
          signature: signature?.sig ?? null,
          envelope,
        }),
      ).immediate();
      return signoffDetail(workspace, releaseOf(releaseDigest), at);
    },

    record: async ({ releaseDigest }) => {
      const release = releaseOf(releaseDigest);
      const statement = newestStatement(db, releaseDigest);
      const signoffs = statement === null ? [] : signoffsOf(db, statement.digest);
      if (statement === null || signoffs.length === 0) {
        throw notFound(
          `${named(release)} has no decision yet, so there is no record; sign or refuse it first`,
        );
      }
      const fileName = `${named(release).replace(/[^\p{L}\p{N}.-]+/gu, '-')}.release-record.json`;
      return { fileName, json: writeRecord(recordOf(statement, signoffs)) };
    },

    verify: async ({ json }) => {
      const { texts, pin } = workspaceRoster(db);
      const rosters = texts.map((text, index) => ({ name: `roster version ${index + 1}`, text }));
      const { ok, steps } = verifyRecord({ record: json, rosters, pin });
      return { ok, steps };
    },

    people: async () => signerRows(folder, workspaceRoster(db), null, now()),
  };

  function releaseOf(digest: string): StoredRelease {
    const release = findRelease(db, digest);
    if (release === null) throw notFound(`there is no release ${digest} in this workspace; import it`);
    return release;
  }

  function undecided(digest: string): StoredRelease {
    const release = releaseOf(digest);
    if (release.state !== 'imported')
      throw refused(`${named(release)} is ${release.state} already; a new decision needs a new version`);
    return release;
  }

  /** The key that may decide now; else a refusal that says why not. */
  function mayDecide(
    release: StoredRelease,
    statement: FrozenStatement,
    chain: RosterChain,
    keyId: string,
    at: string,
  ): RosterKey {
    const { roster, frozenAt } = predicateOf(statement);
    if (roster.digest !== chain.digest)
      throw refused('the roster changed since the evidence was frozen; freeze it again');
    if (Date.parse(at) < Date.parse(frozenAt))
      throw refused(
        `the clock of this machine stands before ${frozenAt}, when the evidence was frozen; set it`,
      );
    const key = chain.keys.find((candidate) => candidate.keyId === keyId);
    if (key === undefined) throw refused(`the key ${keyId} is not on the roster; sign with a key that is`);
    const [counted] = countSignatures(chain.roster, release.manifest.submitted_by, [{ key, at }]);
    const because = counted?.notCountedBecause ?? null;
    if (because !== null)
      throw refused(`${because}, so this signature would not count; another approver has to sign`);
    requireFirst(statement, key.person.id, key.person.name);
    return key;
  }

  function requireFirst(statement: FrozenStatement, person: string, name: string): void {
    const decided = signoffsOf(db, statement.digest).find((signoff) => signoff.person === person);
    if (decided !== undefined)
      throw refused(
        `${name} decided already (${decided.decision}, ${decided.at}); another approver has to sign`,
      );
  }

  /** Inside a transaction: the decision, its log entry, the log's head, and what follows for the release. */
  function keep(
    release: StoredRelease,
    statement: FrozenStatement,
    chain: RosterChain,
    signoff: StoredSignoff,
  ): void {
    undecided(release.digest);
    requireFirst(statement, signoff.person, signoff.person);
    insertSignoff(db, statement.digest, signoff);
    const { approvals, threshold } = judgeStatement(statement, signoffsOf(db, statement.digest), chain);
    const outcome = signoff.decision === 'refuse' ? 'refused' : approvals >= threshold ? 'approved' : null;
    if (outcome !== null) setReleaseState(db, release.digest, outcome);
    log.append({
      at: signoff.at,
      actor: signoff.person,
      action: `release.${signoff.decision}`,
      subject: release.digest,
      body: {
        statement: statement.digest,
        signoff: canonicalDigest(signoff.envelope),
        keyId: signoff.key_id,
        state: outcome ?? release.state,
      },
      texts: { reason: signoff.reason, conditions: signoff.conditions },
    });
  }
}

const named = ({ manifest }: StoredRelease): string => `${manifest.name} ${manifest.version}`;
