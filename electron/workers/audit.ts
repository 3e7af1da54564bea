import Database from 'better-sqlite3';
import type { Verification } from '../../shared/contract/signoff.ts';
import { StatesideError } from '../../shared/domain/error.ts';
import { checkRange, type CheckedRange } from '../services/audit/checked-range.ts';
import type { LongLog } from '../services/audit/long-log.ts';
import { DONE, STOP } from '../services/jobs/counters.ts';
import { verifyLog } from '../services/audit/verify-log.ts';
import { enveloped } from './envelope.ts';

/** Of SQLite's pages a walk needs those of its path down the tree. */
const PAGES_KB = 1024;

const STOPPED = 'The verification was stopped.';

interface VerifyTask extends LongLog {
  /** What other threads checked already, from the first entry on. */
  readonly ranges: readonly CheckedRange[];
}

interface RangeTask extends LongLog {
  readonly from: number;
  readonly until: number;
}

/** Verifies an audit log through a connection of its own, on the state it had when this began. */
export const verifyAuditLog = enveloped(async ({ ranges, ...task }: VerifyTask): Promise<Verification> =>
  reading(task, (db) =>
    verifyLog(db, task.key, {
      everyHead: task.everyHead,
      ranges,
      onEntries: (entries) => {
        stopIfAsked(task.shared, STOPPED);
        Atomics.store(task.shared, DONE, entries);
      },
    }),
  ),
);

/** Checks a part of a log's entries, while other threads check the others. */
export const checkAuditRange = enveloped(async ({ from, until, ...task }: RangeTask): Promise<CheckedRange> =>
  reading(task, (db) =>
    checkRange(db, from, until, (entries) => {
      stopIfAsked(task.shared, STOPPED);
      Atomics.add(task.shared, DONE, entries);
    }),
  ),
);

const reading = <Value>({ path }: LongLog, read: (db: Database.Database) => Value): Promise<Value> =>
  connected(path, (db) => db.transaction(() => read(db))());

/** Uses a connection of one's own, which sees a log page by page. */
export async function connected<Value>(
  path: string,
  use: (db: Database.Database) => Value | Promise<Value>,
): Promise<Value> {
  const db = new Database(path, { readonly: true, fileMustExist: true });
  try {
    // every page is read once
    db.pragma(`cache_size = -${PAGES_KB}`);
    return await use(db);
  } finally {
    db.close();
  }
}

/** Throws `cancelled` once whoever shares the counters asks to stop. */
export function stopIfAsked(shared: Int32Array, message: string): void {
  if (Atomics.load(shared, STOP) === 1) throw new StatesideError('cancelled', message);
}
