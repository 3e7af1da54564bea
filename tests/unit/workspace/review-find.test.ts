import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { migrations } from '../../../electron/database/migrations/all.ts';

test('0012 keeps every campaign and decision, and leaves to be found what is found from then on', () => {
  const db = new Database(':memory:');
  db.pragma('foreign_keys = ON');
  for (const { sql } of migrations.filter(({ version }) => version < 12)) db.exec(sql);
  db.exec(`
    INSERT INTO review_campaign (id, name, release_digest, definition, created_at, mode, reviewers_per_feed, snapshot_digest,
        baseline_digest, policies_digest)
      VALUES ('c', 'n', 'r', '{"name":"n","feeds":[{"requestId":"11"}],"seed":1}', 't0', 'open', 2, 's', 'b', 'p');
    INSERT INTO review_feed (campaign_id, feed, request_id, stratum, left_side) VALUES ('c', 0, '11', 0, 'baseline');
    INSERT INTO review_decision (id, campaign_id, feed, person, subject, at, body)
      VALUES ('d', 'c', 0, 'sam', 'feed', 't', '{"ruling":{"kind":"feed","verdict":"acceptable","note":"a scam"}}');`);
  db.transaction(() => db.exec(migrations.find(({ version }) => version === 12)?.sql ?? ''))();
  expect(db.prepare('SELECT id, verdict FROM review_decision').raw().all()).toEqual([['d', 'acceptable']]);
  expect(db.prepare('SELECT head FROM review_campaign').pluck().get()).toBe('{"name":"n","seed":1}');
  expect(db.prepare('SELECT count(*) FROM review_find').pluck().get()).toBe(0);
  expect(db.prepare(`SELECT count(*) FROM review_text WHERE review_text MATCH 'scam'`).pluck().get()).toBe(0);
  expect(() => db.exec('DELETE FROM review_decision')).toThrow(/never deleted/);
  expect(db.pragma('foreign_key_check')).toEqual([]);
});
