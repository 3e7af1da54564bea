import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { runCli } from '../../../electron/cli/program.ts';
import { deedsIn } from './deeds.ts';
import { gate, NOW, openWorld, PASSPHRASE, type World } from './world.ts';

let world: World;
let clock = NOW;
beforeEach(async () => {
  clock = NOW;
  world = await openWorld(() => clock);
});
afterEach(() => world.close());

const { freeze, decision, decide, refusedWith } = deedsIn(
  () => world,
  () => clock,
);

describe('signatures from several machines', () => {
  it('give the same record in whatever order they come, verified again where they arrive', async () => {
    const there = await openWorld(() => clock);
    try {
      await freeze();
      there.replay([gate('pass')]);
      const empty = await world.signoff.handOver({ releaseDigest: world.release });
      expect(await there.signoff.collect(empty)).toMatchObject({ added: 0, known: 0 });
      await decide('dana.whitfield');
      const statementDigest =
        (await there.signoff.get({ releaseDigest: world.release })).statement?.digest ?? '';
      clock = '2026-10-01T12:01:00.000Z';
      await there.signoff.sign({
        ...(await decision('joel.abernathy')),
        statementDigest,
        passphrase: PASSPHRASE,
      });
      const [mine, theirs] = await Promise.all(
        [world, there].map(({ signoff }) => signoff.handOver({ releaseDigest: world.release })),
      );
      if (mine === undefined || theirs === undefined) throw new Error('nothing was handed over');
      expect(await world.signoff.collect(theirs)).toMatchObject({ added: 1, known: 0 });
      expect(await there.signoff.collect(mine)).toMatchObject({ added: 1, known: 0 });
      expect(await there.signoff.collect(mine)).toMatchObject({ added: 0, known: 1 });
      const [here, away] = await Promise.all(
        [world, there].map(({ signoff }) => signoff.record({ releaseDigest: world.release })),
      );
      expect(here?.json).toBe(away?.json);
      for (const { signoff, log } of [world, there]) {
        expect(await signoff.get({ releaseDigest: world.release })).toMatchObject({ state: 'approved' });
        expect(log.verify().ok).toBe(true);
      }
    } finally {
      there.close();
    }
  });

  it('travel as files of the command line', async () => {
    const there = await openWorld(() => clock);
    const stdout = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    try {
      await freeze();
      there.replay([gate('pass')]);
      await decide('dana.whitfield');
      const file = join(world.workspace.folder, '..', 'signatures.json');
      const from = ['--workspace', world.workspace.folder, '--release', world.release, '--out', file];
      expect(await runCli(['signoff', 'export', ...from])).toBe(0);
      expect(await runCli(['signoff', 'import', file, '--workspace', there.workspace.folder])).toBe(0);
      expect(await there.signoff.get({ releaseDigest: world.release })).toMatchObject({ approvals: 1 });
    } finally {
      stdout.mockRestore();
      there.close();
    }
  });

  it('are refused as a whole when one proves nothing, or they are about something else', async () => {
    await freeze();
    await decide('dana.whitfield');
    const { json } = await world.signoff.handOver({ releaseDigest: world.release });
    const swapped = json.replace(/"sig": "(.)/, (_, first: string) => `"sig": "${first === 'A' ? 'B' : 'A'}`);
    await refusedWith(/signature that proves nothing/, () => world.signoff.collect({ json: swapped }));
    await refusedWith(/is no release record/, () => world.signoff.collect({ json: '{}' }));
    const other = await openWorld(() => clock);
    try {
      await other.signoff.freeze({ releaseDigest: other.release, replayId: other.replay([gate('pass')]) });
      const foreign = await other.signoff.handOver({ releaseDigest: other.release });
      await refusedWith(/on another statement/, () => world.signoff.collect(foreign));
    } finally {
      other.close();
    }
  });
});
