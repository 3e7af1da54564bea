import type { Migration } from './migration.ts';

/**
 * An entry of the log is appended without a wide index to keep up: only the few entries that are looked up by what they
 * are stand in one. Signed heads and roster versions are append-only like the entries.
 */
export const logAppend: Migration = {
  version: 14,
  sql: `
  DROP INDEX log_entry_action;
  CREATE INDEX log_entry_production ON log_entry (subject, seq)
    WHERE action IN ('release.promote', 'release.roll-back');
  CREATE INDEX log_entry_exception ON log_entry (action, subject)
    WHERE action = 'log.alarm' OR action = 'log.redact';
  CREATE TRIGGER log_checkpoint_no_update BEFORE UPDATE ON log_checkpoint
  BEGIN SELECT RAISE(ABORT, 'a signed head of the log is append-only and is never changed'); END;
  CREATE TRIGGER log_checkpoint_no_delete BEFORE DELETE ON log_checkpoint
  BEGIN SELECT RAISE(ABORT, 'a signed head of the log is append-only and is never deleted'); END;
  CREATE TRIGGER roster_no_update BEFORE UPDATE ON roster
  BEGIN SELECT RAISE(ABORT, 'a roster version is append-only and is never changed'); END;
  CREATE TRIGGER roster_no_delete BEFORE DELETE ON roster
  BEGIN SELECT RAISE(ABORT, 'a roster version is append-only and is never deleted'); END;
  `,
};
