import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import type { Opening } from '../../../shared/contract/shell.ts';
import { latestVersion, migrations } from '../../../electron/database/migrations/all.ts';
import {
  createWorkspaceFile,
  isReadWhole,
  openWorkspaceFile,
  WORKSPACE_APPLICATION_ID,
} from '../../../electron/database/workspace/file.ts';
import { foundWorkspace } from '../../../electron/database/workspace/found.ts';
import { openWorkspace } from '../../../electron/database/workspace/open.ts';
import { testFolder } from '../../fixtures/replay/folder.ts';

const gatesFile = join(import.meta.dirname, '../../../resources/gates.yaml');

function newFile(): string {
  const path = join(testFolder(), 'workspace.sqlite');
  createWorkspaceFile(path).close();
  return path;
}

function change(path: string, sql: string): void {
  const db = new Database(path);
  db.exec(sql);
  db.close();
}

describe('a workspace file', () => {
  test('is kept in WAL, fully synchronous, with foreign keys on and a version', () => {
    const db = openWorkspaceFile(newFile());
    const pragma = (name: string): unknown => db.pragma(name, { simple: true });
    expect(pragma('journal_mode')).toBe('wal');
    expect(pragma('synchronous')).toBe(2);
    expect(pragma('foreign_keys')).toBe(1);
    expect(pragma('application_id')).toBe(WORKSPACE_APPLICATION_ID);
    expect(pragma('user_version')).toBe(latestVersion);
    db.close();
  });

  test('opens again and keeps what was in it', () => {
    const path = newFile();
    change(path, `INSERT INTO setting VALUES ('a', 'b')`);
    const db = openWorkspaceFile(path);
    expect(db.prepare('SELECT value FROM setting').pluck().get()).toBe('b');
    db.close();
  });

  test('tells on the way what takes long, and of one that is up to date only that it is looked through', () => {
    const path = newFile();
    const told: Opening[] = [];
    const tell = (opening: Opening): void => void told.push(opening);
    openWorkspaceFile(path, tell).close();
    expect(told).toEqual([{ what: 'Looking through the workspace for damage', done: 0, total: null }]);
    rmSync(path);
    const older = migrations.slice(0, -1);
    const header = `PRAGMA application_id = ${WORKSPACE_APPLICATION_ID}; PRAGMA user_version = ${older.length}`;
    change(path, [...older.map(({ sql }) => sql), header].join(';'));
    openWorkspaceFile(path, tell).close();
    const steps = told.slice(2);
    const what = `Bringing the workspace from format ${older.length} to ${latestVersion}`;
    expect(new Set(steps.map((step) => step.what))).toEqual(new Set([what]));
    const shares = steps.map(({ done, total }) => done / (total ?? 0));
    expect(shares[0]).toBe(0);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(shares.at(-1)).toBeCloseTo(1, 9);
  });

  test('written by a newer Stateside is refused in one sentence and not touched', () => {
    const path = newFile();
    change(path, `PRAGMA journal_mode = DELETE; PRAGMA user_version = ${latestVersion + 1}`);
    const before = readFileSync(path);
    expect(() => openWorkspaceFile(path)).toThrowError(
      expect.objectContaining({
        code: 'newer_file',
        message: expect.stringMatching(/^[^.]*workspace\.sqlite was written by a newer/),
      }),
    );
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  test('of another program is refused', () => {
    const path = join(testFolder(), 'other.sqlite');
    change(path, 'CREATE TABLE t (a)');
    expect(() => openWorkspaceFile(path)).toThrowError(
      expect.objectContaining({ code: 'refused', message: expect.stringContaining('something else') }),
    );
  });

  test('that is no database is refused', () => {
    const path = join(testFolder(), 'workspace.sqlite');
    writeFileSync(path, 'plain text '.repeat(500));
    expect(() => openWorkspaceFile(path)).toThrowError(expect.objectContaining({ code: 'refused' }));
  });

  test('is read whole when it is small or was not closed, and not for half a minute at every start', () => {
    expect(isReadWhole(10_000_000, true)).toBe(true);
    expect(isReadWhole(2_000_000_000, false)).toBe(true);
    expect(isReadWhole(2_000_000_000, true)).toBe(false);
  });

  test('whose pages are damaged is refused', () => {
    const path = newFile();
    const db = openWorkspaceFile(path);
    const insert = db.prepare('INSERT INTO setting VALUES (?, ?)');
    for (let at = 0; at < 2000; at += 1) insert.run(`key ${at}`, 'x'.repeat(100));
    db.pragma('journal_mode = DELETE');
    db.close();
    const bytes = readFileSync(path);
    bytes.fill(0xa5, bytes.length - 40_000, bytes.length - 10_000);
    writeFileSync(path, bytes);
    expect(() => openWorkspaceFile(path)).toThrowError(expect.objectContaining({ code: 'refused' }));
  });

  test('that is missing is not made', () => {
    const path = join(testFolder(), 'workspace.sqlite');
    expect(() => openWorkspaceFile(path)).toThrowError(expect.objectContaining({ code: 'not_found' }));
    expect(existsSync(path)).toBe(false);
  });
});

describe('founding a workspace', () => {
  test('makes the folder whole, with keys that only the owner reads', async () => {
    const folder = join(testFolder(), 'team');
    const workspace = await foundWorkspace(folder, { name: 'Team', sample: false, gatesFile });
    expect(workspace).toMatchObject({ folder, name: 'Team', sample: false });
    expect(
      readdirSync(folder)
        .filter((name) => !/-(wal|shm)$/.test(name))
        .toSorted(),
    ).toEqual(['gates.yaml', 'keys', 'log-key.pem', 'releases', 'workspace.sqlite']);
    expect(statSync(join(folder, 'log-key.pem')).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(folder, 'gates.yaml')).equals(readFileSync(gatesFile))).toBe(true);
    workspace.close();
  });

  test('that fails leaves nothing behind', async () => {
    const parent = testFolder();
    const fill = () => Promise.reject(new Error('no'));
    await expect(
      foundWorkspace(join(parent, 'team'), { name: 'Team', sample: false, gatesFile, fill }),
    ).rejects.toThrow('no');
    expect(readdirSync(parent)).toEqual([]);
  });

  test('never takes a folder with something in it', async () => {
    const folder = join(testFolder(), 'team');
    mkdirSync(folder);
    writeFileSync(join(folder, 'mine.txt'), 'mine');
    await expect(foundWorkspace(folder, { name: 'Team', sample: false, gatesFile })).rejects.toMatchObject({
      code: 'refused',
    });
    expect(readdirSync(folder)).toEqual(['mine.txt']);
  });

  test.each(['log-key.pem', 'gates.yaml'])('a workspace without its %s does not open', async (file) => {
    const folder = join(testFolder(), 'team');
    (await foundWorkspace(folder, { name: 'Team', sample: false, gatesFile })).close();
    rmSync(join(folder, file));
    expect(() => openWorkspace(folder)).toThrowError(
      expect.objectContaining({ code: 'bad_input', message: expect.stringContaining(file) }),
    );
  });
});
