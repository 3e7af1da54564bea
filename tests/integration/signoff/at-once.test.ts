import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { z } from 'zod';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { gate, openWorld, PASSPHRASE, type World } from './world.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

const count = (table: string): unknown =>
  world.workspace.db.prepare(`SELECT count(*) FROM ${table}`).pluck().get();
const freeze = () =>
  world.signoff.freeze({ releaseDigest: world.release, replayId: world.replay([gate('pass')]) });

/** Signs in a process of its own; answers what it printed and the signal that ended it. */
function signApart(
  person: string,
  dieAt = '',
  deed = 'approve',
): Promise<{ printed: string; signal: string | null }> {
  const script = join(import.meta.dirname, '../../fixtures/signoff/writer.ts');
  const args = [script, world.workspace.folder, world.release, world.keyOf(person), dieAt, deed];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let printed = '';
  child.stdout.on('data', (chunk) => (printed += String(chunk)));
  return new Promise((resolve) => {
    child.on('close', (_code, signal) => resolve({ printed: printed.trim(), signal }));
  });
}

/** Every write of a signature that decides, and of moving a release, in no order. */
const LOGGING = ['INSERT ON log_entry', 'INSERT ON log_text', 'INSERT ON log_checkpoint'];
const SIGNING = ['INSERT ON signoff', 'UPDATE ON release', ...LOGGING];
const MOVING = ['INSERT ON release_action', 'UPDATE ON release', ...LOGGING];

/** What a deed writes, table by table; virtual tables and what lies behind them cannot be watched. */
async function writesOf(deed: () => Promise<unknown>): Promise<string[]> {
  const { db } = world.workspace;
  db.exec('CREATE TEMP TABLE written (what TEXT PRIMARY KEY)');
  const tables = z
    .array(z.string())
    .parse(
      db.prepare(`SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'`).pluck().all(),
    );
  for (const table of tables.filter((name) => !name.startsWith('sqlite_')))
    for (const write of ['INSERT', 'UPDATE', 'DELETE'])
      db.exec(`CREATE TEMP TRIGGER ${write}_${table} AFTER ${write} ON ${table}
        BEGIN INSERT OR IGNORE INTO written VALUES ('${write} ON ${table}'); END`);
  await deed();
  return z.array(z.string()).parse(db.prepare('SELECT what FROM written').pluck().all());
}

describe('two processes that sign at once', () => {
  it('both count when they are two people, in one unbroken log', async () => {
    await freeze();
    const done = await Promise.all(['dana.whitfield', 'joel.abernathy'].map((person) => signApart(person)));
    expect(done.map(({ printed }) => printed)).toEqual(['signed', 'signed']);
    expect(await world.signoff.get({ releaseDigest: world.release })).toMatchObject({ verdict: 'approved' });
    expect(world.log.verify().ok).toBe(true);
  });

  it('count once when they are one person', async () => {
    await freeze();
    const done = await Promise.all([signApart('dana.whitfield'), signApart('dana.whitfield')]);
    const [first, second] = done.map(({ printed }) => printed).toSorted((a, b) => a.length - b.length);
    expect(first).toBe('signed');
    expect(second).toContain('decided already');
    expect(await world.signoff.get({ releaseDigest: world.release })).toMatchObject({ approvals: 1 });
    expect(world.log.verify().ok).toBe(true);
  });
});

describe('a kill in the midst of signing', () => {
  it('meets each of its writes: there are no others', async () => {
    const { statement } = await freeze();
    expect((await signApart('joel.abernathy')).printed).toBe('signed');
    const writes = await writesOf(() =>
      world.signoff.sign({
        releaseDigest: world.release,
        statementDigest: statement?.digest ?? '',
        keyId: world.keyOf('dana.whitfield'),
        passphrase: PASSPHRASE,
        decision: 'approve',
        reason: 'I looked.',
        conditions: '',
      }),
    );
    expect(writes.toSorted()).toEqual(SIGNING.toSorted());
  });

  it.each(SIGNING)('at %s leaves nothing, and the next try does it all', async (dieAt) => {
    await freeze();
    expect((await signApart('joel.abernathy')).printed).toBe('signed');
    const tables = ['signoff', 'log_entry', 'log_text', 'log_checkpoint'];
    const before = tables.map(count);
    expect(await signApart('dana.whitfield', dieAt)).toEqual({ printed: '', signal: 'SIGKILL' });
    expect(tables.map(count)).toEqual(before);
    expect(world.log.verify().ok).toBe(true);
    expect((await signApart('dana.whitfield')).printed).toBe('signed');
    expect(await world.signoff.get({ releaseDigest: world.release })).toMatchObject({ verdict: 'approved' });
  });
});

describe('a kill in the midst of moving a release', () => {
  it('meets each of its writes: there are no others', async () => {
    const writes = await writesOf(() =>
      world.signoff.act({
        releaseDigest: world.release,
        action: 'withdraw',
        reason: 'Not needed.',
        signers: [{ keyId: world.keyOf('mara.quinones'), passphrase: PASSPHRASE }],
      }),
    );
    expect(writes.toSorted()).toEqual(MOVING.toSorted());
  });

  it.each(MOVING)('at %s leaves nothing, and the next try does it all', async (dieAt) => {
    const tables = ['release_action', 'log_entry', 'log_text', 'log_checkpoint'];
    const before = tables.map(count);
    expect(await signApart('mara.quinones', dieAt, 'withdraw')).toEqual({ printed: '', signal: 'SIGKILL' });
    expect(tables.map(count)).toEqual(before);
    expect((await world.signoff.get({ releaseDigest: world.release })).state).toBe('in review');
    expect((await signApart('mara.quinones', '', 'withdraw')).printed).toBe('signed');
    expect((await world.signoff.get({ releaseDigest: world.release })).state).toBe('withdrawn');
    expect(world.log.verify().ok).toBe(true);
  });

  it('and two processes that move it at once move it once', async () => {
    const done = await Promise.all([1, 2].map(() => signApart('mara.quinones', '', 'withdraw')));
    expect(done.filter(({ printed }) => printed === 'signed')).toHaveLength(1);
    expect(count('release_action')).toBe(1);
    expect(world.log.verify().ok).toBe(true);
  });
});
