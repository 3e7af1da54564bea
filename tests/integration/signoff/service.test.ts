import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SignoffDetail } from '../../../shared/contract/signoff.ts';
import { workspacePaths } from '../../../electron/database/workspace/open.ts';
import { verifyRecord } from '../../../electron/services/signoff/verify-record.ts';
import { gate, NOW, openWorld, PASSPHRASE, PEOPLE, type World } from './world.ts';

let world: World;
let clock = NOW;
beforeEach(async () => {
  clock = NOW;
  world = await openWorld(() => clock);
});
afterEach(() => world.close());

const freeze = (gates = [gate('pass')]) =>
  world.signoff.freeze({ releaseDigest: world.release, replayId: world.replay(gates) });

interface Change {
  readonly decision?: 'approve' | 'refuse';
  readonly passphrase?: string;
  readonly reason?: string;
  readonly statement?: string;
}

async function decide(person: string, change: Change = {}): Promise<SignoffDetail> {
  const { statement } = await world.signoff.get({ releaseDigest: world.release });
  return world.signoff.sign({
    releaseDigest: world.release,
    statementDigest: change.statement ?? statement?.digest ?? '',
    keyId: world.keyOf(person),
    passphrase: change.passphrase ?? PASSPHRASE,
    decision: change.decision ?? 'approve',
    reason: change.reason ?? 'Better, and no worse where it matters.',
    conditions: '',
  });
}

const count = (table: string): unknown =>
  world.workspace.db.prepare(`SELECT count(*) FROM ${table}`).pluck().get();
const state = (): unknown =>
  world.workspace.db.prepare('SELECT state FROM release WHERE digest = ?').pluck().get(world.release);

/** Holds that a call is refused with a sentence, and that nothing was written. */
async function refusedWith(sentence: RegExp, call: () => Promise<unknown>): Promise<void> {
  const before = [count('signoff'), count('log_entry'), count('log_checkpoint'), state()];
  await expect(call()).rejects.toThrow(sentence);
  expect([count('signoff'), count('log_entry'), count('log_checkpoint'), state()]).toEqual(before);
}

describe('sign-off in a workspace', () => {
  it('leads from evidence through two approvals to a record an outsider verifies', async () => {
    const open = await freeze();
    expect(open).toMatchObject({ verdict: 'open', approvals: 0, threshold: 2, rosterVersion: 1 });
    expect(open.missing).toEqual([{ what: '2 approvals', route: `/signoff/${world.release}` }]);
    const half = await decide('dana.whitfield');
    expect(half).toMatchObject({ verdict: 'open', approvals: 1 });
    expect(state()).toBe('in review');
    const done = await decide('joel.abernathy');
    expect(done).toMatchObject({ verdict: 'approved', approvals: 2, missing: [] });
    expect(done.decisions.map(({ person, counts }) => [person, counts])).toEqual([
      ['Dana Whitfield', true],
      ['Joel Abernathy', true],
    ]);
    expect(state()).toBe('approved');
    expect(SignoffDetail.safeParse(done).success).toBe(true);

    const { json, fileName } = await world.signoff.record({ releaseDigest: world.release });
    expect(fileName).toBe('for-you-ranker-us-2026.11.0.release-record.json');
    expect(await world.signoff.verify({ json })).toMatchObject({ ok: true });
    const roster = { name: 'roster.json', text: readFileSync(join(PEOPLE, 'roster.json'), 'utf8') };
    const { ok, steps } = verifyRecord({ record: json, rosters: [roster] });
    expect(ok).toBe(true);
    expect(steps.at(-1)).toMatchObject({
      title: 'Audit log head',
      detail: expect.stringMatching(/^1 entries, root /),
    });
  });

  it('writes each deed with its log entry and a signed head', async () => {
    await freeze();
    await decide('dana.whitfield');
    await decide('joel.abernathy');
    const { rows } = world.log.entries({ offset: 0, limit: 10, search: '' });
    expect(rows.map(({ action, actor }) => [action, actor]).slice(0, 2)).toEqual([
      ['release.approve', 'joel.abernathy'],
      ['release.approve', 'dana.whitfield'],
    ]);
    expect(rows.map(({ action }) => action).slice(2)).toEqual(['evidence.freeze', 'roster.import']);
    expect(world.log.checkpoint()?.size).toBe(4);
    expect(world.log.verify().ok).toBe(true);
  });

  it('ends with one refusal, after which nobody approves', async () => {
    await freeze();
    await decide('dana.whitfield');
    const refusal = await decide('joel.abernathy', {
      decision: 'refuse',
      reason: 'It moves hated videos up.',
    });
    expect(refusal).toMatchObject({ verdict: 'refused', approvals: 1, missing: [] });
    expect(state()).toBe('refused');
    await refusedWith(/us-2026.11.0: it is refused/, () => decide('priya.raman'));
    const { json } = await world.signoff.record({ releaseDigest: world.release });
    const { steps } = await world.signoff.verify({ json });
    expect(steps.filter(({ ok }) => !ok).map(({ title }) => title)).toEqual(['Refusals', 'Approvals']);
  });

  it('refuses a wrong passphrase', async () => {
    await freeze();
    await refusedWith(/passphrase does not open the key of Dana Whitfield/, () =>
      decide('dana.whitfield', { passphrase: 'not the passphrase' }),
    );
  });

  it('refuses a key of the global organisation, though its role is approver', async () => {
    await freeze();
    await refusedWith(/global organisation, whose signatures never count/, () => decide('wei.larsen'));
    await refusedWith(/global organisation/, () => decide('wei.larsen', { decision: 'refuse' }));
  });

  it('refuses the submitter, reviewers, and keys nobody knows', async () => {
    await freeze();
    await refusedWith(/Mara Quiñones is not an approver/, () => decide('mara.quinones'));
    await refusedWith(/Lucia Ortega is not an approver/, () => decide('lucia.ortega'));
    await refusedWith(/the key {2}is not on the roster/, () => decide('nobody'));
  });

  it('refuses an approver who submitted the release', async () => {
    const { db } = world.workspace;
    const manifest = String(
      db.prepare('SELECT manifest FROM release WHERE digest = ?').pluck().get(world.release),
    );
    db.prepare('UPDATE release SET manifest = ? WHERE digest = ?').run(
      manifest.replace('mara.quinones', 'Dana Whitfield'),
      world.release,
    );
    await freeze();
    await refusedWith(/Dana Whitfield submitted the release/, () => decide('dana.whitfield'));
    const { signers } = await world.signoff.get({ releaseDigest: world.release });
    expect(signers.find(({ person }) => person === 'Dana Whitfield')?.notCountedBecause).toBe(
      'Dana Whitfield submitted the release',
    );
  });

  it('refuses a second decision of one person', async () => {
    await freeze();
    await decide('dana.whitfield');
    await refusedWith(/Dana Whitfield decided already/, () => decide('dana.whitfield'));
    await refusedWith(/Dana Whitfield decided already/, () =>
      decide('dana.whitfield', { decision: 'refuse' }),
    );
  });

  it('refuses a decision without a reason', async () => {
    await freeze();
    await refusedWith(/needs a reason/, () => decide('dana.whitfield', { reason: '  ' }));
  });

  it('approves nothing while a required gate does not pass, and lets it be refused', async () => {
    const detail = await freeze([
      gate('pass'),
      { ...gate('no evidence'), title: 'Labelled items' },
      gate('fail', false),
    ]);
    expect(detail.missing.map(({ what }) => what)).toEqual([
      'gate “Labelled items”: no evidence',
      '2 approvals',
    ]);
    await refusedWith(/every required gate to pass: “Labelled items” \(no evidence\)/, () =>
      decide('dana.whitfield'),
    );
    expect(await decide('dana.whitfield', { decision: 'refuse' })).toMatchObject({ verdict: 'refused' });
  });

  it('refuses to sign evidence that was frozen anew meanwhile', async () => {
    const { statement } = await freeze();
    clock = '2026-10-02T12:00:00.000Z';
    await freeze();
    await refusedWith(/frozen anew meanwhile/, () =>
      decide('dana.whitfield', { statement: statement?.digest ?? '' }),
    );
    expect(await decide('dana.whitfield')).toMatchObject({ approvals: 1 });
  });

  it('refuses to sign when the clock stands before the evidence, or after the key ran out', async () => {
    await freeze();
    clock = '2026-09-30T00:00:00.000Z';
    await refusedWith(/clock of this machine stands before/, () => decide('dana.whitfield'));
    clock = '2028-01-01T00:00:00.000Z';
    await refusedWith(/valid only until 2028-01-01/, () => decide('dana.whitfield'));
  });

  it('refuses to freeze files that are not those that were imported', async () => {
    const card = join(workspacePaths(world.workspace.folder).releases, world.release, 'model-card.md');
    writeFileSync(card, `${readFileSync(card, 'utf8')}changed`);
    await refusedWith(/are not those that were imported/, () => freeze());
  });

  it('refuses to freeze a replay that is not finished, or whose report was changed', async () => {
    await refusedWith(/no finished replay/, () =>
      world.signoff.freeze({ releaseDigest: world.release, replayId: 'none' }),
    );
    const replayId = world.replay([gate('pass')]);
    world.workspace.db
      .prepare("UPDATE replay SET report = replace(report, '0.01', '0.09') WHERE id = ?")
      .run(replayId);
    await refusedWith(/not the one that was judged/, () =>
      world.signoff.freeze({ releaseDigest: world.release, replayId }),
    );
  });

  it('says what a release without evidence lacks, and gives no record of it', async () => {
    const detail = await world.signoff.get({ releaseDigest: world.release });
    expect(detail.missing.map(({ what }) => what)).toEqual([
      'a replay of this release on a US snapshot',
      '2 approvals',
    ]);
    await expect(world.signoff.record({ releaseDigest: world.release })).rejects.toThrow(/no decision yet/);
    await expect(world.signoff.get({ releaseDigest: 'x' })).rejects.toThrow(/no release x/);
  });

  it('knows whose keys are here, readable by the owner only', async () => {
    const dana = (await world.signoff.people()).find(({ person }) => person === 'Dana Whitfield');
    expect(dana).toMatchObject({ keyHere: true, notCountedBecause: null });
    const path = join(workspacePaths(world.workspace.folder).keys, `${dana?.keyId}.pem`);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    await freeze();
    rmSync(path);
    await refusedWith(/is missing, so Dana Whitfield cannot sign here/, () => decide('dana.whitfield'));
    writeFileSync(path, readFileSync(join(PEOPLE, 'keys/joel.abernathy.pem')));
    await refusedWith(/holds another key than its name says/, () => decide('dana.whitfield'));
  });

  it('keeps nothing of a decision when its last write fails', async () => {
    await freeze();
    world.workspace.db.exec(
      "CREATE TRIGGER full BEFORE INSERT ON log_checkpoint BEGIN SELECT RAISE(ABORT, 'disk full'); END",
    );
    await refusedWith(/disk full/, () => decide('dana.whitfield'));
    world.workspace.db.exec('DROP TRIGGER full');
    await decide('dana.whitfield');
    expect(world.log.verify().ok).toBe(true);
  });
});
