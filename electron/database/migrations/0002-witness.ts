import type { Migration } from './migration.ts';

/** Heads of the log that came back from elsewhere, and free text that stands beside the log so that it can be taken out. */
export const witness: Migration = {
  version: 2,
  sql: `
  CREATE TABLE witness (
    id INTEGER PRIMARY KEY, size INTEGER NOT NULL, root TEXT NOT NULL, note TEXT NOT NULL UNIQUE,
    kept_by TEXT NOT NULL, at TEXT NOT NULL
  ) STRICT;
  CREATE TRIGGER witness_no_update BEFORE UPDATE ON witness
  BEGIN SELECT RAISE(ABORT, 'a witnessed head is append-only and is never changed'); END;
  CREATE TRIGGER witness_no_delete BEFORE DELETE ON witness
  BEGIN SELECT RAISE(ABORT, 'a witnessed head is append-only and is never deleted'); END;

  CREATE TABLE log_text (
    seq INTEGER NOT NULL REFERENCES log_entry (seq), name TEXT NOT NULL, salt TEXT, text TEXT,
    PRIMARY KEY (seq, name), CHECK ((salt IS NULL) = (text IS NULL))
  ) STRICT, WITHOUT ROWID;
  CREATE TRIGGER log_text_only_redacted BEFORE UPDATE ON log_text WHEN NEW.text IS NOT NULL OR NEW.seq <> OLD.seq OR NEW.name <> OLD.name
  BEGIN SELECT RAISE(ABORT, 'a text of the audit log is redacted or left, never changed'); END;
  CREATE TRIGGER log_text_no_delete BEFORE DELETE ON log_text
  BEGIN SELECT RAISE(ABORT, 'a text of the audit log is redacted, never deleted'); END;
  `,
};
