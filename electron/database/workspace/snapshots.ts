import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { notFound } from '../../../shared/domain/error.ts';
import { SnapshotInfo } from '../../../shared/domain/snapshot/meta.ts';

/** A snapshot the workspace knows: by the digest of its bytes, at a path where they lay when it was added. */
export interface KnownSnapshot {
  readonly info: SnapshotInfo;
  readonly addedAt: string;
}

const Stored = z.object({ path: z.string(), info: z.string(), added_at: z.string() });

function known(value: unknown): KnownSnapshot {
  const { path, info, added_at: addedAt } = Stored.parse(value);
  return { info: { ...SnapshotInfo.parse(JSON.parse(info)), path }, addedAt };
}

/** Every snapshot, newest first. */
export function listSnapshots(db: Database): KnownSnapshot[] {
  return db
    .prepare('SELECT path, info, added_at FROM snapshot ORDER BY added_at DESC, rowid DESC')
    .all()
    .map(known);
}

export function findSnapshot(db: Database, digest: string): KnownSnapshot | null {
  const row = db.prepare('SELECT path, info, added_at FROM snapshot WHERE digest = ?').get(digest);
  return row === undefined ? null : known(row);
}

export function getSnapshot(db: Database, digest: string): KnownSnapshot {
  const snapshot = findSnapshot(db, digest);
  if (snapshot === null) throw notFound(`The workspace holds no snapshot ${digest}; add its file first.`);
  return snapshot;
}

/** Adds a snapshot, or notes where its file lies now. */
export function keepSnapshot(db: Database, { info, addedAt }: KnownSnapshot): void {
  db.prepare(
    `INSERT INTO snapshot (digest, path, info, added_at) VALUES (?, ?, ?, ?)
     ON CONFLICT (digest) DO UPDATE SET path = excluded.path, info = excluded.info`,
  ).run(info.digest, info.path, JSON.stringify(info), addedAt);
}
