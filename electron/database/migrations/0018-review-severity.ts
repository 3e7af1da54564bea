import type { Migration } from './migration.ts';

/** A decision's severity beside the other numbers of it, so that a report opens no decision to count it. */
export const reviewSeverity: Migration = {
  version: 18,
  sql: `
  ALTER TABLE review_find ADD COLUMN severity INTEGER;
  UPDATE review_find SET severity = (SELECT body ->> '$.ruling.severity' FROM review_decision d WHERE d.seq = review_find.seq)
    WHERE policy IS NOT NULL;
  `,
};
