import Database from 'better-sqlite3';
import type { Verification } from '../../../shared/contract/signoff.ts';
import type { WorkerPool } from '../../workers/pool.ts';
import { CHUNK, type CheckedRange } from './checked-range.ts';
import type { LongLog } from './long-log.ts';

/** A shorter log is verified by one thread before a second one has started. */
export const LONG = 100_000;

/**
 * Verifies a log on threads: the entries of a long one in as many ranges as there are threads, then their roots and
 * everything else as `verifyLog` does. Answers what that answers; where anything is wrong, one thread goes over the
 * whole log to tell what comes first. `long`: from how many entries on it is split.
 */
export async function verifyLong(pool: WorkerPool, log: LongLog, long = LONG): Promise<Verification> {
  const parts = rangesOf(log.path, pool.threads, long);
  const ranges = await Promise.all(
    parts.map(({ from, until }) => pool.walk('checkAuditRange', { ...log, from, until })),
  );
  return pool.walk('verifyAuditLog', { ...log, ranges });
}

function rangesOf(path: string, threads: number, long: number): Pick<CheckedRange, 'from' | 'until'>[] {
  const db = new Database(path, { readonly: true, fileMustExist: true });
  try {
    const total = Number(db.prepare('SELECT count(*) FROM log_entry').pluck().get());
    const chunks = total < long ? 0 : Math.floor(total / CHUNK);
    const bounds = Array.from(
      { length: threads + 1 },
      (_, part) => Math.floor((part * chunks) / threads) * CHUNK,
    );
    return bounds.slice(1).flatMap((until, part) => {
      const from = bounds[part] ?? until;
      return from < until ? [{ from, until }] : [];
    });
  } finally {
    db.close();
  }
}
