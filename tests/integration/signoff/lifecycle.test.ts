import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { runCli } from '../../../electron/cli/program.ts';
import { workspacePaths } from '../../../electron/database/workspace/open.ts';
import { deedsIn } from './deeds.ts';
import { NOW, openWorld, PASSPHRASE, type World } from './world.ts';

let world: World;
let clock = NOW;
beforeEach(async () => {
  clock = NOW;
  world = await openWorld(() => clock);
});
afterEach(() => world.close());

const { freeze, decide, approve, act, setState, shown, refusedWith } = deedsIn(
  () => world,
  () => clock,
);

describe('the life of a release', () => {
  it('goes step by step by signed actions of the right people, each in the log', async () => {
    setState('draft');
    const draft = await world.signoff.get({ releaseDigest: world.release });
    expect(draft.actions.map(({ action, only }) => [action, only])).toEqual([
      ['submit', 'Mara Quiñones'],
      ['withdraw', 'Mara Quiñones'],
    ]);
    expect(await act('submit', ['mara.quinones'])).toMatchObject({ state: 'submitted' });
    expect(await act('review', ['lucia.ortega'])).toMatchObject({ state: 'in review' });
    await freeze();
    await approve();
    const live = await act('promote', ['priya.raman']);
    expect(live).toMatchObject({ state: 'in production', standing: null });
    expect(
      live.history.map(({ action, people, unprovenBecause }) => [action, people, unprovenBecause]),
    ).toEqual([
      ['submit', ['Mara Quiñones'], null],
      ['review', ['Lucia Ortega'], null],
      ['promote', ['Priya Raman'], null],
    ]);
    expect(await act('revoke', ['dana.whitfield'])).toMatchObject({ state: 'revoked', actions: [] });
    expect(world.log.verify().ok).toBe(true);
    const rows = world.log.entries({ offset: 0, limit: 20, search: '' }).rows;
    expect(rows.map(({ action, actor }) => `${actor} ${action}`)).toEqual(
      expect.arrayContaining([
        'mara.quinones release.submit',
        'lucia.ortega release.review',
        'priya.raman release.promote',
        'dana.whitfield release.revoke',
      ]),
    );
  });

  it('takes no step by the wrong people, without a reason, or out of turn', async () => {
    await refusedWith(/starts from draft/, () => act('submit', ['mara.quinones']));
    await refusedWith(/is approved|starts from approved/, () => act('promote', ['priya.raman']));
    setState('draft');
    await refusedWith(/only they can submit/, () => act('submit', ['dana.whitfield']));
    await refusedWith(/global organisation/, () => act('submit', ['wei.larsen']));
    await refusedWith(/is none of reviewer, analyst, approver/, () => act('submit', ['ines.calloway']));
    await refusedWith(/signed by one person/, () => act('submit', ['mara.quinones', 'lucia.ortega']));
    await refusedWith(/needs a reason/, () => act('withdraw', ['mara.quinones'], { reason: ' ' }));
    await refusedWith(/evidence is frozen while/, () => freeze());
    expect(await act('withdraw', ['mara.quinones'])).toMatchObject({ state: 'withdrawn', actions: [] });
  });

  it('is not believed from a table alone: an approval or a promotion nobody signed is not shown', async () => {
    setState('approved');
    expect(shown()).toMatchObject({
      state: 'in review',
      standing: expect.stringContaining('no evidence was ever frozen'),
    });
    await expect(act('promote', ['priya.raman'])).rejects.toThrow('is not approved');
    setState('in production');
    expect(shown()).toMatchObject({
      state: 'in review',
      standing: expect.stringContaining('no signed action put it into production'),
    });
    setState('in review');
    await freeze();
    await decide('dana.whitfield');
    setState('approved');
    expect(shown()).toMatchObject({
      state: 'in review',
      standing: expect.stringContaining('1 of 2 approvals count'),
    });
  });

  it('does not go on with bytes that were changed since the import', async () => {
    await freeze();
    await decide('dana.whitfield');
    const card = join(workspacePaths(world.workspace.folder).releases, world.release, 'model-card.md');
    const before = readFileSync(card);
    appendFileSync(card, 'more');
    await refusedWith(/not those that were imported/, () => decide('joel.abernathy'));
    writeFileSync(card, before);
    await decide('joel.abernathy');
    appendFileSync(card, 'more');
    await refusedWith(/not those that were imported/, () => act('promote', ['priya.raman']));
  });
});

describe('stateside signoff act', () => {
  it('moves a release as the window does, and refuses what the window refuses', async () => {
    setState('draft');
    const stdout = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    const stderr = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    vi.stubEnv('STATESIDE_PASSPHRASE', PASSPHRASE);
    const move = (action: string, ...people: string[]) => {
      const { folder } = world.workspace;
      const what = ['--workspace', folder, '--release', world.release, '--action', action];
      return runCli(['signoff', 'act', ...what, '--as', ...people]);
    };
    try {
      expect(await move('submit', 'dana.whitfield')).toBe(2);
      expect(await move('submit', 'nobody')).toBe(2);
      expect(await move('submit', 'mara.quinones')).toBe(0);
      expect(await move('review', 'lucia.ortega')).toBe(0);
      expect(await move('promote', 'dana.whitfield')).toBe(2);
      expect(shown()?.state).toBe('in review');
    } finally {
      stdout.mockRestore();
      stderr.mockRestore();
      vi.unstubAllEnvs();
    }
  });
});

describe('an emergency rollback', () => {
  const approvedThenSuperseded = async () => {
    await freeze();
    await approve();
    await act('promote', ['priya.raman']);
    const former = world.workspace.db
      .prepare(`SELECT digest FROM release WHERE digest <> ?`)
      .pluck()
      .get(world.release);
    setState('superseded');
    setState('in production', String(former));
    return String(former);
  };

  it('brings a release back that was approved, with two signatures and a reason', async () => {
    const former = await approvedThenSuperseded();
    await refusedWith(/signatures of 2 different people/, () => act('roll back', ['dana.whitfield']));
    await refusedWith(/signatures of 2 different people/, () =>
      act('roll back', ['dana.whitfield', 'dana.whitfield']),
    );
    await refusedWith(/Lucia Ortega is not an approver/, () =>
      act('roll back', ['dana.whitfield', 'lucia.ortega']),
    );
    await refusedWith(/needs a reason/, () =>
      act('roll back', ['dana.whitfield', 'joel.abernathy'], { reason: '' }),
    );
    const back = await act('roll back', ['dana.whitfield', 'joel.abernathy'], { reason: 'Harm seen.' });
    expect(back).toMatchObject({ state: 'in production', standing: null });
    expect(back.history.at(-1)).toMatchObject({
      action: 'roll back',
      people: ['Dana Whitfield', 'Joel Abernathy'],
      unprovenBecause: null,
    });
    expect(world.workspace.db.prepare('SELECT state FROM release WHERE digest = ?').pluck().get(former)).toBe(
      'superseded',
    );
  });

  it('does not bring back what never was approved', async () => {
    setState('superseded');
    await refusedWith(/is not approved/, () => act('roll back', ['dana.whitfield', 'joel.abernathy']));
  });
});
