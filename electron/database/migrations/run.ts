import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { statementsOf } from './statements.ts';

/** Is told how much of a script is done, of `weightOf` it in all. */
type Told = (done: number) => void;

/** How long statements take, compared with each other: those that go over rows take longest. */
const WEIGHTS = [
  { begins: /^INSERT\b[^]*\bSELECT\b/i, weight: 12 },
  { begins: /^(?:CREATE (?:UNIQUE )?INDEX|UPDATE)\b/i, weight: 2 },
];

const weightOfOne = (statement: string): number =>
  WEIGHTS.find(({ begins }) => begins.test(statement))?.weight ?? 0.1;

export const weightOf = (sql: string): number =>
  statementsOf(sql).reduce((sum, statement) => sum + weightOfOne(statement), 0);

/** Runs a script statement by statement, and tells between them and between many rows how far it is. */
export function runScript(db: Database, sql: string, told: Told): void {
  let done = 0;
  for (const statement of statementsOf(sql)) {
    const weight = weightOfOne(statement);
    runStatement(db, statement, (share) => told(done + share * weight));
    done += weight;
    told(done);
  }
}

/** So many rows take long, and after so many of them it is told how far they are. */
const MANY = 10_000;
const INSERT = /^INSERT(?: OR IGNORE)? INTO (\w+)\s*(?:\([^)]*\))?\s*(SELECT\b[^]*?);?$/i;

/**
 * SQLite says nothing while a statement runs, so rows that one puts into a table are counted by a trigger of this
 * connection alone.
 */
function runStatement(db: Database, statement: string, told: (share: number) => void): void {
  const [, table = '', select = ''] = INSERT.exec(statement) ?? [];
  const rows = table === '' || isVirtual(db, table) ? 0 : count(db, `(${select})`);
  if (rows < MANY) {
    db.exec(statement);
    return;
  }
  let inserted = 0;
  db.function('count_inserted', () => {
    inserted += 1;
    if (inserted % MANY === 0) told(Math.min(1, inserted / rows));
    return null;
  });
  db.exec(
    `CREATE TEMP TRIGGER inserted AFTER INSERT ON main.${table} BEGIN SELECT count_inserted(); END;
     ${statement}
     DROP TRIGGER temp.inserted`,
  );
}

const count = (db: Database, rows: string): number =>
  z.int().parse(db.prepare(`SELECT count(*) FROM ${rows}`).pluck().get());

const isVirtual = (db: Database, table: string): boolean =>
  db.prepare(`SELECT 1 FROM sqlite_schema WHERE name = ? AND sql LIKE 'CREATE VIRTUAL TABLE%'`).get(table) !==
  undefined;
