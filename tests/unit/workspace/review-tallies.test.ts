import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { migrations } from '../../../electron/database/migrations/all.ts';

function before16(): Database.Database {
  const db = new Database(':memory:');
  db.pragma('foreign_keys = ON');
  for (const { sql } of migrations.filter(({ version }) => version < 16)) db.exec(sql);
  const campaign =
    db.prepare(`INSERT INTO review_campaign (id, name, release_digest, definition, created_at, mode,
    reviewers_per_feed, snapshot_digest, baseline_digest, policies_digest) VALUES (?, 'n', 'r', '{}', 't', ?, 2, 's', 'b', 'p')`);
  campaign.run('open', 'open');
  campaign.run('blind', 'blind');
  return db;
}

const FEEDS = `INSERT INTO review_feed (campaign_id, feed, request_id, stratum, left_side, wanted, second, answer, queue_id) VALUES
  ('open', 0, '1', 0, 'baseline', 1, 0, NULL, 'q'), ('open', 1, '2', 0, 'baseline', 2, 1, NULL, 'q'),
  ('open', 2, '3', 0, 'baseline', 1000000, 0, '{}', 'q'), ('open', 3, '4', 0, 'baseline', 1, 0, NULL, NULL),
  ('blind', 0, '1', 0, 'baseline', 1, 0, NULL, 'q')`;
const WORK = `UPDATE review_feed SET submissions = submissions + 1`;
const state = (db: Database.Database) => ({
  tally: db.prepare('SELECT campaign_id, waiting, open, done FROM review_queue_tally ORDER BY 1').raw().all(),
  sealed: db
    .prepare(
      'SELECT text, feed FROM review_sealed_feed s JOIN review_code k ON k.code = s.campaign ORDER BY 1, 2',
    )
    .raw()
    .all(),
});

test('0016 counts queues and lists sealed feeds alike, whether feeds come before it or after it', () => {
  const [first, then] = [before16(), before16()];
  first.exec(FEEDS);
  const migrate = (db: Database.Database) =>
    db.exec(migrations.find(({ version }) => version === 16)?.sql ?? '');
  migrate(first);
  migrate(then);
  then.exec(FEEDS);
  expect(state(then)).toEqual(state(first));
  expect(state(first)).toEqual({
    tally: [
      ['blind', 1, 1, 0],
      ['open', 2, 3, 0],
    ],
    sealed: [
      ['blind', 0],
      ['open', 1],
      ['open', 2],
    ],
  });
  first.exec(WORK);
  expect(state(first)).toEqual({
    tally: [
      ['blind', 0, 0, 1],
      ['open', 1, 2, 1],
    ],
    sealed: [
      ['open', 1],
      ['open', 2],
    ],
  });
  first.exec(`UPDATE review_feed SET queue_id = NULL`);
  expect(
    state(first)
      .tally.flat()
      .filter((value) => typeof value === 'number' && value !== 0),
  ).toEqual([]);
});
