import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { migrations } from '../../../electron/database/migrations/all.ts';

test('0007 keeps every campaign, draft, decision and escalation, and finds decisions by their words', () => {
  const db = new Database(':memory:');
  db.pragma('foreign_keys = ON');
  for (const { sql } of migrations.filter(({ version }) => version < 7)) db.exec(sql);
  const body = (note: string) =>
    JSON.stringify({
      ruling: { kind: 'item', itemId: '7', actions: ['demote', 'escalate'], policy: 'spam', note },
    });
  db.exec(`
    INSERT INTO review_campaign VALUES ('c', 'n', 'r', '{"due":"2026-12-01","strata":[]}', 't0', 'open', 2, 's', 'b', 'p');
    INSERT INTO review_feed VALUES ('c', 0, '11', 0, 'baseline', 1), ('c', 1, '12', 0, 'baseline', 0);
    INSERT INTO review_assignment VALUES ('c', 0, 'sam', 'submitted', 't', 2, '[]'), ('c', 1, 'sam', 'working', 't', 1, '[1]');`);
  const insert = db.prepare(`INSERT INTO review_decision VALUES (?, 'c', 0, 'sam', 'item 7', ?, ?, ?)`);
  insert.run('old', 't1', null, body('a scam'));
  insert.run('new', 't2', 'old', body('no scam at all'));
  db.exec(`
    INSERT INTO review_escalation_step VALUES (1, 'old', 'escalated', 'sam', 't1', ''), (2, 'old', 'closed', 'lea', 't3', 'ok');`);
  db.transaction(() => db.exec(migrations.find(({ version }) => version === 7)?.sql ?? ''))();
  expect(db.prepare('SELECT id, policy, actions, item_id FROM review_decision ORDER BY seq').all()).toEqual([
    { id: 'old', policy: 'spam', actions: 10, item_id: '7' },
    { id: 'new', policy: 'spam', actions: 10, item_id: '7' },
  ]);
  expect(db.prepare('SELECT feed, state, steps FROM review_assignment').raw().all()).toEqual([
    [0, 'submitted', '[]'],
    [1, 'working', '[1]'],
  ]);
  expect(db.prepare('SELECT feeds, due FROM review_campaign').raw().all()).toEqual([[2, '2026-12-01']]);
  expect(db.prepare('SELECT wanted, open, waiting_since FROM review_feed').raw().all()).toEqual([
    [2, 1, 't0'],
    [2, 1, 't0'],
  ]);
  expect(db.prepare('SELECT decision_id, state FROM review_escalation').raw().all()).toEqual([
    ['old', 'closed'],
  ]);
  expect(db.prepare('SELECT person, feeds, decisions FROM review_tally').raw().all()).toEqual([
    ['sam', 1, 2],
  ]);
  const found = db.prepare('SELECT rowid FROM review_text WHERE review_text MATCH ? ORDER BY rowid').pluck();
  expect([found.all('scam'), found.all('"no scam"')]).toEqual([[1, 2], [2]]);
  expect(() => db.exec(`DELETE FROM review_decision`)).toThrow(/never deleted/);
  expect(() => db.exec(`UPDATE review_escalation_step SET state = 'open'`)).toThrow(/never changed/);
  expect(db.pragma('foreign_key_check')).toEqual([]);
});
