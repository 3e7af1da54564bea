import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { migrations } from '../../../electron/database/migrations/all.ts';
import { runScript, weightOf } from '../../../electron/database/migrations/run.ts';
import { statementsOf } from '../../../electron/database/migrations/statements.ts';

const schema = (db: Database.Database) =>
  db.prepare('SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY name').all();

describe('the statements of a script', () => {
  test('end at semicolons outside of quotes, comments and triggers', () => {
    const trigger = `CREATE TEMP TRIGGER t AFTER INSERT ON a BEGIN SELECT CASE WHEN 1 THEN 'a;b' END; SELECT 2; END;`;
    const commented = `-- one; two\n SELECT "a;""b" /* ; */ FROM a;`;
    expect(statementsOf(`SELECT 'it''s; so';${trigger}\n${commented}`)).toEqual([
      `SELECT 'it''s; so';`,
      trigger,
      commented,
    ]);
  });

  test('of every migration are all of it, each one whole, and make the same tables', () => {
    const [whole, parted] = [new Database(':memory:'), new Database(':memory:')];
    for (const { sql } of migrations) {
      const statements = statementsOf(sql);
      expect(statements.join('').replaceAll(/\s/g, '')).toBe(sql.replaceAll(/\s/g, ''));
      whole.exec(sql);
      // prepare takes one statement and no more
      for (const statement of statements) parted.prepare(statement).run();
    }
    expect(schema(parted)).toEqual(schema(whole));
  });
});

test('a script tells how far it is between many rows and between its statements, and leaves nothing behind', () => {
  const db = new Database(':memory:');
  db.exec(`
    CREATE TABLE a (x INTEGER PRIMARY KEY, y TEXT);
    WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n LIMIT 25000)
    INSERT INTO a SELECT x, 'one; two' FROM n;`);
  const sql = `
    CREATE TABLE b (x INTEGER PRIMARY KEY, y TEXT);
    INSERT INTO b (x, y) SELECT x, y FROM a ORDER BY x DESC;
    CREATE VIRTUAL TABLE words USING fts5 (y);
    INSERT INTO words (rowid, y) SELECT x, y FROM b;
    CREATE INDEX b_y ON b (y);`;
  const told: number[] = [];
  runScript(db, sql, (done) => told.push(done / weightOf(sql)));
  expect(told).toHaveLength(statementsOf(sql).length + 2);
  expect(told).toEqual(told.toSorted((a, b) => a - b));
  expect(told.at(-1)).toBeCloseTo(1, 9);
  expect(db.prepare('SELECT count(*), sum(x) FROM b').raw().get()).toEqual([25_000, 312_512_500]);
  expect(db.prepare(`SELECT count(*) FROM words WHERE words MATCH 'two'`).pluck().get()).toBe(25_000);
  expect(db.prepare('SELECT name FROM temp.sqlite_schema').all()).toEqual([]);
});

test('a script that fails within many rows leaves what it was before, as the transaction around it is undone', () => {
  const db = new Database(':memory:');
  db.exec(`
    CREATE TABLE a (x INTEGER);
    WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n LIMIT 20000) INSERT INTO a SELECT x FROM n;
    INSERT INTO a VALUES (1);
    CREATE TABLE b (x INTEGER PRIMARY KEY) STRICT;`);
  const run = db.transaction(() => runScript(db, 'INSERT INTO b (x) SELECT x FROM a;', () => {}));
  expect(run).toThrow(/UNIQUE/);
  expect(db.prepare('SELECT count(*) FROM b').pluck().get()).toBe(0);
  expect(db.prepare('SELECT name FROM temp.sqlite_schema').all()).toEqual([]);
});
