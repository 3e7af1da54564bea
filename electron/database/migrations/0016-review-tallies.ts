import type { Migration } from './migration.ts';

const OPEN = '(new.submissions < new.wanted)';
const SEALED = `(new.second = 1 OR new.answer IS NOT NULL
    OR (SELECT mode FROM review_campaign WHERE id = new.campaign_id) = 'blind')`;

const tally = (row: 'new' | 'old', by: 1 | -1): string => `
    INSERT INTO review_queue_tally (queue_id, campaign_id, waiting, open, done)
      SELECT ${row}.queue_id, ${row}.campaign_id,
        ${by} * (${row}.submissions < ${row}.wanted AND ${row}.answer IS NULL),
        ${by} * (${row}.submissions < ${row}.wanted), ${by} * (${row}.submissions >= ${row}.wanted)
      WHERE ${row}.queue_id IS NOT NULL
      ON CONFLICT DO UPDATE SET waiting = waiting + excluded.waiting, open = open + excluded.open,
        done = done + excluded.done;`;

/**
 * What queues show is kept as it changes, not counted over every feed; and of the feeds that part of the team must not
 * read yet there is a short list, so that reading a long history asks little of each of its rows.
 */
export const reviewTallies: Migration = {
  version: 16,
  sql: `
  CREATE TABLE review_queue_tally (
    queue_id TEXT NOT NULL, campaign_id TEXT NOT NULL, waiting INTEGER NOT NULL, open INTEGER NOT NULL, done INTEGER NOT NULL,
    PRIMARY KEY (queue_id, campaign_id)
  ) STRICT, WITHOUT ROWID;
  INSERT INTO review_queue_tally
    SELECT queue_id, campaign_id, sum(submissions < wanted AND answer IS NULL), sum(submissions < wanted),
      sum(submissions >= wanted)
    FROM review_feed WHERE queue_id IS NOT NULL GROUP BY queue_id, campaign_id;
  CREATE TRIGGER review_feed_tally_insert AFTER INSERT ON review_feed BEGIN ${tally('new', 1)}
  END;
  CREATE TRIGGER review_feed_tally_update AFTER UPDATE OF submissions, queue_id ON review_feed
  WHEN old.queue_id IS NOT new.queue_id OR (old.submissions < old.wanted) <> ${OPEN}
  BEGIN ${tally('old', -1)} ${tally('new', 1)}
  END;

  CREATE TABLE review_sealed_feed (
    campaign INTEGER NOT NULL REFERENCES review_code (code), feed INTEGER NOT NULL, PRIMARY KEY (campaign, feed)
  ) STRICT, WITHOUT ROWID;
  INSERT OR IGNORE INTO review_code (text) SELECT id FROM review_campaign;
  INSERT INTO review_sealed_feed SELECT k.code, f.feed FROM review_feed f
    JOIN review_campaign c ON c.id = f.campaign_id JOIN review_code k ON k.text = c.id
    WHERE f.submissions < f.wanted AND (c.mode = 'blind' OR f.second = 1 OR f.answer IS NOT NULL);
  CREATE TRIGGER review_feed_seal AFTER INSERT ON review_feed WHEN ${OPEN} AND ${SEALED} BEGIN
    INSERT OR IGNORE INTO review_code (text) VALUES (new.campaign_id);
    INSERT INTO review_sealed_feed SELECT code, new.feed FROM review_code WHERE text = new.campaign_id;
  END;
  CREATE TRIGGER review_feed_unseal AFTER UPDATE OF submissions ON review_feed
  WHEN old.submissions < old.wanted AND NOT ${OPEN} BEGIN
    DELETE FROM review_sealed_feed
      WHERE campaign = (SELECT code FROM review_code WHERE text = new.campaign_id) AND feed = new.feed;
  END;
  `,
};
