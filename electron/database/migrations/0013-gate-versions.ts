import type { Migration } from './migration.ts';

/** Every version of the gates of a workspace with who put it in force and why; both null where the file was found so. */
export const gateVersions: Migration = {
  version: 13,
  sql: `
  CREATE TABLE gate_version (
    seq INTEGER PRIMARY KEY, revision INTEGER NOT NULL, digest TEXT NOT NULL, text TEXT NOT NULL,
    saved_at TEXT NOT NULL, actor TEXT, reason TEXT
  ) STRICT;
  CREATE TRIGGER gate_version_no_update BEFORE UPDATE ON gate_version
  BEGIN SELECT RAISE(ABORT, 'versions of the gates are append-only and are never changed'); END;
  CREATE TRIGGER gate_version_no_delete BEFORE DELETE ON gate_version
  BEGIN SELECT RAISE(ABORT, 'versions of the gates are append-only and are never deleted'); END;
  `,
};
