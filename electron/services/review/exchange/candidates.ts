import { statSync } from 'node:fs';
import type { Database } from 'better-sqlite3';
import { StatesideError } from '../../../../shared/domain/error.ts';
import { connectSnapshot } from '../../../database/snapshot/open.ts';
import { findSnapshot } from '../../../database/workspace/snapshots.ts';

/** What the requests of a snapshot may show. */
export interface Candidates {
  /** Whether an item is a candidate of a request. */
  readonly has: (requestId: string, itemId: string) => boolean;
  readonly close: () => void;
}

/** The candidates of a snapshot by its digest; null where its file is not at hand as it was when it was added. */
export function openCandidates(db: Database, digest: string): Candidates | null {
  const info = findSnapshot(db, digest)?.info;
  if (info === undefined || statSync(info.path, { throwIfNoEntry: false })?.size !== info.bytes) return null;
  try {
    const snapshot = connectSnapshot(info.path).db;
    const candidate = snapshot.prepare(
      'SELECT 1 FROM candidate WHERE request_id = ? AND CAST(item_id AS TEXT) = ?',
    );
    return {
      has: (requestId, itemId) => candidate.get(requestId, itemId) !== undefined,
      close: () => snapshot.close(),
    };
  } catch (error) {
    if (error instanceof StatesideError) return null;
    throw error;
  }
}
