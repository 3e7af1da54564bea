import Database from 'better-sqlite3';
import type { Verification } from '../../shared/contract/signoff.ts';
import { StatesideError } from '../../shared/domain/error.ts';
import { CHECKED, STOP } from '../services/audit/verify-counters.ts';
import { verifyLog } from '../services/audit/verify-log.ts';
import { enveloped } from './envelope.ts';

export interface VerifyTask {
  /** The workspace's database. */
  readonly path: string;
  readonly key: string;
  /** Two shared counters: entries checked so far, and a flag that ends the work. */
  readonly shared: Int32Array;
}

/** Verifies an audit log through a connection of its own, on the state it had when this began. */
export const verifyAuditLog = enveloped(async ({ path, key, shared }: VerifyTask): Promise<Verification> => {
  const db = new Database(path, { readonly: true, fileMustExist: true });
  try {
    return db.transaction(() =>
      verifyLog(db, key, (entries) => {
        Atomics.store(shared, CHECKED, entries);
        if (Atomics.load(shared, STOP) === 1)
          throw new StatesideError('cancelled', 'The verification was stopped.');
      }),
    )();
  } finally {
    db.close();
  }
});
