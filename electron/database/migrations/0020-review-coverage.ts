import type { Migration } from './migration.ts';

/** How far a feed is, before (`old`) or after (`new`) a change; `by` 1 or −1. */
const add = (row: 'new' | 'old', by: 1 | -1): string => `
    INSERT INTO review_coverage (campaign_id, stratum, feeds, begun, reviewed)
      VALUES (${row}.campaign_id, ${row}.stratum, ${by}, ${by} * (${row}.submissions > 0),
        ${by} * (${row}.submissions >= ${row}.wanted))
      ON CONFLICT DO UPDATE SET feeds = feeds + excluded.feeds, begun = begun + excluded.begun,
        reviewed = reviewed + excluded.reviewed;`;

/** How much of each stratum is judged is kept as it changes, so that the list of campaigns counts no feeds; golden ones are left out. */
export const reviewCoverage: Migration = {
  version: 20,
  sql: `
  CREATE TABLE review_coverage (
    campaign_id TEXT NOT NULL, stratum INTEGER NOT NULL, feeds INTEGER NOT NULL, begun INTEGER NOT NULL,
    reviewed INTEGER NOT NULL, PRIMARY KEY (campaign_id, stratum)
  ) STRICT, WITHOUT ROWID;
  INSERT INTO review_coverage
    SELECT campaign_id, stratum, count(*), sum(submissions > 0), sum(submissions >= wanted)
    FROM review_feed WHERE golden = 0 GROUP BY campaign_id, stratum;
  CREATE TRIGGER review_feed_coverage_insert AFTER INSERT ON review_feed WHEN new.answer IS NULL BEGIN ${add('new', 1)}
  END;
  CREATE TRIGGER review_feed_coverage_update AFTER UPDATE OF submissions ON review_feed WHEN new.answer IS NULL
  BEGIN ${add('old', -1)} ${add('new', 1)}
  END;
  DROP INDEX review_feed_stratum;
  `,
};
