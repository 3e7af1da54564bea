import { existsSync, statSync } from 'node:fs';
import Database from 'better-sqlite3';
import { notFound, refused, StatesideError } from '../../../shared/domain/error.ts';
import type { Opening } from '../../../shared/contract/shell.ts';
import { latestVersion, migrations } from '../migrations/all.ts';
import { runScript, weightOf } from '../migrations/run.ts';
import { findEverything } from '../review/found.ts';

/** `application_id` of a workspace: "STDW" in ASCII. */
export const WORKSPACE_APPLICATION_ID = 0x53544457;

/** Up to this size a file is read whole whenever it is opened; of a larger one 2 GB take half a minute. */
const ALWAYS_READ_WHOLE_BYTES = 128 * 1024 ** 2;

/** Whether a file is looked through for damage when it is opened: a small one always, a large one after an unclean end. */
export const isReadWhole = (bytes: number, endedCleanly: boolean): boolean =>
  bytes <= ALWAYS_READ_WHOLE_BYTES || !endedCleanly;

function configure(db: Database.Database): void {
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.pragma('foreign_keys = ON');
  db.pragma('busy_timeout = 5000');
}

/** Is told what opening a file is doing, before each part of it that may take long. */
export type OpeningTold = (opening: Opening) => void;

/**
 * Brings a file from its `user_version` to the latest, each step in a transaction of its own. References are not
 * enforced meanwhile, because a table that is made anew is dropped for a moment. A check of them reads the whole file,
 * so only the steps that drop a table and the last one end with it.
 */
export function migrate(db: Database.Database, told: OpeningTold = () => {}): void {
  const enforced = db.pragma('foreign_keys', { simple: true }) === 1;
  db.pragma('foreign_keys = OFF');
  try {
    migrateSteps(db, told);
  } finally {
    if (enforced) db.pragma('foreign_keys = ON');
  }
}

function migrateSteps(db: Database.Database, told: OpeningTold): void {
  const from = Number(db.pragma('user_version', { simple: true }));
  const steps = migrations.filter(({ version }) => version > from);
  const what = `Bringing the workspace from format ${from} to ${latestVersion}`;
  const total = steps.reduce((sum, { sql }) => sum + weightOf(sql), 0);
  let before = 0;
  for (const { version, sql } of steps) {
    told({ what, done: before, total });
    db.transaction(() => {
      runScript(db, sql, (done) => told({ what, done: before + done, total }));
      if (/\bDROP TABLE\b/.test(sql) || version === latestVersion) requireReferences(db, version);
      db.pragma(`user_version = ${version}`);
    }).immediate();
    before += weightOf(sql);
  }
}

function requireReferences(db: Database.Database, version: number): void {
  const broken = db.prepare<[], { table: string; parent: string }>('PRAGMA foreign_key_check').get();
  if (broken === undefined) return;
  throw refused(
    `${db.name} cannot be brought to format ${version}, because a row of ${broken.table} points to no row of ${broken.parent}; restore the folder from a backup`,
  );
}

/** One more connection to a workspace file that is open, and was checked when it was opened. */
export function connectWorkspaceFile(path: string): Database.Database {
  const db = new Database(path, { fileMustExist: true });
  configure(db);
  return db;
}

/** Makes a new, empty workspace file. */
export function createWorkspaceFile(path: string): Database.Database {
  if (existsSync(path)) throw refused(`${path} exists already; choose another folder for the new workspace`);
  const db = new Database(path);
  db.pragma(`application_id = ${WORKSPACE_APPLICATION_ID}`);
  configure(db);
  migrate(db);
  return db;
}

/**
 * Opens a workspace file, checks it and brings it up to date.
 * Refuses a file that is missing, is not a workspace, is damaged, or was written by a newer Stateside.
 */
export function openWorkspaceFile(path: string, told: OpeningTold = () => {}): Database.Database {
  if (!existsSync(path)) throw notFound(`${path} does not exist; choose the folder of a Stateside workspace`);
  // SQLite takes its log away when the last one closes the file
  const readWhole = isReadWhole(statSync(path).size, !existsSync(`${path}-wal`));
  const db = new Database(path);
  try {
    check(db, path, readWhole, told);
    configure(db);
    migrate(db, told);
    findEverything(db, (done, total) => told({ what: 'Making every decision findable', done, total }));
    return db;
  } catch (error) {
    db.close();
    if (error instanceof Database.SqliteError && /^SQLITE_(NOTADB|CORRUPT)/.test(error.code)) {
      throw refused(
        `${path} is not a readable workspace (${error.message}); restore the folder from a backup`,
      );
    }
    throw error;
  }
}

function check(db: Database.Database, path: string, readWhole: boolean, told: OpeningTold): void {
  if (db.pragma('application_id', { simple: true }) !== WORKSPACE_APPLICATION_ID) {
    throw refused(
      `${path} is an SQLite file of something else, not a workspace; choose the folder of a Stateside workspace`,
    );
  }
  const version = Number(db.pragma('user_version', { simple: true }));
  if (version > latestVersion) {
    throw new StatesideError(
      'newer_file',
      `${path} was written by a newer Stateside (format ${version}, this one knows ${latestVersion}); open it with that version`,
    );
  }
  if (!readWhole) return;
  told({ what: 'Looking through the workspace for damage', done: 0, total: null });
  const found = db.pragma('quick_check(1)', { simple: true });
  if (found !== 'ok')
    throw refused(`${path} is damaged (${String(found)}); restore the folder from a backup`);
}
