import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { gate, openWorld, type World } from './world.ts';

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
  it.each([
    'INSERT ON signoff',
    'UPDATE ON release',
    'INSERT ON log_entry',
    'INSERT ON log_text',
    'INSERT ON log_checkpoint',
  ])('at %s leaves nothing, and the next try does it all', async (dieAt) => {
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
  it.each([
    'INSERT ON release_action',
    'UPDATE ON release',
    'INSERT ON log_entry',
    'INSERT ON log_text',
    'INSERT ON log_checkpoint',
  ])('at %s leaves nothing, and the next try does it all', async (dieAt) => {
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
