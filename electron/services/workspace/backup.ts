import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import Database from 'better-sqlite3';
import { z } from 'zod';
import { notFound, refused, StatesideError } from '../../../shared/domain/error.ts';
import { WORKSPACE_APPLICATION_ID } from '../../database/workspace/file.ts';
import { workspacePaths } from '../../database/workspace/open.ts';
import { diskFull } from '../disk-full.ts';

/** What a backup holds: the newest head of its log, base64 root and number of entries; null where the log is empty. */
const Head = z.object({ size: z.int(), root: z.string() }).nullable();
export type BackupHead = z.infer<typeof Head>;

export interface Backup {
  readonly folder: string;
  /** Of the database. */
  readonly bytes: number;
  readonly head: BackupHead;
}

export interface BackupWork {
  readonly signal?: AbortSignal;
  /** Bytes of the database copied so far, of all. */
  readonly progress?: (done: number, total: number) => void;
  /** Reads the copied database through; `inspectBackup`, on whatever thread. */
  readonly inspect?: (path: string) => BackupHead | Promise<BackupHead>;
}

/** Pages copied before anything else has a turn: 4 MB. */
const PAGES = 1024;

/**
 * Copies a workspace into a new folder, which is a whole workspace: its database as it stood at one moment, whoever works
 * in it meanwhile and whatever format it has, and then its keys, bundles, gates and unfinished replays. The copy is read
 * through before it gets its name, so a backup is there whole and sound or not at all.
 */
export async function backUp(from: string, to: string, work: BackupWork = {}): Promise<Backup> {
  const [source, target] = [resolve(from), resolve(to)];
  if (!existsSync(workspacePaths(source).database))
    throw notFound(`${source} holds no workspace; choose the folder of one`);
  if (existsSync(target))
    throw refused(`${target} exists already and is not overwritten; choose another name`);
  if (!relative(source, target).startsWith('..'))
    throw refused(`${target} lies within the workspace itself; choose a place outside of it`);
  if (!existsSync(dirname(target))) throw notFound(`the folder of ${target} does not exist; make it first`);
  const building = join(dirname(target), `.${basename(target)}.${randomBytes(4).toString('hex')}.part`);
  try {
    await mkdir(building, { mode: 0o700 });
    const { bytes, head } = await copyDatabase(source, building, work);
    await copyFiles(source, building);
    await rename(building, target);
    return { folder: target, bytes, head };
  } catch (error) {
    throw diskFull(error, 'the backup') ?? unwritten(error, target) ?? error;
  } finally {
    await rm(building, { recursive: true, force: true });
  }
}

/** SQLite's copying tells of a disk that takes no more as of any other that fails. */
const unwritten = (error: unknown, target: string): StatesideError | null =>
  error instanceof Database.SqliteError && error.code === 'SQLITE_IOERR'
    ? refused(`The disk does not take ${target}, so nothing of it was kept; make room or choose another disk`)
    : null;

/** Everything the database names was there before it was named, so files are copied after it. */
async function copyFiles(source: string, target: string): Promise<void> {
  const { database: _, ...parts } = workspacePaths(source);
  for (const part of Object.values(parts))
    if (existsSync(part)) await cp(part, join(target, relative(source, part)), { recursive: true });
  for (const found of await readdir(target, { recursive: true, withFileTypes: true })) {
    if (!found.isFile()) continue;
    const file = await open(join(found.parentPath, found.name), 'r');
    try {
      await file.sync();
    } finally {
      await file.close();
    }
  }
}

async function copyDatabase(
  source: string,
  target: string,
  { signal, progress = () => {}, inspect = inspectBackup }: BackupWork,
): Promise<Omit<Backup, 'folder'>> {
  const copy = workspacePaths(target).database;
  const { database } = workspacePaths(source);
  // a log of changes stands there while somebody works, or since a crash, and has to stay; else none may be left behind
  const db = new Database(database, { readonly: existsSync(`${database}-wal`), fileMustExist: true });
  try {
    if (db.pragma('application_id', { simple: true }) !== WORKSPACE_APPLICATION_ID)
      throw refused(`${db.name} is not a workspace; choose the folder of one`);
    // what is read from here on is one moment's state, so that writers neither change the copy nor make it begin anew
    db.exec('BEGIN');
    const head = headOf(db);
    const page = Number(db.pragma('page_size', { simple: true }));
    const bytes = page * Number(db.pragma('page_count', { simple: true }));
    await db.backup(copy, {
      progress: ({ totalPages, remainingPages }) => {
        if (signal?.aborted === true) throw stopped();
        progress(page * (totalPages - remainingPages), bytes);
        return PAGES;
      },
    });
    db.exec('COMMIT');
    const copied = await inspect(copy);
    if (signal?.aborted === true) throw stopped();
    if (copied?.root !== head?.root || copied?.size !== head?.size)
      throw refused(`the log of the copy ends elsewhere than that of ${source}; try again`);
    return { bytes, head };
  } finally {
    db.close();
  }
}

const stopped = () => new StatesideError('cancelled', 'The backup was stopped, and nothing of it was kept.');

const headOf = (db: Database.Database): BackupHead =>
  Head.parse(db.prepare('SELECT size, root FROM log_checkpoint ORDER BY size DESC LIMIT 1').get() ?? null);

/** Reads a copied database through, every page and every index; answers where its log ends. */
export function inspectBackup(path: string): BackupHead {
  const db = new Database(path, { fileMustExist: true });
  try {
    const found = db.pragma('integrity_check(1)', { simple: true });
    if (found !== 'ok')
      throw refused(
        `the workspace is damaged (${String(found)}), so its copy would be too; go back to an older backup`,
      );
    return headOf(db);
  } finally {
    db.close();
  }
}
