import type { Migration } from './migration.ts';

/**
 * A replay may also compare drafts and the logged order. `baseline` and `candidate` hold what such a ranker is called, as
 * JSON, and are null for releases; the digests then point to no release, so their reference goes.
 */
export const rankers: Migration = {
  version: 9,
  sql: `
  CREATE TABLE replay_anew (
    id TEXT PRIMARY KEY,
    snapshot_digest TEXT NOT NULL REFERENCES snapshot (digest),
    baseline_digest TEXT NOT NULL, candidate_digest TEXT NOT NULL,
    settings TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('running', 'done', 'cancelled', 'failed', 'interrupted')),
    message TEXT, created_at TEXT NOT NULL, requests INTEGER NOT NULL,
    report TEXT, report_digest TEXT, gates TEXT, gates_digest TEXT,
    baseline TEXT, candidate TEXT,
    CHECK ((state = 'done') = (report IS NOT NULL))
  ) STRICT;
  INSERT INTO replay_anew (rowid, id, snapshot_digest, baseline_digest, candidate_digest, settings, state, message,
      created_at, requests, report, report_digest, gates, gates_digest)
    SELECT rowid, id, snapshot_digest, baseline_digest, candidate_digest, settings, state, message,
      created_at, requests, report, report_digest, gates, gates_digest FROM replay;
  DROP TABLE replay;
  ALTER TABLE replay_anew RENAME TO replay;
  CREATE INDEX replay_candidate ON replay (candidate_digest, created_at);
  `,
};
