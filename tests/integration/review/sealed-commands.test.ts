import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { newestStatement } from '../../../electron/services/signoff/tables.ts';
import { keyPath } from '../../../electron/services/signoff/held-keys.ts';
import { testFolder } from '../../fixtures/replay/folder.ts';
import { judgeBlind } from './judge.ts';
import { commandLine } from './command-line.ts';
import { created, reviewWorld } from './world.ts';

/** A release in review, its evidence frozen and refused by a lead while feeds are still judged blind. */
async function refusedRelease() {
  const world = await reviewWorld();
  const { services, workspace, replayId } = world;
  const { id, release } = await created(world, 'blind');
  const releaseDigest = release.digest;
  workspace.db.prepare(`UPDATE release SET state = 'in review' WHERE digest = ?`).run(releaseDigest);
  await world.as('Sam Okafor');
  await judgeBlind(world, id);
  await world.as('Dana Whitfield');
  await services.signoff.freeze({ releaseDigest, replayId });
  await services.signoff.sign({
    ...{ releaseDigest, statementDigest: newestStatement(workspace.db, releaseDigest)?.digest ?? '' },
    ...{ keyId: await world.keyOf('Dana Whitfield'), passphrase: 'stateside sample', decision: 'refuse' },
    ...{ reason: 'Too many scams.', conditions: '' },
  });
  return { world, releaseDigest };
}

test.each(['record', 'signoff'])(
  '`%s export` gives nothing to who may still judge blind, and all to a lead',
  async (group) => {
    const { world, releaseDigest } = await refusedRelease();
    const { folder } = world.workspace;
    const key = async (name: string) => ['--key', keyPath(folder, { keyId: await world.keyOf(name) })];
    const out = join(testFolder(), 'out.json');
    const run = (more: readonly string[]) =>
      commandLine([
        group,
        'export',
        '--workspace',
        folder,
        '--release',
        releaseDigest,
        '--out',
        out,
        ...more,
      ]);
    expect(run([])).toMatchObject({
      status: 2,
      said: expect.stringMatching(
        /feeds that are still judged blind; name the key of a lead with --key\.\n$/,
      ),
    });
    expect(run(await key('Lucia Ortega')).said).toContain('judge them first');
    expect(existsSync(out)).toBe(false);
    expect(run(await key('Dana Whitfield'))).toMatchObject({ status: 0 });
    expect(readFileSync(out, 'utf8')).toContain('payload');
  },
  120_000,
);

test('the window exports no TUF repository for who may still judge blind', async () => {
  const { world, releaseDigest } = await refusedRelease();
  await world.as('Lucia Ortega');
  const asked = { releaseDigest, out: join(testFolder(), 'tuf'), until: '2100-01-01T00:00:00Z', signers: [] };
  await expect(world.services.signoff.exportTuf(asked)).rejects.toThrow('judge blind');
});

test('who exports a campaign is told that its file holds the sides', async () => {
  const world = await reviewWorld();
  const { folder } = world.workspace;
  await created(world, 'blind');
  const out = join(testFolder(), 'x.review.jsonl');
  const path = keyPath(folder, { keyId: await world.keyOf('Mara Quiñones') });
  const args = [
    'review',
    'export',
    folder,
    '--campaign',
    'November, first look',
    '--key',
    path,
    '--out',
    out,
  ];
  expect(commandLine(args).said).toContain('It holds the sides and golden answers too');
  expect(readFileSync(out, 'utf8')).toMatch(/"left":"(baseline|candidate)"/);
});
