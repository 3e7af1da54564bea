import { readFileSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { workspacePaths } from '../../../electron/database/workspace/open.ts';
import { verifyRecord } from '../../../electron/services/signoff/verify-record.ts';
import { deedsIn, rosters } from './deeds.ts';
import { gate, NOW, openWorld, PASSPHRASE, type World } from './world.ts';

let world: World;
let clock = NOW;
beforeEach(async () => {
  clock = NOW;
  world = await openWorld(() => clock);
});
afterEach(() => world.close());

const { freeze, decision, decide, act, shown, refusedWith } = deedsIn(
  () => world,
  () => clock,
);
const advisory = { ...gate('fail', false), name: 'snapshot_recent', title: 'Snapshot is recent' };

describe('a refusal', () => {
  it('blocks until the one who refused withdraws it, and the record tells of both', async () => {
    await freeze();
    await decide('dana.whitfield');
    expect(await decide('joel.abernathy', { decision: 'refuse' })).toMatchObject({ verdict: 'refused' });
    await refusedWith(/it is refused/, () => decide('priya.raman'));
    clock = '2026-10-02T12:00:00.000Z';
    await refusedWith(/only who refused can withdraw/, () =>
      decide('priya.raman', { decision: 'withdraw refusal' }),
    );
    const open = await decide('joel.abernathy', { decision: 'withdraw refusal', reason: 'I misread.' });
    expect(open).toMatchObject({ state: 'in review', verdict: 'open', approvals: 1 });
    expect(open.decisions.find(({ decision }) => decision === 'refuse')).toMatchObject({
      counts: false,
      notCountedBecause: 'it was withdrawn',
    });
    expect(await decide('joel.abernathy')).toMatchObject({ state: 'approved' });
    const { json } = await world.signoff.record({ releaseDigest: world.release });
    expect(verifyRecord({ record: json, rosters, at: clock }).ok).toBe(true);
    expect(JSON.parse(json).signoffs).toHaveLength(4);
  });
});

describe('the terms of an approval', () => {
  it('hold until its last moment and not from then on', async () => {
    await freeze();
    const expires = '2027-01-31T00:00:00Z';
    await refusedWith(/given until 2026-01-01/, () =>
      decide('dana.whitfield', { expires: '2026-01-01T00:00:00Z' }),
    );
    await decide('dana.whitfield', { expires });
    expect(await decide('joel.abernathy')).toMatchObject({ state: 'approved' });
    const { json } = await world.signoff.record({ releaseDigest: world.release });
    const at = (moment: string) => verifyRecord({ record: json, rosters, at: moment });
    expect(at('2027-01-30T23:59:59.999Z').ok).toBe(true);
    expect(at(expires).steps.find(({ ok }) => !ok)?.title).toBe('Approvals');
    clock = expires;
    expect(shown()).toMatchObject({
      state: 'in review',
      standing: expect.stringContaining(`given until ${expires}`),
    });
    expect(await world.signoff.get({ releaseDigest: world.release })).toMatchObject({
      verdict: 'open',
      approvals: 1,
    });
    await expect(act('promote', ['priya.raman'])).rejects.toThrow(`given until ${expires}`);
  });

  it('bind it to one revision of the gates', async () => {
    await freeze();
    await refusedWith(/for gates revision 7 only, and this is revision 1/, () =>
      decide('dana.whitfield', { gatesRevision: 7 }),
    );
    await decide('dana.whitfield', { gatesRevision: 1 });
    expect(await decide('joel.abernathy')).toMatchObject({ verdict: 'approved' });
    const { gates } = workspacePaths(world.workspace.folder);
    writeFileSync(gates, readFileSync(gates, 'utf8').replace('revision: 1', 'revision: 2'));
    expect(shown()).toMatchObject({
      state: 'in review',
      standing: expect.stringContaining('for gates revision 1 only'),
    });
  });

  it('answer every failed advisory gate in words, and no required one', async () => {
    await freeze([gate('pass'), advisory]);
    await refusedWith(/does not say why the failed gate “Snapshot is recent” is waived/, () =>
      decide('dana.whitfield'),
    );
    const waivers = (name: string, reason: string) => ({ waivers: [{ gate: name, reason }] });
    await refusedWith(/no gate “other” to waive/, () =>
      decide('dana.whitfield', waivers('other', 'because')),
    );
    await refusedWith(/no required gate can be waived/, () =>
      decide('dana.whitfield', waivers('gate-pass', 'because')),
    );
    await expect(decide('dana.whitfield', waivers('snapshot_recent', ' '))).rejects.toThrow();
    const told = waivers('snapshot_recent', 'The feeds of April still hold.');
    await decide('dana.whitfield', told);
    const done = await decide('joel.abernathy', told);
    expect(done).toMatchObject({ verdict: 'approved' });
    expect(done.decisions[0]?.waivers).toEqual(told.waivers);
    const { json } = await world.signoff.record({ releaseDigest: world.release });
    expect(verifyRecord({ record: json, rosters, at: clock }).ok).toBe(true);
  });

  it('are shown before they are signed, byte for byte', async () => {
    await freeze();
    const input = await decision('dana.whitfield', { expires: '2027-01-31T00:00:00Z' });
    const { at, json, digest } = await world.signoff.preview(input);
    clock = '2026-10-01T12:05:00.000Z';
    await world.signoff.sign({ ...input, at, passphrase: PASSPHRASE });
    const stored = world.workspace.db.prepare('SELECT envelope FROM signoff').pluck().get();
    const { payload } = JSON.parse(String(stored));
    expect(Buffer.from(payload, 'base64').toString()).toBe(json);
    expect(digest).toMatch(/^[0-9a-f]{64}$/);
    clock = '2026-10-01T13:00:00.000Z';
    await expect(
      world.signoff.sign({ ...(await decision('joel.abernathy')), at, passphrase: PASSPHRASE }),
    ).rejects.toThrow('shown too long ago');
  });
});
