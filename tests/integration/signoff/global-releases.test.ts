import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { deedsIn } from './deeds.ts';
import { NOW, openWorld, type World } from './world.ts';

let world: World;
let clock = NOW;
beforeEach(async () => {
  clock = NOW;
  world = await openWorld(() => clock);
});
afterEach(() => world.close());

const { freeze, decide, act, setState, shown } = deedsIn(
  () => world,
  () => clock,
);

describe('a release of the global team', () => {
  const makeGlobal = (): void => {
    const { db } = world.workspace;
    db.exec(
      `UPDATE release SET state = 'draft', team = 'global', manifest = json_set(manifest, '$.team', 'global')`,
    );
  };

  it('is refused with a reason of its own where the global team approved it', async () => {
    makeGlobal();
    await expect(act('diverge', ['wei.larsen'])).rejects.toThrow('global organisation');
    await expect(act('diverge', ['lucia.ortega'])).rejects.toThrow('not an approver');
    const { state, history } = await act('diverge', ['dana.whitfield'], { reason: 'Trained abroad.' });
    expect(state).toBe('refused');
    expect(history).toEqual([
      expect.objectContaining({
        action: 'diverge',
        reason: 'Trained abroad.',
        globalDecision: 'Approved by Wei Larsen on 2026-09-20, ticket 17.',
        unprovenBecause: null,
      }),
    ]);
  });

  it('is never frozen, approved or promoted, whoever signs and whatever a table says', async () => {
    makeGlobal();
    for (const state of ['draft', 'in review', 'approved', 'superseded']) {
      setState(state);
      await expect(freeze()).rejects.toThrow(/global team/);
      await expect(decide('dana.whitfield')).rejects.toThrow(/global team/);
      await expect(act('promote', ['priya.raman'])).rejects.toThrow(/global team/);
      await expect(act('roll back', ['dana.whitfield', 'joel.abernathy'])).rejects.toThrow(/global team/);
      expect(shown()?.state).not.toBe('approved');
    }
    setState('in production');
    expect(shown()?.state).toBe('in review');
  });
});
