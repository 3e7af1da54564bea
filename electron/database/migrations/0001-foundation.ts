import type { Migration } from './migration.ts';

const appendOnly = (table: string, what: string): string => `
  CREATE TRIGGER ${table}_no_update BEFORE UPDATE ON ${table}
  BEGIN SELECT RAISE(ABORT, '${what} is append-only and is never changed'); END;
  CREATE TRIGGER ${table}_no_delete BEFORE DELETE ON ${table}
  BEGIN SELECT RAISE(ABORT, '${what} is append-only and is never deleted'); END;`;

/** Holds the wanted order and what filters ask, so that a page and its count never touch the wide rows. */
const requestIndex = (order: string): string =>
  `CREATE INDEX replay_request_${order} ON replay_request (replay_id, ${order}, request_id, flags);`;

/** Everything of the first release: people, releases, snapshots, replays, decisions and the audit log. */
export const foundation: Migration = {
  version: 1,
  sql: `
  CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;

  CREATE TABLE roster (
    version INTEGER PRIMARY KEY, digest TEXT NOT NULL UNIQUE, envelope TEXT NOT NULL, imported_at TEXT NOT NULL
  ) STRICT;

  CREATE TABLE release (
    digest TEXT PRIMARY KEY, name TEXT NOT NULL, version TEXT NOT NULL, team TEXT NOT NULL CHECK (team IN ('us', 'global')),
    manifest TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('imported', 'approved', 'in production', 'refused', 'superseded')),
    imported_at TEXT NOT NULL, bytes INTEGER NOT NULL, file_count INTEGER NOT NULL
  ) STRICT;
  CREATE UNIQUE INDEX release_one_in_production ON release (state) WHERE state = 'in production';

  CREATE TABLE snapshot (
    digest TEXT PRIMARY KEY, path TEXT NOT NULL, info TEXT NOT NULL, added_at TEXT NOT NULL
  ) STRICT;

  CREATE TABLE replay (
    id TEXT PRIMARY KEY,
    snapshot_digest TEXT NOT NULL REFERENCES snapshot (digest),
    baseline_digest TEXT NOT NULL REFERENCES release (digest),
    candidate_digest TEXT NOT NULL REFERENCES release (digest),
    settings TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('running', 'done', 'cancelled', 'failed', 'interrupted')),
    message TEXT, created_at TEXT NOT NULL, requests INTEGER NOT NULL,
    report TEXT, report_digest TEXT, gates TEXT,
    CHECK ((state = 'done') = (report IS NOT NULL))
  ) STRICT;
  CREATE INDEX replay_candidate ON replay (candidate_digest, created_at);

  CREATE TABLE replay_request (
    replay_id TEXT NOT NULL REFERENCES replay (id) ON DELETE CASCADE,
    request_id ANY NOT NULL, user_id TEXT NOT NULL, requested_at TEXT NOT NULL, candidates INTEGER NOT NULL,
    overlap REAL NOT NULL, rbo REAL NOT NULL, first_changed INTEGER NOT NULL, largest_move INTEGER NOT NULL,
    ndcg_baseline REAL, ndcg_candidate REAL,
    labelled_baseline INTEGER NOT NULL, labelled_candidate INTEGER NOT NULL,
    outcome TEXT NOT NULL,
    ndcg_difference REAL CHECK (ndcg_difference IS ndcg_candidate - ndcg_baseline),
    labelled_difference INTEGER NOT NULL CHECK (labelled_difference = labelled_candidate - labelled_baseline),
    flags INTEGER NOT NULL,
    PRIMARY KEY (replay_id, request_id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX replay_request_found ON replay_request (replay_id, request_id, user_id, flags);
  ${requestIndex('candidates')}
  ${requestIndex('overlap')}
  ${requestIndex('rbo')}
  ${requestIndex('largest_move')}
  ${requestIndex('ndcg_difference')}
  ${requestIndex('labelled_difference')}

  CREATE TABLE statement (
    digest TEXT PRIMARY KEY, release_digest TEXT NOT NULL REFERENCES release (digest), replay_id TEXT,
    payload TEXT NOT NULL, gates TEXT NOT NULL, frozen_at TEXT NOT NULL
  ) STRICT;
  CREATE INDEX statement_release ON statement (release_digest, frozen_at);

  CREATE TABLE signoff (
    id INTEGER PRIMARY KEY, statement_digest TEXT NOT NULL REFERENCES statement (digest),
    person TEXT NOT NULL, key_id TEXT NOT NULL, role TEXT NOT NULL,
    decision TEXT NOT NULL CHECK (decision IN ('approve', 'refuse')),
    reason TEXT NOT NULL, conditions TEXT NOT NULL, at TEXT NOT NULL, signature TEXT, envelope TEXT NOT NULL
  ) STRICT;
  CREATE INDEX signoff_statement ON signoff (statement_digest, id);

  CREATE TABLE log_entry (
    seq INTEGER PRIMARY KEY, at TEXT NOT NULL, actor TEXT NOT NULL, action TEXT NOT NULL, subject TEXT NOT NULL,
    body TEXT NOT NULL, leaf_hash TEXT NOT NULL, entry TEXT NOT NULL
  ) STRICT;
  CREATE INDEX log_entry_action ON log_entry (action, subject, seq);
  CREATE TABLE log_checkpoint (
    size INTEGER PRIMARY KEY, root TEXT NOT NULL, note TEXT NOT NULL, at TEXT NOT NULL
  ) STRICT;
  ${appendOnly('log_entry', 'the audit log')}
  ${appendOnly('signoff', 'a sign-off')}
  ${appendOnly('statement', 'a frozen statement')}
  `,
};
