import type { Migration } from './migration.ts';

/** Policy libraries, review campaigns, who works on which feed, and decisions, which are only ever added. */
export const review: Migration = {
  version: 4,
  sql: `
  CREATE TABLE review_policies (
    digest TEXT PRIMARY KEY, version TEXT NOT NULL, library TEXT NOT NULL, imported_at TEXT NOT NULL
  ) STRICT;

  CREATE TABLE review_campaign (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, release_digest TEXT NOT NULL, definition TEXT NOT NULL, created_at TEXT NOT NULL,
    mode TEXT NOT NULL CHECK (mode IN ('open', 'blind')), reviewers_per_feed INTEGER NOT NULL,
    snapshot_digest TEXT NOT NULL, baseline_digest TEXT NOT NULL, policies_digest TEXT NOT NULL
  ) STRICT;
  CREATE INDEX review_campaign_release ON review_campaign (release_digest, created_at);

  CREATE TABLE review_feed (
    campaign_id TEXT NOT NULL REFERENCES review_campaign (id), feed INTEGER NOT NULL,
    request_id TEXT NOT NULL, stratum INTEGER NOT NULL, left_side TEXT NOT NULL,
    submissions INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (campaign_id, feed)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE review_assignment (
    campaign_id TEXT NOT NULL, feed INTEGER NOT NULL, person TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('working', 'submitted')),
    lease_until TEXT NOT NULL, revision INTEGER NOT NULL, steps TEXT NOT NULL,
    PRIMARY KEY (campaign_id, feed, person),
    FOREIGN KEY (campaign_id, feed) REFERENCES review_feed (campaign_id, feed)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX review_assignment_person ON review_assignment (person, campaign_id, state);

  CREATE TABLE review_decision (
    id TEXT PRIMARY KEY, campaign_id TEXT NOT NULL, feed INTEGER NOT NULL, person TEXT NOT NULL,
    subject TEXT NOT NULL, at TEXT NOT NULL, reverses TEXT, body TEXT NOT NULL,
    FOREIGN KEY (campaign_id, feed) REFERENCES review_feed (campaign_id, feed)
  ) STRICT;
  CREATE INDEX review_decision_feed ON review_decision (campaign_id, feed, person, subject);
  CREATE INDEX review_decision_at ON review_decision (at, id);
  CREATE INDEX review_decision_reverses ON review_decision (reverses) WHERE reverses IS NOT NULL;
  CREATE TRIGGER review_decision_no_update BEFORE UPDATE ON review_decision
  BEGIN SELECT RAISE(ABORT, 'a review decision is never changed; reverse it by a new one'); END;
  CREATE TRIGGER review_decision_no_delete BEFORE DELETE ON review_decision
  BEGIN SELECT RAISE(ABORT, 'a review decision is never deleted; reverse it by a new one'); END;

  CREATE TABLE review_escalation_step (
    id INTEGER PRIMARY KEY, decision_id TEXT NOT NULL REFERENCES review_decision (id),
    state TEXT NOT NULL CHECK (state IN ('open', 'assigned', 'queued', 'escalated', 'closed')),
    person TEXT NOT NULL, at TEXT NOT NULL, comment TEXT NOT NULL
  ) STRICT;
  CREATE INDEX review_escalation_step_decision ON review_escalation_step (decision_id, id);
  `,
};
