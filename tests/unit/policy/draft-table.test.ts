import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { foundation } from '../../../electron/database/migrations/0001-foundation.ts';
import { policyDraft } from '../../../electron/database/migrations/0003-policy-draft.ts';

function migrated(): Database.Database {
  const db = new Database(':memory:');
  db.pragma('foreign_keys = ON');
  db.exec(foundation.sql);
  db.exec(policyDraft.sql);
  db.exec(`INSERT INTO release VALUES ('r', 'n', '1', 'us', '{}', 'imported', 't', 1, 1)`);
  return db;
}

const insert = (db: Database.Database, id: string, name: string, release: string) =>
  db.prepare(`INSERT INTO policy_draft VALUES (?, ?, ?, 'd', '{}', '[]', 't')`).run(id, name, release);

test('a draft belongs to a release and has a name of its own there', () => {
  const db = migrated();
  insert(db, 'a', 'more likes', 'r');
  expect(() => insert(db, 'b', 'more likes', 'r')).toThrow(/UNIQUE/);
  expect(() => insert(db, 'c', 'more likes', 'nothing')).toThrow(/FOREIGN KEY/);
});

test('no statement, and so no sign-off, can be about a draft', () => {
  const db = migrated();
  insert(db, 'a', 'more likes', 'r');
  const freeze = db.prepare(`INSERT INTO statement VALUES ('s', ?, NULL, '{}', '[]', 't')`);
  for (const draft of ['a', 'd']) expect(() => freeze.run(draft)).toThrow(/FOREIGN KEY/);
});
