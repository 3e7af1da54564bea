import type { Migration } from './migration.ts';

/** Pairs of releases that were compared: the document of their changes, and every tensor with its difference in full. */
export const releaseChanges: Migration = {
  version: 6,
  sql: `
  CREATE TABLE release_changes (
    before_digest TEXT NOT NULL REFERENCES release (digest), after_digest TEXT NOT NULL REFERENCES release (digest),
    digest TEXT NOT NULL, document TEXT NOT NULL, compared_at TEXT NOT NULL,
    PRIMARY KEY (before_digest, after_digest)
  ) STRICT;
  CREATE TABLE tensor_difference (
    before_digest TEXT NOT NULL, after_digest TEXT NOT NULL, ordinal INTEGER NOT NULL,
    name TEXT NOT NULL, kind TEXT NOT NULL, changed REAL, largest REAL, difference TEXT NOT NULL,
    PRIMARY KEY (before_digest, after_digest, ordinal),
    UNIQUE (before_digest, after_digest, name),
    FOREIGN KEY (before_digest, after_digest) REFERENCES release_changes (before_digest, after_digest)
  ) STRICT, WITHOUT ROWID;
  `,
};
