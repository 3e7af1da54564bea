import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { workspacePaths } from '../../../electron/database/workspace/open.ts';
import { workerFiles } from '../../../electron/installed-files.ts';
import { verifyLong } from '../../../electron/services/audit/verify-long.ts';
import { importWitness } from '../../../electron/services/audit/witness.ts';
import { WorkerPool } from '../../../electron/workers/pool.ts';
import { NOW, openWorld, type World } from './world.ts';

const ENTRIES = 2200;
const EVENT = { at: NOW, actor: 'ada', action: 'test.note' };
let world: World;
let pool: WorkerPool;
beforeAll(async () => {
  world = await openWorld();
  pool = new WorkerPool(workerFiles.replay, 2);
  const { db } = world.workspace;
  db.transaction(() => {
    for (let entry = 0; entry < ENTRIES; entry += 1)
      world.log.append({
        ...EVENT,
        subject: `thing "${entry}"`,
        body: { ünï: entry },
        ...(entry % 700 === 0 ? { texts: { reason: 'said' } } : {}),
      });
  })();
  const note = String(db.prepare('SELECT note FROM log_checkpoint WHERE size = 1400').pluck().get());
  importWitness(world.log, { note, keptBy: 'the notary', actor: 'ada', at: NOW });
  db.pragma('foreign_keys = OFF');
  db.exec('DROP TRIGGER witness_no_update');
  for (const table of ['log_entry', 'log_checkpoint'])
    db.exec(`DROP TRIGGER ${table}_no_update; DROP TRIGGER ${table}_no_delete;
      CREATE TABLE saved_${table} AS SELECT * FROM ${table}`);
});
afterAll(async () => {
  await pool.close();
  world.close();
});

const onThreads = (everyHead = false) =>
  verifyLong(
    pool,
    {
      path: workspacePaths(world.workspace.folder).database,
      key: world.log.key,
      everyHead,
      shared: new Int32Array(new SharedArrayBuffer(8)),
    },
    0,
  );

/** Does something to the log, lets both ways of verifying look at it, and undoes it. */
async function both(statement: string) {
  const { db } = world.workspace;
  db.exec(statement);
  const [threads, one] = [await onThreads(), world.log.verify()];
  for (const table of ['log_entry', 'log_checkpoint'])
    db.exec(`DELETE FROM ${table}; INSERT INTO ${table} SELECT * FROM saved_${table}`);
  return { threads, one };
}

describe('a log whose entries are checked on two threads', () => {
  it('is good as it was written, and every step says what one thread says', async () => {
    expect(await onThreads()).toEqual(world.log.verify());
    expect(await onThreads(true)).toEqual(world.log.verify(true));
    expect((await onThreads()).ok).toBe(true);
  });

  it.each([
    ['words shown otherwise than hashed', `UPDATE log_entry SET actor = 'eve' WHERE seq = 700`],
    [
      'a leaf hash',
      `UPDATE log_entry SET leaf_hash = iif(leaf_hash LIKE 'a%', 'b', 'a') || substr(leaf_hash, 2) WHERE seq = 1023`,
    ],
    ['an entry gone where the ranges meet', 'DELETE FROM log_entry WHERE seq = 1024'],
    [
      'an entry before the first',
      'INSERT INTO log_entry SELECT -7, at, actor, action, subject, body, leaf_hash, entry FROM log_entry WHERE seq = 5',
    ],
    [
      'a root at a head between chunks',
      `UPDATE log_checkpoint SET root = (SELECT root FROM log_checkpoint WHERE size = 9) WHERE size = 2100`,
    ],
  ])('tells of %s just what one thread tells', async (_, statement) => {
    const { threads, one } = await both(statement);
    expect(threads.ok).toBe(false);
    expect(threads).toEqual(one);
  });

  it('holds a head that was kept elsewhere against the root inside a chunk', async () => {
    world.workspace.db.exec(
      'UPDATE witness SET root = (SELECT root FROM log_checkpoint WHERE size = 9), note = (SELECT note FROM log_checkpoint WHERE size = 9), size = 9',
    );
    expect((await onThreads()).ok).toBe(true);
    world.workspace.db.exec('UPDATE witness SET size = 10');
    expect(await onThreads()).toEqual(world.log.verify());
    expect((await onThreads()).ok).toBe(false);
  });
});
