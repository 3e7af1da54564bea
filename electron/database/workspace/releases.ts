import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import type { ReleaseRow } from '../../../shared/contract/releases.ts';
import { ReleaseState } from '../../../shared/domain/release/lifecycle.ts';
import { ReleaseManifest } from '../../../shared/domain/release/manifest.ts';
import { notFound } from '../../../shared/domain/error.ts';

const Stored = z.object({
  digest: z.string(),
  manifest: z.string(),
  state: ReleaseState,
  imported_at: z.string(),
  bytes: z.number(),
  file_count: z.int(),
});

function releaseRow(value: unknown): ReleaseRow {
  const {
    digest,
    manifest,
    state,
    imported_at: importedAt,
    bytes,
    file_count: fileCount,
  } = Stored.parse(value);
  return {
    digest,
    manifest: ReleaseManifest.parse(JSON.parse(manifest)),
    state,
    standing: null,
    importedAt,
    bytes,
    fileCount,
  };
}

const COLUMNS = 'digest, manifest, state, imported_at, bytes, file_count';

/** Every release, newest first. */
export function listReleases(db: Database): ReleaseRow[] {
  return db
    .prepare(`SELECT ${COLUMNS} FROM release ORDER BY imported_at DESC, rowid DESC`)
    .all()
    .map(releaseRow);
}

export function findRelease(db: Database, digest: string): ReleaseRow | null {
  const row = db.prepare(`SELECT ${COLUMNS} FROM release WHERE digest = ?`).get(digest);
  return row === undefined ? null : releaseRow(row);
}

export function getRelease(db: Database, digest: string): ReleaseRow {
  const row = findRelease(db, digest);
  if (row === null) throw notFound(`The workspace holds no release ${digest}; import its bundle first.`);
  return row;
}

export function insertRelease(
  db: Database,
  { digest, manifest, state, importedAt, bytes, fileCount }: Omit<ReleaseRow, 'standing'>,
): void {
  db.prepare(
    'INSERT INTO release (digest, name, version, team, manifest, state, imported_at, bytes, file_count) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
  ).run(
    digest,
    manifest.name,
    manifest.version,
    manifest.team,
    JSON.stringify(manifest),
    state,
    importedAt,
    bytes,
    fileCount,
  );
}

export function setReleaseState(db: Database, digest: string, state: ReleaseState): void {
  db.prepare('UPDATE release SET state = ? WHERE digest = ?').run(state, digest);
}
