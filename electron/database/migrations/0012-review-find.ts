import type { Migration } from './migration.ts';

/**
 * Finds decisions among millions: what filters ask of a decision as small numbers, with an index for each that is in
 * the order of the list; and its words with the same facts beside them. Both follow from `review_decision` and are
 * filled when the file is opened.
 */
export const reviewFind: Migration = {
  version: 12,
  sql: `
  ALTER TABLE review_campaign ADD COLUMN head TEXT NOT NULL DEFAULT '';
  UPDATE review_campaign SET head = json_remove(definition, '$.feeds');

  CREATE TABLE review_code (code INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE) STRICT;

  CREATE TABLE review_find (
    seq INTEGER PRIMARY KEY REFERENCES review_decision (seq),
    at INTEGER NOT NULL, campaign INTEGER NOT NULL, feed INTEGER NOT NULL, person INTEGER NOT NULL,
    item INTEGER, policy INTEGER, verdict INTEGER, actions INTEGER NOT NULL, reversed INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX review_find_at ON review_find (at);
  CREATE INDEX review_find_campaign ON review_find (campaign, at, policy, reversed);
  CREATE INDEX review_find_feed ON review_find (campaign, feed, at);
  CREATE INDEX review_find_person ON review_find (person, at);
  CREATE INDEX review_find_item ON review_find (item, at) WHERE item IS NOT NULL;
  CREATE INDEX review_find_policy ON review_find (policy, at) WHERE policy IS NOT NULL;
  CREATE INDEX review_find_verdict ON review_find (verdict, at) WHERE verdict IS NOT NULL;
  CREATE INDEX review_find_escalated ON review_find (at) WHERE actions >= 8;
  CREATE INDEX review_find_reversed ON review_find (at) WHERE reversed = 1;
  CREATE INDEX review_feed_request ON review_feed (request_id);

  DROP INDEX review_decision_campaign;
  DROP INDEX review_decision_person;
  DROP INDEX review_decision_policy;
  DROP INDEX review_decision_item;

  DROP TRIGGER review_decision_text;
  DROP TABLE review_text;
  CREATE VIRTUAL TABLE review_text USING fts5(
    note, caption, facts, content = '', tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'
  );
  `,
};
