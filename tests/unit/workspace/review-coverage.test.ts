import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { migrations } from '../../../electron/database/migrations/all.ts';

function before20(): Database.Database {
  const db = new Database(':memory:');
  for (const { sql } of migrations.filter(({ version }) => version < 20)) db.exec(sql);
  db.exec(`INSERT INTO review_campaign (id, name, release_digest, definition, created_at, mode,
    reviewers_per_feed, snapshot_digest, baseline_digest, policies_digest)
    VALUES ('c', 'n', 'r', '{}', 't', 'open', 2, 's', 'b', 'p')`);
  return db;
}

const FEEDS = `INSERT INTO review_feed (campaign_id, feed, request_id, stratum, left_side, wanted, answer) VALUES
  ('c', 0, '1', 0, 'baseline', 1, NULL), ('c', 1, '2', 0, 'baseline', 2, NULL),
  ('c', 2, '3', 0, 'baseline', 1000000, '{}'), ('c', 3, '4', 1, 'baseline', 2, NULL)`;
const WORK = `UPDATE review_feed SET submissions = submissions + 1 WHERE feed < 3`;
const coverage = (db: Database.Database) =>
  db.prepare('SELECT stratum, feeds, begun, reviewed FROM review_coverage ORDER BY 1').raw().all();

test('0020 counts what is judged of each stratum alike, whether it was judged before it or after it', () => {
  const [first, then] = [before20(), before20()];
  const migrate = (db: Database.Database) =>
    db.exec(migrations.find(({ version }) => version === 20)?.sql ?? '');
  for (const sql of [FEEDS, WORK]) first.exec(sql);
  migrate(first);
  migrate(then);
  then.exec(FEEDS);
  expect(coverage(then)).toEqual([
    [0, 2, 0, 0],
    [1, 1, 0, 0],
  ]);
  then.exec(WORK);
  expect(coverage(then)).toEqual(coverage(first));
  expect(coverage(first)).toEqual([
    [0, 2, 2, 1],
    [1, 1, 0, 0],
  ]);
  first.exec(WORK);
  expect(coverage(first)[0]).toEqual([0, 2, 2, 2]);
});
