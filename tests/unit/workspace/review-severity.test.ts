import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { migrations } from '../../../electron/database/migrations/all.ts';

test('0018 puts the severity that each decision on a policy names beside its numbers', () => {
  const db = new Database(':memory:');
  for (const { sql } of migrations.filter(({ version }) => version < 18)) db.exec(sql);
  db.exec(`
    INSERT INTO review_campaign (id, name, release_digest, definition, created_at, mode, reviewers_per_feed, snapshot_digest,
        baseline_digest, policies_digest)
      VALUES ('c', 'n', 'r', '{}', 't0', 'open', 2, 's', 'b', 'p');
    INSERT INTO review_feed (campaign_id, feed, request_id, stratum, left_side) VALUES ('c', 0, '11', 0, 'baseline');
    INSERT INTO review_decision (seq, id, campaign_id, feed, person, subject, at, body) VALUES
      (1, 'd', 'c', 0, 'sam', 'feed', 't', '{"ruling":{"kind":"feed","verdict":"acceptable"}}'),
      (2, 'e', 'c', 0, 'sam', 'item 1', 't', '{"ruling":{"kind":"item","itemId":"1","policy":"spam","severity":3}}'),
      (3, 'f', 'c', 0, 'sam', 'item 2', 't', '{"ruling":{"kind":"item","itemId":"2","policy":"spam","severity":null}}');
    INSERT INTO review_find (seq, at, campaign, feed, person, item, policy, verdict, actions, reversed) VALUES
      (1, 0, 1, 0, 2, NULL, NULL, 3, 0, 0), (2, 0, 1, 0, 2, 4, 5, NULL, 2, 0), (3, 0, 1, 0, 2, 6, 5, NULL, 2, 0);`);
  db.exec(migrations.find(({ version }) => version === 18)?.sql ?? '');
  expect(db.prepare('SELECT severity FROM review_find ORDER BY seq').pluck().all()).toEqual([null, 3, null]);
});
