import type { Migration } from './migration.ts';

/** A replay may wait for its turn. */
export const replayQueue: Migration = {
  version: 11,
  sql: `
  CREATE TABLE replay_anew (
    id TEXT PRIMARY KEY,
    snapshot_digest TEXT NOT NULL REFERENCES snapshot (digest),
    baseline_digest TEXT NOT NULL, candidate_digest TEXT NOT NULL,
    settings TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('queued', 'running', 'done', 'cancelled', 'failed', 'interrupted')),
    message TEXT, created_at TEXT NOT NULL, requests INTEGER NOT NULL,
    report TEXT, report_digest TEXT, gates TEXT, gates_digest TEXT,
    baseline TEXT, candidate TEXT,
    CHECK ((state = 'done') = (report IS NOT NULL))
  ) STRICT;
  INSERT INTO replay_anew (rowid, id, snapshot_digest, baseline_digest, candidate_digest, settings, state, message,
      created_at, requests, report, report_digest, gates, gates_digest, baseline, candidate)
    SELECT rowid, id, snapshot_digest, baseline_digest, candidate_digest, settings, state, message,
      created_at, requests, report, report_digest, gates, gates_digest, baseline, candidate FROM replay;
  DROP TABLE replay;
  ALTER TABLE replay_anew RENAME TO replay;
  CREATE INDEX replay_candidate ON replay (candidate_digest, created_at);
  `,
};
