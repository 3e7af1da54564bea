import type { Migration } from './migration.ts';

const appendOnly = (table: string, what: string): string => `
  CREATE TRIGGER ${table}_no_update BEFORE UPDATE ON ${table}
  BEGIN SELECT RAISE(ABORT, '${what} is never changed; make a new one'); END;
  CREATE TRIGGER ${table}_no_delete BEFORE DELETE ON ${table}
  BEGIN SELECT RAISE(ABORT, '${what} is never deleted; make a new one'); END;`;

/**
 * Queues, holds and handing over, what a person prefers, history by item, author and policy with full-text search,
 * owners of escalations, and the lead's audits. Decisions get a running number, because the text index points to it.
 */
export const reviewWork: Migration = {
  version: 7,
  sql: `
  CREATE TABLE review_queue (
    id TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE, priority INTEGER NOT NULL CHECK (priority BETWEEN 0 AND 100),
    rule TEXT NOT NULL
  ) STRICT;

  ALTER TABLE review_campaign ADD COLUMN feeds INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE review_campaign ADD COLUMN due TEXT;
  UPDATE review_campaign SET due = definition ->> '$.due',
    feeds = (SELECT count(*) FROM review_feed WHERE campaign_id = review_campaign.id);

  ALTER TABLE review_feed ADD COLUMN wanted INTEGER NOT NULL DEFAULT 1;
  ALTER TABLE review_feed ADD COLUMN second INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE review_feed ADD COLUMN labelled INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE review_feed ADD COLUMN answer TEXT;
  ALTER TABLE review_feed ADD COLUMN queue_id TEXT;
  ALTER TABLE review_feed ADD COLUMN priority INTEGER NOT NULL DEFAULT 50;
  ALTER TABLE review_feed ADD COLUMN waiting_since TEXT NOT NULL DEFAULT '';
  ALTER TABLE review_feed ADD COLUMN golden INTEGER NOT NULL AS (answer IS NOT NULL) VIRTUAL;
  ALTER TABLE review_feed ADD COLUMN open INTEGER NOT NULL AS (submissions < wanted) VIRTUAL;
  UPDATE review_feed SET (wanted, waiting_since) =
    (SELECT reviewers_per_feed, created_at FROM review_campaign WHERE id = campaign_id);
  CREATE INDEX review_feed_next ON review_feed (campaign_id, open, priority DESC, feed);
  CREATE INDEX review_feed_stratum ON review_feed (campaign_id, stratum, submissions, wanted) WHERE golden = 0;
  CREATE INDEX review_feed_queue ON review_feed (queue_id, open, waiting_since, campaign_id, feed, golden);
  CREATE INDEX review_feed_golden ON review_feed (campaign_id, feed) WHERE golden = 1;

  ALTER TABLE review_assignment RENAME TO review_assignment_4;
  CREATE TABLE review_assignment (
    campaign_id TEXT NOT NULL, feed INTEGER NOT NULL, person TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('working', 'held', 'handed over', 'set aside', 'submitted')),
    lease_until TEXT NOT NULL, revision INTEGER NOT NULL, steps TEXT NOT NULL,
    from_person TEXT, note TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (campaign_id, feed, person),
    FOREIGN KEY (campaign_id, feed) REFERENCES review_feed (campaign_id, feed)
  ) STRICT, WITHOUT ROWID;
  INSERT INTO review_assignment (campaign_id, feed, person, state, lease_until, revision, steps)
    SELECT campaign_id, feed, person, state, lease_until, revision, steps FROM review_assignment_4;
  DROP TABLE review_assignment_4;
  CREATE INDEX review_assignment_person ON review_assignment (person, state, campaign_id, feed);
  CREATE INDEX review_assignment_held ON review_assignment (campaign_id, feed) WHERE state IN ('working', 'held');

  ALTER TABLE review_escalation_step RENAME TO review_escalation_step_4;
  ALTER TABLE review_decision RENAME TO review_decision_4;
  CREATE TABLE review_decision (
    seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, campaign_id TEXT NOT NULL, feed INTEGER NOT NULL,
    person TEXT NOT NULL, subject TEXT NOT NULL, at TEXT NOT NULL, reverses TEXT, body TEXT NOT NULL,
    item_id TEXT AS (body ->> '$.ruling.itemId') VIRTUAL,
    policy TEXT AS (body ->> '$.ruling.policy') VIRTUAL,
    verdict TEXT AS (coalesce(body ->> '$.ruling.verdict', body ->> '$.ruling.preferred')) VIRTUAL,
    actions INTEGER AS ((instr(body ->> '$.ruling.actions', '"fine"') > 0)
      + 2 * (instr(body ->> '$.ruling.actions', '"demote"') > 0)
      + 4 * (instr(body ->> '$.ruling.actions', '"remove"') > 0)
      + 8 * (instr(body ->> '$.ruling.actions', '"escalate"') > 0)) VIRTUAL,
    FOREIGN KEY (campaign_id, feed) REFERENCES review_feed (campaign_id, feed)
  ) STRICT;
  INSERT INTO review_decision (id, campaign_id, feed, person, subject, at, reverses, body)
    SELECT id, campaign_id, feed, person, subject, at, reverses, body FROM review_decision_4 ORDER BY at, id;

  CREATE TABLE review_escalation_step (
    seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, decision_id TEXT NOT NULL REFERENCES review_decision (id),
    state TEXT NOT NULL CHECK (state IN ('open', 'assigned', 'queued', 'escalated', 'closed')),
    person TEXT NOT NULL, at TEXT NOT NULL, comment TEXT NOT NULL, owner TEXT, due TEXT
  ) STRICT;
  INSERT INTO review_escalation_step (id, decision_id, state, person, at, comment)
    SELECT 'step ' || id, decision_id, state, person, at, comment FROM review_escalation_step_4 ORDER BY id;
  DROP TABLE review_escalation_step_4;
  DROP TABLE review_decision_4;
  CREATE INDEX review_escalation_step_decision ON review_escalation_step (decision_id, at, seq);
  ${appendOnly('review_escalation_step', 'a step of an escalation')}
  CREATE TABLE review_escalation (
    decision_id TEXT PRIMARY KEY REFERENCES review_decision (id), campaign_id TEXT NOT NULL,
    state TEXT NOT NULL, owner TEXT, due TEXT, changed_by TEXT NOT NULL, changed_at TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX review_escalation_campaign ON review_escalation (campaign_id, state, changed_at);
  INSERT INTO review_escalation SELECT decision_id, campaign_id, state, NULL, NULL, s.person, s.at
    FROM review_escalation_step s JOIN review_decision d ON d.id = decision_id
    WHERE s.seq = (SELECT max(seq) FROM review_escalation_step WHERE decision_id = d.id);

  CREATE INDEX review_decision_feed ON review_decision (campaign_id, feed, person, subject);
  CREATE INDEX review_decision_campaign ON review_decision (campaign_id, seq);
  CREATE INDEX review_decision_person ON review_decision (person, seq);
  CREATE INDEX review_decision_policy ON review_decision (policy, seq) WHERE policy IS NOT NULL;
  CREATE INDEX review_decision_item ON review_decision (item_id, seq) WHERE item_id IS NOT NULL;
  CREATE INDEX review_decision_at ON review_decision (at, seq);
  CREATE INDEX review_decision_reverses ON review_decision (reverses) WHERE reverses IS NOT NULL;
  ${appendOnly('review_decision', 'a review decision')}

  CREATE TABLE review_tally (
    campaign_id TEXT NOT NULL, person TEXT NOT NULL, feeds INTEGER NOT NULL, decisions INTEGER NOT NULL,
    PRIMARY KEY (campaign_id, person)
  ) STRICT, WITHOUT ROWID;
  INSERT INTO review_tally SELECT campaign_id, person, count(DISTINCT feed), count(*) FROM review_decision GROUP BY 1, 2;

  CREATE TABLE review_item (
    id INTEGER PRIMARY KEY, item_id TEXT NOT NULL, snapshot_digest TEXT NOT NULL, author_id TEXT, caption TEXT NOT NULL,
    UNIQUE (item_id, snapshot_digest)
  ) STRICT;
  CREATE INDEX review_item_author ON review_item (author_id, item_id) WHERE author_id IS NOT NULL;

  CREATE VIRTUAL TABLE review_text USING fts5(note, caption, content = '', tokenize = 'unicode61 remove_diacritics 2');
  INSERT INTO review_text (rowid, note, caption) SELECT seq, body ->> '$.ruling.note', '' FROM review_decision;
  CREATE TRIGGER review_decision_text AFTER INSERT ON review_decision BEGIN
    INSERT INTO review_text (rowid, note, caption) VALUES (new.seq, new.body ->> '$.ruling.note',
      coalesce((SELECT caption FROM review_item WHERE item_id = new.body ->> '$.ruling.itemId' LIMIT 1), ''));
  END;

  CREATE TABLE review_lead_audit (
    seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, decision_id TEXT NOT NULL REFERENCES review_decision (id),
    outcome TEXT NOT NULL, person TEXT NOT NULL, at TEXT NOT NULL, body TEXT NOT NULL
  ) STRICT;
  CREATE INDEX review_lead_audit_decision ON review_lead_audit (decision_id, seq);
  ${appendOnly('review_lead_audit', 'an audit of a decision')}

  CREATE TABLE review_batch (
    id TEXT PRIMARY KEY, person TEXT NOT NULL, at TEXT NOT NULL, title TEXT NOT NULL, decisions TEXT NOT NULL, undoes TEXT
  ) STRICT;
  CREATE UNIQUE INDEX review_batch_undoes ON review_batch (undoes) WHERE undoes IS NOT NULL;

  CREATE TABLE review_macro (
    id TEXT PRIMARY KEY, person TEXT, name TEXT NOT NULL, key TEXT, ruling TEXT NOT NULL
  ) STRICT;
  CREATE TABLE review_filter (
    id TEXT PRIMARY KEY, person TEXT NOT NULL, name TEXT NOT NULL, filter TEXT NOT NULL, UNIQUE (person, name)
  ) STRICT;
  CREATE TABLE review_preferences (person TEXT PRIMARY KEY, preferences TEXT NOT NULL) STRICT;
  `,
};
