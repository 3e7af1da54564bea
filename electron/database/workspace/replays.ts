import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { ReplayRow, type ReplayDetail } from '../../../shared/contract/replay.ts';
import { notFound } from '../../../shared/domain/error.ts';
import { GateResult } from '../../../shared/domain/gates/verdict.ts';
import { ReleaseManifest } from '../../../shared/domain/release/manifest.ts';
import { RankerRef, ReplayReport, ReplaySettings } from '../../../shared/domain/replay/report.ts';
import { SnapshotInfo } from '../../../shared/domain/snapshot/meta.ts';

const Json = z.string().transform((text): unknown => JSON.parse(text));

const StoredRow = z.object({
  id: z.string(),
  snapshot_digest: z.string(),
  snapshot_info: Json.pipe(SnapshotInfo.pick({ meta: true })),
  baseline_digest: z.string(),
  baseline_manifest: Json.pipe(ReleaseManifest).nullable(),
  baseline: Json.pipe(RankerRef).nullable(),
  candidate_digest: z.string(),
  candidate_manifest: Json.pipe(ReleaseManifest).nullable(),
  candidate: Json.pipe(RankerRef).nullable(),
  settings: Json.pipe(ReplaySettings),
  state: ReplayRow.shape.state,
  message: z.string().nullable(),
  created_at: z.string(),
  requests: z.int(),
});

const StoredDetail = z.object({
  report: Json.pipe(ReplayReport).nullable(),
  report_digest: z.string().nullable(),
  gates: Json.pipe(z.array(GateResult)).nullable(),
});

const ROWS = `
  FROM replay JOIN snapshot ON snapshot.digest = snapshot_digest
    LEFT JOIN release b ON b.digest = baseline_digest LEFT JOIN release c ON c.digest = candidate_digest`;
const COLUMNS = `replay.id, snapshot_digest, snapshot.info AS snapshot_info, baseline_digest, baseline, b.manifest AS baseline_manifest,
  candidate_digest, candidate, c.manifest AS candidate_manifest, settings, replay.state, message, created_at, requests`;

/** What a ranker is called: by its release's manifest, or as it was noted where it is no release. */
function ref(digest: string, manifest: ReleaseManifest | null, noted: RankerRef | null): RankerRef {
  if (noted !== null) return noted;
  if (manifest === null) throw notFound(`The workspace holds no release ${digest} that a replay names.`);
  const { name, version, team } = manifest;
  return { name, version, team, digest };
}

function replayRow(value: unknown): ReplayRow {
  const row = StoredRow.parse(value);
  return {
    id: row.id,
    snapshot: { digest: row.snapshot_digest, name: row.snapshot_info.meta.name },
    baseline: ref(row.baseline_digest, row.baseline_manifest, row.baseline),
    candidate: ref(row.candidate_digest, row.candidate_manifest, row.candidate),
    settings: row.settings,
    state: row.state,
    message: row.message,
    createdAt: row.created_at,
    requests: row.requests,
  };
}

/** Every replay, newest first. */
export function listReplays(db: Database): ReplayRow[] {
  return db
    .prepare(`SELECT ${COLUMNS} ${ROWS} ORDER BY created_at DESC, replay.rowid DESC`)
    .all()
    .map(replayRow);
}

export function getReplay(db: Database, id: string): ReplayDetail {
  const row = db
    .prepare(`SELECT ${COLUMNS}, report, report_digest, gates ${ROWS} WHERE replay.id = ?`)
    .get(id);
  if (row === undefined) throw notFound(`The workspace holds no replay ${id}; it may have been removed.`);
  const { report, report_digest: reportDigest, gates } = StoredDetail.parse(row);
  return { ...replayRow(row), report, reportDigest, gates: gates ?? [] };
}

export interface NewReplay {
  readonly id: string;
  readonly snapshot: string;
  readonly baseline: RankerRef;
  readonly candidate: RankerRef;
  readonly settings: ReplaySettings;
  readonly createdAt: string;
}

export function insertReplay(
  db: Database,
  { id, snapshot, baseline, candidate, settings, createdAt }: NewReplay,
): void {
  db.prepare(
    `INSERT INTO replay (id, snapshot_digest, baseline_digest, candidate_digest, settings, state, created_at, requests, baseline, candidate)
     VALUES (?, ?, ?, ?, ?, 'queued', ?, 0, ?, ?)`,
  ).run(
    id,
    snapshot,
    baseline.digest,
    candidate.digest,
    JSON.stringify(settings),
    createdAt,
    noted(baseline),
    noted(candidate),
  );
}

const noted = (ranker: RankerRef): string | null =>
  ranker.kind === undefined ? null : JSON.stringify(ranker);

export interface FinishedReplay {
  /** Canonical JSON of the report, and its SHA-256. */
  readonly report: string;
  readonly reportDigest: string;
  readonly requests: number;
  readonly gates: readonly GateResult[];
  /** Digest of the gate rules that judged. */
  readonly gatesDigest: string;
}

export function finishReplay(
  db: Database,
  id: string,
  { report, reportDigest, requests, gates, gatesDigest }: FinishedReplay,
): void {
  db.prepare(
    `UPDATE replay SET state = 'done', report = ?, report_digest = ?, requests = ?, gates = ?, gates_digest = ? WHERE id = ?`,
  ).run(report, reportDigest, requests, JSON.stringify(gates), gatesDigest, id);
}

/** Puts a replay that was interrupted at the end of the line again. */
export function queueReplay(db: Database, id: string): void {
  db.prepare(`UPDATE replay SET state = 'queued', message = NULL WHERE id = ?`).run(id);
}

export function beginReplay(db: Database, id: string): void {
  db.prepare(`UPDATE replay SET state = 'running' WHERE id = ?`).run(id);
}

/** Ends a replay without a result. */
export function endReplay(
  db: Database,
  id: string,
  state: 'cancelled' | 'failed' | 'interrupted',
  message: string,
): void {
  db.prepare('UPDATE replay SET state = ?, message = ? WHERE id = ?').run(state, message, id);
}

/** Replays in a state, oldest first. */
export function replaysIn(db: Database, state: ReplayRow['state']): ReplayRow[] {
  return listReplays(db)
    .filter((replay) => replay.state === state)
    .toReversed();
}

export function deleteReplay(db: Database, id: string): void {
  db.prepare('DELETE FROM replay WHERE id = ?').run(id);
}
