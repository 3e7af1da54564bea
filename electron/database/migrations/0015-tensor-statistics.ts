import type { Migration } from './migration.ts';

/** What a walk over every value of a release's tensors found; `version` says which Stateside's figures they are. */
export const tensorStatistics: Migration = {
  version: 15,
  sql: `
  CREATE TABLE release_statistics (
    release_digest TEXT PRIMARY KEY REFERENCES release (digest), version INTEGER NOT NULL, measured_at TEXT NOT NULL
  ) STRICT;
  CREATE TABLE tensor_statistics (
    release_digest TEXT NOT NULL REFERENCES release_statistics (release_digest), name TEXT NOT NULL,
    summary TEXT NOT NULL, statistics TEXT NOT NULL,
    PRIMARY KEY (release_digest, name)
  ) STRICT;
  `,
};
