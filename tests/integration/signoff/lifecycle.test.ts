import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { runCli } from '../../../electron/cli/program.ts';
import type { DecisionInput, SignoffDetail } from '../../../shared/contract/signoff.ts';
import type { ReleaseAction } from '../../../shared/domain/release/lifecycle.ts';
import { listReleases } from '../../../electron/database/workspace/releases.ts';
import { workspacePaths } from '../../../electron/database/workspace/open.ts';
import { withStanding } from '../../../electron/services/signoff/standing.ts';
import { verifyRecord } from '../../../electron/services/signoff/verify-record.ts';
import { gate, NOW, openWorld, PASSPHRASE, PEOPLE, type World } from './world.ts';

let world: World;
let clock = NOW;
beforeEach(async () => {
  clock = NOW;
  world = await openWorld(() => clock);
});
afterEach(() => world.close());

const advisory = { ...gate('fail', false), name: 'snapshot_recent', title: 'Snapshot is recent' };
const rosters = [{ name: 'roster.json', text: readFileSync(join(PEOPLE, 'roster.json'), 'utf8') }];

const freeze = (gates = [gate('pass')]) =>
  world.signoff.freeze({ releaseDigest: world.release, replayId: world.replay(gates) });

async function decision(person: string, change: Partial<DecisionInput> = {}): Promise<DecisionInput> {
  const { statement } = await world.signoff.get({ releaseDigest: world.release });
  return {
    releaseDigest: world.release,
    statementDigest: statement?.digest ?? '',
    keyId: world.keyOf(person),
    decision: 'approve',
    reason: 'I looked.',
    conditions: '',
    ...change,
  };
}
const decide = async (person: string, change: Partial<DecisionInput> = {}): Promise<SignoffDetail> =>
  world.signoff.sign({ ...(await decision(person, change)), passphrase: PASSPHRASE });

const act = (action: ReleaseAction, people: string[], change: { reason?: string; release?: string } = {}) =>
  world.signoff.act({
    releaseDigest: change.release ?? world.release,
    action,
    reason: change.reason ?? 'As agreed.',
    globalDecision: 'Approved by Wei Larsen on 2026-09-20, ticket 17.',
    signers: people.map((person) => ({ keyId: world.keyOf(person), passphrase: PASSPHRASE })),
  });

const setState = (state: string, digest = world.release): void => {
  world.workspace.db.prepare('UPDATE release SET state = ? WHERE digest = ?').run(state, digest);
};
const shown = (digest = world.release) =>
  withStanding(world.workspace, listReleases(world.workspace.db), clock).find((row) => row.digest === digest);
const approve = async () => {
  await decide('dana.whitfield');
  return decide('joel.abernathy');
};

async function refusedWith(sentence: RegExp, call: () => Promise<unknown>): Promise<void> {
  const counts = () =>
    ['signoff', 'release_action', 'log_entry'].map((table) =>
      world.workspace.db.prepare(`SELECT count(*) FROM ${table}`).pluck().get(),
    );
  const before = [counts(), shown()?.state];
  await expect(call()).rejects.toThrow(sentence);
  expect([counts(), shown()?.state]).toEqual(before);
}

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

describe('evidence frozen before statements named their gates', () => {
  it('is no evidence any more, and stops nobody from freezing anew', async () => {
    await freeze();
    const { db } = world.workspace;
    db.exec('DROP TRIGGER statement_no_update');
    db.exec(`UPDATE statement SET payload = json_remove(payload, '$.predicate.gateRules')`);
    expect((await world.signoff.get({ releaseDigest: world.release })).statement).toBeNull();
    clock = '2026-10-02T12:00:00.000Z';
    expect((await freeze()).statement).not.toBeNull();
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

describe('stale evidence', () => {
  it('made with other gates is marked, not frozen, and what was frozen from it is not signed', async () => {
    await freeze();
    const { gates } = workspacePaths(world.workspace.folder);
    writeFileSync(gates, readFileSync(gates, 'utf8').replace('revision: 1', 'revision: 2'));
    const stale = await world.signoff.get({ releaseDigest: world.release });
    expect(stale.replays[0]?.staleBecause).toContain('judged by other gates');
    expect(stale.statement?.staleBecause).toContain('revision 1, now 2');
    await refusedWith(/gates changed since/, () => decide('dana.whitfield'));
    await expect(
      world.signoff.freeze({ releaseDigest: world.release, replayId: 'replay-1' }),
    ).rejects.toThrow('judged by other gates');
    await freeze();
    expect((await decide('dana.whitfield')).approvals).toBe(1);
  });

  it('made for other bytes of the version, or on another snapshot than the statement, is marked', async () => {
    const { db } = world.workspace;
    await freeze();
    const other = 'e'.repeat(64);
    db.exec(`INSERT INTO release (digest, name, version, team, manifest, state, imported_at, bytes, file_count)
      SELECT '${other}', name, version, team, manifest, 'draft', imported_at, bytes, file_count FROM release
      WHERE digest = '${world.release}'`);
    const bytes = world.replay([gate('pass')]);
    db.prepare('UPDATE replay SET candidate_digest = ? WHERE id = ?').run(other, bytes);
    const snapshot = world.replay([gate('pass')]);
    db.prepare(
      `UPDATE replay SET report = json_set(report, '$.snapshot.digest', ?, '$.snapshot.name', 'june') WHERE id = ?`,
    ).run('f'.repeat(64), snapshot);
    const { replays } = await world.signoff.get({ releaseDigest: world.release });
    const because = new Map(replays.map(({ id, staleBecause }) => [id, staleBecause]));
    expect(because.get('replay-1')).toBeNull();
    expect(because.get(bytes)).toContain('other bytes of this version');
    expect(because.get(snapshot)).toContain('made on the snapshot june');
    await expect(world.signoff.freeze({ releaseDigest: world.release, replayId: bytes })).rejects.toThrow(
      'other bytes',
    );
  });
});

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
