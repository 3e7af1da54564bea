import { userInfo } from 'node:os';
import type { ServiceApi } from '../../../shared/contract/index.ts';
import { notFound, refused } from '../../../shared/domain/error.ts';
import { canonicalJson } from '../../../shared/domain/statements/canonical-json.ts';
import type { Evidence } from '../../../shared/domain/statements/release-statement.ts';
import { signoffStatement } from '../../../shared/domain/statements/signoff-statement.ts';
import type { Workspace } from '../../database/workspace/open.ts';
import type { AuditLog } from '../audit/audit-log.ts';
import { act } from './act.ts';
import { collect } from './collect.ts';
import type { SignoffContext } from './context.ts';
import {
  nameOf,
  prepareDecision,
  releaseOf,
  requireShown,
  requireTransition,
  requireTurn,
} from './decide.ts';
import { signerRows, signoffDetail } from './detail.ts';
import { canonicalDigest, sha256Hex } from './digest.ts';
import { freeze } from './freeze.ts';
import { keepGates, workspaceGates } from './gate-rules.ts';
import { openHeldKey } from './held-keys.ts';
import { keepDecision } from './keep-decision.ts';
import { NO_KEY_STORE, type KeyStore } from './key-store.ts';
import { collectPackage } from './package/collect.ts';
import { zipPackage } from './package/package-zip.ts';
import { PACKED_PDF } from './package/pdf-statement.ts';
import { signDecision, writeRecord } from './record.ts';
import { reviewedEvidence, reviewedHere, type Reviewed } from './reviewed-evidence.ts';
import { unfitBecause } from './staleness.ts';
import { recordOf } from './standing.ts';
import { requireStoredBytes } from './stored-bytes.ts';
import {
  finishedReplays,
  foundedRoster,
  insertStatement,
  keepDocument,
  newestStatement,
  signoffsOf,
  workspaceRoster,
  type StoredRelease,
} from './tables.ts';
import { readNamed } from './text-file.ts';
import { exportHeldTuf, tufSigners } from './tuf/held.ts';
import { verifyFile } from './verify-file.ts';
import { verifyRecord } from './verify-record.ts';

/** Sign-off over the workspace's tables. Each freeze, decision and action is one transaction with its log entry. */
export function signoffService(
  workspace: Workspace,
  log: AuditLog,
  now = () => new Date().toISOString(),
  changesOf: (release: string) => Promise<Evidence['changes']> = async () => null,
  keyStore: KeyStore = NO_KEY_STORE,
  reviewed: Reviewed = reviewedHere(workspace),
): ServiceApi<'signoff'> {
  const { db, folder } = workspace;
  const context: SignoffContext = { workspace, log, keyStore, reviewed, now };
  const detail = (releaseDigest: string) => signoffDetail(context, releaseOf(context, releaseDigest), now());

  return {
    get: async ({ releaseDigest }) => detail(releaseDigest),

    freeze: async ({ releaseDigest, replayId }) => {
      const release = inReview(releaseDigest);
      const replay = finishedReplays(db, releaseDigest).find(({ id }) => id === replayId);
      if (replay === undefined)
        throw notFound(`replay ${replayId} is no finished replay of this release; start one`);
      const gateRules = workspaceGates(folder);
      const unfit = unfitBecause(replay, { release: releaseDigest, gates: gateRules });
      if (unfit !== null) throw refused(`replay ${replayId} is no evidence: ${unfit}`);
      if (canonicalDigest(replay.report) !== replay.report_digest) {
        throw refused(
          `the report of replay ${replayId} is not the one that was judged; replay the release again`,
        );
      }
      const bundle = await requireStoredBytes(folder, release);
      const changes = await changesOf(releaseDigest);
      const { review, gates, report } = await reviewedEvidence(
        workspace,
        reviewed,
        releaseDigest,
        replay.gates,
      );
      const at = now();
      const head = log.checkpoint();
      const { payload, digest } = freeze(
        {
          manifest: release.manifest,
          bundleDigest: releaseDigest,
          files: bundle.files,
          report: replay.report,
          reportDigest: replay.report_digest,
          gates,
          gateRules,
          changes,
          review,
          checkpoint: head === null ? null : { note: head.note, key: log.key },
          frozenAt: at,
        },
        workspaceRoster(db),
      );
      db.transaction(() => {
        inReview(releaseDigest);
        keepGates(db, folder);
        if (report !== null) keepDocument(db, { digest: report.digest, text: canonicalJson(report.report) });
        insertStatement(db, releaseDigest, {
          digest,
          replay_id: replayId,
          payload,
          gates,
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
      return detail(releaseDigest);
    },

    preview: async (input) => {
      const { release, predicate } = prepareDecision(context, input);
      const json = canonicalJson(signoffStatement(nameOf(release), predicate));
      return { at: predicate.at, json, digest: sha256Hex(json) };
    },

    sign: async ({ passphrase, ...input }) => {
      const { release, statement, judgement, key, predicate } = prepareDecision(context, input);
      const signing = await openHeldKey(folder, key, passphrase, keyStore);
      if (predicate.decision === 'approve') await requireStoredBytes(folder, release);
      const { signature, envelope } = signDecision(statement.payload, nameOf(release), predicate, signing);
      db.transaction(() => {
        requireTransition(releaseOf(context, release.digest), predicate.decision);
        requireTurn(context, statement, key.person, predicate.decision);
        keepDecision(context, release.digest, statement, judgement, {
          ...predicate,
          key_id: key.keyId,
          signature: signature?.sig ?? null,
          envelope,
        });
      }).immediate();
      return detail(release.digest);
    },

    act: async (input) => {
      await act(context, input);
      return detail(input.releaseDigest);
    },

    handOver: async ({ releaseDigest }) => {
      const release = releaseOf(context, releaseDigest);
      const statement = newestStatement(db, releaseDigest);
      if (statement === null)
        throw notFound(`no evidence of ${nameOf(release)} is frozen yet, so there is nothing to sign`);
      requireShown(context, statement);
      const record = recordOf(statement, signoffsOf(db, statement.digest));
      return { fileName: `${fileNameOf(release)}.signatures.json`, json: writeRecord(record) };
    },

    collect: ({ json }) => collect(context, 'the file', json),

    record: async ({ releaseDigest }) => record(releaseDigest),

    package: async ({ releaseDigest, pdf: printed }) => {
      const { fileName, json } = record(releaseDigest);
      const pdf =
        printed === undefined ? null : { name: PACKED_PDF, sha256: sha256Hex(printed), bytes: printed };
      const files = collectPackage(workspace, log, json, now(), pdf);
      return { fileName: fileName.replace(/\.json$/, '.zip'), zip: new Uint8Array(zipPackage(files, pdf)) };
    },

    tufSigners: ({ releaseDigest, out }) => tufSigners(context, releaseOf(context, releaseDigest), out),

    exportTuf: (input) => exportHeldTuf(context, input),

    verify: async ({ json }) => {
      const { texts, pin } = workspaceRoster(db);
      const rosters = texts.map((text, index) => ({ name: `roster version ${index + 1}`, text }));
      const { ok, steps } = verifyRecord({ record: json, rosters, pin, at: now() });
      return { ok, steps };
    },

    verifyFile: async ({ path, rosters, pin }) => {
      const at = now();
      if (rosters.length > 0)
        return verifyFile(path, {
          rosters: await readNamed(rosters),
          at,
          ...(pin === undefined ? {} : { pin }),
        });
      const { texts, pin: founded } = workspaceRoster(db);
      const named = texts.map((text, index) => ({ name: `roster version ${index + 1}`, text }));
      return verifyFile(path, { rosters: named, pin: founded, at });
    },

    people: async () => {
      const founded = foundedRoster(db);
      return founded === null ? [] : signerRows(folder, founded, null, now());
    },
  };

  function record(releaseDigest: string): { fileName: string; json: string } {
    const release = releaseOf(context, releaseDigest);
    const statement = newestStatement(db, releaseDigest);
    const signoffs = statement === null ? [] : signoffsOf(db, statement.digest);
    if (statement === null || signoffs.length === 0) {
      throw notFound(
        `${nameOf(release)} has no decision yet, so there is no record; sign or refuse it first`,
      );
    }
    requireShown(context, statement);
    const fileName = `${fileNameOf(release)}.release-record.json`;
    return { fileName, json: writeRecord(recordOf(statement, signoffs)) };
  }

  /** Evidence is frozen while a release is in review, and not after it was decided. */
  function inReview(digest: string): StoredRelease {
    const release = releaseOf(context, digest);
    const { team } = release.manifest;
    if (team === 'us' && release.state !== 'in review')
      throw refused(
        `${nameOf(release)} is ${release.state}; evidence is frozen while a release is in review`,
      );
    requireTransition(release, 'approve');
    return release;
  }
}

const fileNameOf = (release: StoredRelease): string => nameOf(release).replace(/[^\p{L}\p{N}.-]+/gu, '-');
