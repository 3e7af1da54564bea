import type { Migration } from './migration.ts';

/** Measurements of which features matter to the heads of a release, beside another one or alone. */
export const featureImportance: Migration = {
  version: 10,
  sql: `
  CREATE TABLE feature_importance (
    release_digest TEXT NOT NULL REFERENCES release (digest), against_digest TEXT REFERENCES release (digest),
    snapshot_digest TEXT NOT NULL REFERENCES snapshot (digest), settings TEXT NOT NULL,
    report TEXT NOT NULL, measured_at TEXT NOT NULL
  ) STRICT;
  CREATE UNIQUE INDEX feature_importance_of
    ON feature_importance (release_digest, coalesce(against_digest, ''), snapshot_digest, settings);
  `,
};
