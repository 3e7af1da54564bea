import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { foundation } from '../../../electron/database/migrations/0001-foundation.ts';
import { witness } from '../../../electron/database/migrations/0002-witness.ts';
import { lifecycle } from '../../../electron/database/migrations/0005-lifecycle.ts';
import { replayQueue } from '../../../electron/database/migrations/0011-replay-queue.ts';
import { gateRules } from '../../../electron/database/migrations/0008-gate-rules.ts';
import { frozenDocument } from '../../../electron/database/migrations/0019-frozen-document.ts';
import { migrate } from '../../../electron/database/workspace/file.ts';
import { latestVersion, migrations } from '../../../electron/database/migrations/all.ts';

const TABLES = {
  setting: ['key', 'value'],
  roster: ['version', 'digest', 'envelope', 'imported_at'],
  release: ['digest', 'name', 'version', 'team', 'manifest', 'state', 'imported_at', 'bytes', 'file_count'],
  snapshot: ['digest', 'path', 'info', 'added_at'],
  statement: ['digest', 'release_digest', 'replay_id', 'payload', 'gates', 'frozen_at'],
  log_checkpoint: ['size', 'root', 'note', 'at'],
  log_entry: ['seq', 'at', 'actor', 'action', 'subject', 'body', 'leaf_hash', 'entry'],
};

function migrated(): Database.Database {
  const db = new Database(':memory:');
  db.pragma('foreign_keys = ON');
  db.exec(foundation.sql);
  return db;
}

function withStatement(db: Database.Database): void {
  db.exec(`
    INSERT INTO release VALUES ('r', 'n', '1', 'us', '{}', 'imported', 't', 1, 1);
    INSERT INTO statement VALUES ('s', 'r', NULL, '{}', '[]', 't');
    INSERT INTO signoff VALUES (1, 's', 'p', 'k', 'approver', 'approve', 'why', '', 't', NULL, '{}');
    INSERT INTO log_entry VALUES (0, 't', 'a', 'b', 'c', '{}', 'h', '{}');`);
}

test('migrations are numbered from one without a gap', () => {
  expect(migrations.map(({ version }) => version)).toEqual(migrations.map((_, at) => at + 1));
  expect(latestVersion).toBe(migrations.length);
});

describe('0001 foundation', () => {
  test.each(Object.entries(TABLES))('makes %s with the columns that services read', (table, columns) => {
    const found = migrated().prepare('SELECT name FROM pragma_table_info(?)').pluck().all(table);
    expect(found).toEqual(columns);
  });

  test.each(['log_entry', 'signoff', 'statement'])('%s takes no update and no delete', (table) => {
    const db = migrated();
    withStatement(db);
    const column = { log_entry: 'actor', signoff: 'reason', statement: 'payload' }[table];
    expect(() => db.exec(`UPDATE ${table} SET ${column} = 'x'`)).toThrow(/never changed/);
    expect(() => db.exec(`DELETE FROM ${table}`)).toThrow(/never deleted/);
    expect(db.prepare(`SELECT count(*) FROM ${table}`).pluck().get()).toBe(1);
  });

  test('at most one release is in production', () => {
    const db = migrated();
    const insert = db.prepare(
      `INSERT INTO release VALUES (?, 'n', '1', 'us', '{}', 'in production', 't', 1, 1)`,
    );
    insert.run('a');
    expect(() => insert.run('b')).toThrow(/UNIQUE/);
  });

  test('a replay is done exactly when it has a report', () => {
    const db = migrated();
    db.exec(`
      INSERT INTO release VALUES ('r', 'n', '1', 'us', '{}', 'imported', 't', 1, 1);
      INSERT INTO snapshot VALUES ('d', '/p', '{}', 't');`);
    const insert = db.prepare(
      `INSERT INTO replay (id, snapshot_digest, baseline_digest, candidate_digest, settings, state, created_at, requests)
       VALUES ('x', 'd', 'r', 'r', '{}', ?, 't', 0)`,
    );
    expect(() => insert.run('done')).toThrow(/CHECK/);
    expect(() => insert.run('running')).not.toThrow();
    expect(() => db.exec(`UPDATE replay SET report = '{}'`)).toThrow(/CHECK/);
  });
});

describe('0002 witness', () => {
  test('a witnessed head stays, and a text beside the log is redacted or left, never changed', () => {
    const db = migrated();
    db.exec(witness.sql);
    withStatement(db);
    db.exec(
      `INSERT INTO witness VALUES (1, 1, 'r', 'n', 'auditor', 't'); INSERT INTO log_text VALUES (0, 'reason', 's', 'x');`,
    );
    expect(() => db.exec(`UPDATE witness SET root = 'x'`)).toThrow(/never changed/);
    expect(() => db.exec('DELETE FROM witness')).toThrow(/never deleted/);
    expect(() => db.exec(`UPDATE log_text SET text = 'y'`)).toThrow(/never changed/);
    expect(() => db.exec(`UPDATE log_text SET text = NULL`)).toThrow(/CHECK/);
    expect(() => db.exec('DELETE FROM log_text')).toThrow(/never deleted/);
    db.exec('UPDATE log_text SET text = NULL, salt = NULL');
    expect(db.prepare('SELECT text FROM log_text').pluck().get()).toBeNull();
  });
});

describe('0005 lifecycle', () => {
  test('a release keeps its state, an undecided one is a draft, or in review once evidence is frozen', () => {
    const db = migrated();
    withStatement(db);
    db.exec(`
      INSERT INTO release VALUES ('d', 'n', '2', 'us', '{}', 'imported', 't', 1, 1);
      INSERT INTO release VALUES ('p', 'n', '3', 'us', '{}', 'in production', 't', 1, 1);`);
    db.exec(lifecycle.sql);
    expect(db.prepare('SELECT digest, state FROM release ORDER BY digest').raw().all()).toEqual([
      ['d', 'draft'],
      ['p', 'in production'],
      ['r', 'in review'],
    ]);
    expect(() => db.exec(`UPDATE release SET state = 'imported'`)).toThrow(/CHECK/);
    expect(() => db.exec(`UPDATE release SET state = 'in production'`)).toThrow(/UNIQUE/);
    expect(db.pragma('foreign_key_check')).toEqual([]);
  });

  test('decisions stay, take no change, and a refusal can be withdrawn', () => {
    const db = migrated();
    withStatement(db);
    db.exec(lifecycle.sql);
    db.exec(
      `INSERT INTO signoff VALUES (2, 's', 'p', 'k', 'approver', 'withdraw refusal', 'why', '', 't', NULL, '{"a":1}')`,
    );
    expect(db.prepare('SELECT count(*) FROM signoff').pluck().get()).toBe(2);
    expect(() => db.exec(`UPDATE signoff SET reason = 'x'`)).toThrow(/never changed/);
    expect(() => db.exec('DELETE FROM signoff')).toThrow(/never deleted/);
    db.exec(`INSERT INTO release_action VALUES (1, 'r', 'submit', 't', '{}')`);
    expect(() => db.exec(`UPDATE release_action SET at = 'x'`)).toThrow(/never changed/);
    expect(() => db.exec('DELETE FROM release_action')).toThrow(/never deleted/);
  });
});

describe('0008 gate rules', () => {
  test('gates that judged stay as they were', () => {
    const db = migrated();
    db.exec(gateRules.sql);
    db.exec(`INSERT INTO gate_rules VALUES ('d', '{}')`);
    expect(() => db.exec(`UPDATE gate_rules SET rules = 'x'`)).toThrow(/never changed/);
    expect(() => db.exec('DELETE FROM gate_rules')).toThrow(/never deleted/);
  });
});

describe('0011 replay queue', () => {
  test('lets a replay wait, and keeps what was there', () => {
    const db = migrated();
    db.exec(`
      INSERT INTO release VALUES ('r', 'n', '1', 'us', '{}', 'imported', 't', 1, 1);
      INSERT INTO snapshot VALUES ('d', '/p', '{}', 't');`);
    for (const { version, sql } of migrations.filter(({ version }) => version > 1 && version < 11)) {
      db.exec(sql);
      db.pragma(`user_version = ${version}`);
    }
    const insert = db.prepare(
      `INSERT INTO replay (id, snapshot_digest, baseline_digest, candidate_digest, settings, state, created_at, requests, candidate)
       VALUES (?, 'd', 'r', 'r', '{}', ?, 't', 0, '{}')`,
    );
    insert.run('one', 'running');
    expect(() => insert.run('two', 'queued')).toThrow(/CHECK/);
    db.exec(replayQueue.sql);
    db.exec(`UPDATE replay SET state = 'queued'`);
    expect(db.prepare('SELECT id, state, candidate FROM replay').all()).toEqual([
      { id: 'one', state: 'queued', candidate: '{}' },
    ]);
  });
});

describe('0009 rankers', () => {
  test('keeps every replay and its requests, and lets a replay name what is no release', () => {
    const db = new Database(':memory:');
    for (const { version, sql } of migrations.filter(({ version }) => version < 9)) {
      db.exec(sql);
      db.pragma(`user_version = ${version}`);
    }
    db.exec(`
      INSERT INTO release (digest, name, version, team, manifest, state, imported_at, bytes, file_count)
        VALUES ('r', 'n', '1', 'us', '{}', 'draft', 't', 1, 1);
      INSERT INTO snapshot VALUES ('d', '/s', '{}', 't');
      INSERT INTO replay (id, snapshot_digest, baseline_digest, candidate_digest, settings, state, created_at, requests)
        VALUES ('one', 'd', 'r', 'r', '{}', 'running', 't', 1);
      INSERT INTO replay_request (replay_id, request_id, user_id, requested_at, candidates, overlap, rbo, first_changed,
        largest_move, labelled_baseline, labelled_candidate, outcome, labelled_difference, flags)
        VALUES ('one', 7, 'u', 't', 1, 1, 1, 0, 0, 0, 0, '{}', 0, 0);`);
    db.pragma('foreign_keys = ON');
    migrate(db);
    expect(db.pragma('foreign_keys', { simple: true })).toBe(1);
    expect(db.prepare('SELECT id, candidate_digest, candidate FROM replay').all()).toEqual([
      { id: 'one', candidate_digest: 'r', candidate: null },
    ]);
    expect(db.prepare('SELECT request_id FROM replay_request').pluck().all()).toEqual([7]);
    db.exec(`UPDATE replay SET candidate_digest = 'a draft', candidate = '{}'`);
    db.exec(`DELETE FROM replay`);
    expect(db.prepare('SELECT count(*) FROM replay_request').pluck().get()).toBe(0);
  });
});

describe('0014 log append', () => {
  const latest = (): Database.Database => {
    const db = new Database(':memory:');
    migrate(db);
    return db;
  };
  const plan = (query: string): string =>
    String(latest().prepare<[], { detail: string }>(`EXPLAIN QUERY PLAN ${query}`).get()?.detail);

  test('what is looked up in the log by what it is still stands in an index, and nothing else does', () => {
    expect(
      plan(
        `SELECT at FROM log_entry WHERE action IN ('release.promote', 'release.roll-back') AND subject = 'x' ORDER BY seq DESC LIMIT 1`,
      ),
    ).toContain('USING INDEX log_entry_production (subject=?)');
    expect(plan(`SELECT body FROM log_entry WHERE action = 'log.alarm' AND subject = 'x'`)).toContain(
      'USING INDEX log_entry_exception (action=? AND subject=?)',
    );
    expect(plan(`SELECT body FROM log_entry WHERE action = 'log.redact'`)).toContain(
      'USING INDEX log_entry_exception (action=?)',
    );
    expect(plan(`SELECT at FROM log_entry WHERE action = 'roster.alarm' AND subject = 'x'`)).toContain(
      'USING INDEX log_entry_roster_alarm (subject=?)',
    );
    const indexes = latest()
      .prepare(`SELECT name FROM pragma_index_list('log_entry') ORDER BY name`)
      .pluck()
      .all();
    expect(indexes).toEqual(['log_entry_exception', 'log_entry_production', 'log_entry_roster_alarm']);
  });

  test('signed heads and roster versions take no update and no delete', () => {
    const db = latest();
    db.exec(
      `INSERT INTO log_checkpoint VALUES (1, 'r', 'n', 't'); INSERT INTO roster VALUES (1, 'd', '{}', 't')`,
    );
    for (const [table, column] of [
      ['log_checkpoint', 'note'],
      ['roster', 'envelope'],
    ]) {
      expect(() => db.exec(`UPDATE ${table} SET ${column} = 'x'`)).toThrow(/never changed/);
      expect(() => db.exec(`DELETE FROM ${table}`)).toThrow(/never deleted/);
    }
  });
});

describe('0015 tensor statistics', () => {
  test('figures of a tensor stand once, and only where its release was measured', () => {
    const db = new Database(':memory:');
    db.pragma('foreign_keys = ON');
    migrate(db);
    db.exec(`
      INSERT INTO release (digest, name, version, team, manifest, state, imported_at, bytes, file_count)
        VALUES ('r', 'n', '1', 'us', '{}', 'draft', 't', 1, 1);`);
    const insert = `INSERT INTO tensor_statistics VALUES ('r', 'a', '{}', '{}')`;
    expect(() => db.exec(insert)).toThrow(/FOREIGN KEY/);
    db.exec(`INSERT INTO release_statistics VALUES ('r', 1, 't')`);
    db.exec(insert);
    expect(() => db.exec(insert)).toThrow(/UNIQUE/);
  });
});

describe('0019 frozen document', () => {
  test('documents of frozen evidence stay as they were', () => {
    const db = migrated();
    db.exec(frozenDocument.sql);
    db.exec(`INSERT INTO frozen_document VALUES ('d', '{}')`);
    expect(() => db.exec(`UPDATE frozen_document SET document = 'x'`)).toThrow(/never changed/);
    expect(() => db.exec('DELETE FROM frozen_document')).toThrow(/never deleted/);
  });
});
