import type { Migration } from './migration.ts';

/** What-ifs that were saved. A draft is no release: no statement or sign-off can point to it. */
export const policyDraft: Migration = {
  version: 3,
  sql: `
  CREATE TABLE policy_draft (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, release_digest TEXT NOT NULL REFERENCES release (digest),
    digest TEXT NOT NULL, policy TEXT NOT NULL, changes TEXT NOT NULL, created_at TEXT NOT NULL,
    UNIQUE (release_digest, name)
  ) STRICT;
  `,
};
