import type { Migration } from './migration.ts';

const STATES = `'draft', 'submitted', 'in review', 'approved', 'in production', 'superseded', 'refused', 'withdrawn', 'revoked'`;

/**
 * The states a release goes through, the signed actions that move it, refusals that can be withdrawn, and by which
 * gates a replay was judged. A release with frozen evidence is in review from here on, any other undecided one a draft.
 */
export const lifecycle: Migration = {
  version: 5,
  sql: `
  DROP INDEX release_one_in_production;
  ALTER TABLE release ADD COLUMN stage TEXT NOT NULL DEFAULT 'draft' CHECK (stage IN (${STATES}));
  UPDATE release SET stage = CASE WHEN state <> 'imported' THEN state
    WHEN EXISTS (SELECT 1 FROM statement WHERE release_digest = release.digest) THEN 'in review' ELSE 'draft' END;
  ALTER TABLE release DROP COLUMN state;
  ALTER TABLE release RENAME COLUMN stage TO state;
  CREATE UNIQUE INDEX release_one_in_production ON release (state) WHERE state = 'in production';

  CREATE TABLE release_action (
    id INTEGER PRIMARY KEY, release_digest TEXT NOT NULL REFERENCES release (digest),
    action TEXT NOT NULL, at TEXT NOT NULL, envelope TEXT NOT NULL
  ) STRICT;
  CREATE INDEX release_action_release ON release_action (release_digest, id);
  CREATE TRIGGER release_action_no_update BEFORE UPDATE ON release_action
  BEGIN SELECT RAISE(ABORT, 'a signed action is append-only and is never changed'); END;
  CREATE TRIGGER release_action_no_delete BEFORE DELETE ON release_action
  BEGIN SELECT RAISE(ABORT, 'a signed action is append-only and is never deleted'); END;

  ALTER TABLE signoff RENAME TO signoff_before;
  DROP INDEX signoff_statement;
  CREATE TABLE signoff (
    id INTEGER PRIMARY KEY, statement_digest TEXT NOT NULL REFERENCES statement (digest),
    person TEXT NOT NULL, key_id TEXT NOT NULL, role TEXT NOT NULL,
    decision TEXT NOT NULL CHECK (decision IN ('approve', 'refuse', 'withdraw refusal')),
    reason TEXT NOT NULL, conditions TEXT NOT NULL, at TEXT NOT NULL, signature TEXT, envelope TEXT NOT NULL UNIQUE
  ) STRICT;
  INSERT INTO signoff SELECT * FROM signoff_before;
  DROP TRIGGER signoff_no_delete;
  DROP TABLE signoff_before;
  CREATE INDEX signoff_statement ON signoff (statement_digest, id);
  CREATE TRIGGER signoff_no_update BEFORE UPDATE ON signoff
  BEGIN SELECT RAISE(ABORT, 'a sign-off is append-only and is never changed'); END;
  CREATE TRIGGER signoff_no_delete BEFORE DELETE ON signoff
  BEGIN SELECT RAISE(ABORT, 'a sign-off is append-only and is never deleted'); END;

  ALTER TABLE replay ADD COLUMN gates_digest TEXT;
  `,
};
