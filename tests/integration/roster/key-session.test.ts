import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { KeySession } from '../../../electron/services/roster/key-session.ts';
import { NO_KEY_STORE } from '../../../electron/services/signoff/key-store.ts';
import { gate, NOW, openWorld, PASSPHRASE, type World } from '../signoff/world.ts';

const MINUTE_MS = 60_000;
let world: World;
let clock: string;
let ended: number;
let session: KeySession;
beforeEach(async () => {
  world = await openWorld();
  clock = NOW;
  ended = 0;
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const told = () => {
    ended += 1;
  };
  session = new KeySession(world.workspace, NO_KEY_STORE, () => clock, told);
});
afterEach(() => {
  vi.useRealTimers();
  world.close();
});

const unlock = (person: string, minutes: number, passphrase = PASSPHRASE) =>
  session.unlock(world.keyOf(person), passphrase, minutes);

describe('a key that is unlocked for a while', () => {
  it('says who is at the window and until when, and no longer than that', async () => {
    expect(session.unlocked).toBeNull();
    expect(await unlock('sam.okafor', 15)).toMatchObject({
      name: 'Sam Okafor',
      until: '2026-10-01T12:15:00.000Z',
    });
    clock = '2026-10-01T12:14:59.999Z';
    expect(session.require().unlocked.person).toBe('sam.okafor');
    clock = '2026-10-01T12:15:00.000Z';
    expect(session.unlocked).toBeNull();
    expect(() => session.require()).toThrow('Nobody has unlocked a key');
  });

  it('is locked by time that passed even where the clock was set back, and the window is told', async () => {
    await unlock('sam.okafor', 15);
    clock = '2026-10-01T09:00:00.000Z';
    vi.advanceTimersByTime(15 * MINUTE_MS - 1);
    expect([session.unlocked?.name, ended]).toEqual(['Sam Okafor', 0]);
    vi.advanceTimersByTime(1);
    expect([session.unlocked, ended]).toEqual([null, 1]);
  });

  it('is one at a time, and the time of the one before ends nothing', async () => {
    await unlock('sam.okafor', 1);
    await unlock('lucia.ortega', 60);
    vi.advanceTimersByTime(2 * MINUTE_MS);
    expect([session.unlocked?.name, ended]).toEqual(['Lucia Ortega', 0]);
    session.lock();
    vi.advanceTimersByTime(60 * MINUTE_MS);
    expect([session.unlocked, ended]).toEqual([null, 0]);
  });

  it('stays as it was when another does not open, and is never of another team', async () => {
    await unlock('sam.okafor', 60);
    await expect(unlock('lucia.ortega', 60, 'wrong')).rejects.toThrow('does not open');
    await expect(unlock('wei.larsen', 60)).rejects.toThrow('only the US team works here');
    await expect(session.unlock('ff', PASSPHRASE, 60)).rejects.toThrow('not on the roster');
    expect(session.unlocked?.name).toBe('Sam Okafor');
  });

  it('never approves: a decision asks for the passphrase all the same', async () => {
    await unlock('dana.whitfield', 60);
    const replayId = world.replay([gate('pass')]);
    const { statement } = await world.signoff.freeze({ releaseDigest: world.release, replayId });
    const decision = {
      releaseDigest: world.release,
      statementDigest: statement?.digest ?? '',
      keyId: world.keyOf('dana.whitfield'),
      decision: 'approve' as const,
      ...{ reason: 'I looked.', conditions: '' },
    };
    await expect(world.signoff.sign({ ...decision, passphrase: '' })).rejects.toThrow('does not open');
    expect(await world.signoff.get({ releaseDigest: world.release })).toMatchObject({ approvals: 0 });
  });
});
