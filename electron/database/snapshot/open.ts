import Database from 'better-sqlite3';
import { checkSnapshotHeader } from './header.ts';
import { SnapshotReader } from './reader.ts';
import { reading } from './reading.ts';

/** At most so many bytes of the file are mapped into memory. */
const MAPPED = 64 * 1024 * 1024;

/** Opens a connection that can neither change the snapshot at `path` nor write beside it. */
export function connectSnapshot(path: string): { db: Database.Database; bytes: number } {
  const { bytes } = checkSnapshotHeader(path);
  const db = reading(path, () => new Database(path, { readonly: true, fileMustExist: true }));
  db.pragma('query_only = 1');
  db.pragma('trusted_schema = OFF');
  db.pragma(`mmap_size = ${MAPPED}`);
  return { db, bytes };
}

/** Opens a snapshot to read. Throws one sentence when it is missing, foreign, newer, truncated or in use. */
export function openSnapshot(path: string): SnapshotReader {
  const { db, bytes } = connectSnapshot(path);
  try {
    return reading(path, () => new SnapshotReader(db, path, bytes));
  } catch (error) {
    db.close();
    throw error;
  }
}
