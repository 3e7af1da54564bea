import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { exported } from '../../fixtures/review/exchanged.ts';
import { keyPath } from '../../../electron/services/signoff/held-keys.ts';
import { createKey } from '../../../electron/services/signoff/key-file.ts';
import { testFolder } from '../../fixtures/replay/folder.ts';
import { commandLine } from './command-line.ts';
import { judgeBlind } from './judge.ts';
import { claimed, created, decided, escalations, PASSPHRASE, reviewWorld } from './world.ts';

const PERIOD = { from: '2020-01-01T00:00:00.000Z', to: '2100-01-01T00:00:00.000Z' };

describe('while a feed is judged blind, who has not judged it', () => {
  test('finds no decision of others on it, by no filter and no word', async () => {
    const world = await reviewWorld();
    const { review } = world.services;
    const { id: campaign } = await created(world, 'blind');
    await world.as('Sam Okafor');
    await judgeBlind(world, campaign);
    expect(await decided(world, campaign)).toHaveLength(2);
    await world.as('Lucia Ortega');
    expect(await decided(world, campaign)).toEqual([]);
    const page = { offset: 0, limit: 10 };
    for (const filter of [{ text: 'secret' }, { person: 'sam.okafor' }, { policy: 'spam' }, { feed: 0 }])
      expect(await review.history({ filter, ...page })).toMatchObject({ total: 0, rows: [] });
    await world.services.roster.lock();
    expect(await decided(world, campaign)).toEqual([]);
    await world.as('Lucia Ortega');
    await judgeBlind(world, campaign);
    expect((await decided(world, campaign)).map(({ person }) => person)).toEqual([
      ...['sam.okafor', 'sam.okafor', 'lucia.ortega', 'lucia.ortega'],
    ]);
  });

  test('sees no escalation of it and moves none, and no audit', async () => {
    const world = await reviewWorld();
    const { review } = world.services;
    const { id: campaign } = await created(world, 'blind');
    await world.as('Sam Okafor');
    await judgeBlind(world, campaign);
    const [escalation] = await escalations(world, campaign);
    const decision = escalation?.decision ?? '';
    await world.as('Mara Quiñones');
    await review.auditDecision({ decision, outcome: 'upheld', note: 'Right.' });
    expect(await escalations(world, campaign)).toHaveLength(1);
    expect(await review.leadAudits({ campaign })).toHaveLength(1);
    await world.as('Lucia Ortega');
    expect(await escalations(world, campaign)).toEqual([]);
    expect(await review.leadAudits({ campaign })).toEqual([]);
    await expect(
      review.moveEscalation({ decision, from: 'escalated', to: 'closed', comment: 'x' }),
    ).rejects.toThrow('judged blind and that you have not judged');
    await expect(review.auditSample({ campaign, count: 5, seed: 1 })).rejects.toThrow(
      'an analyst or approver has to audit',
    );
  });

  test('gets no report and no statements of reasons, which would tell; a lead does', async () => {
    const world = await reviewWorld();
    const { review } = world.services;
    const { id: campaign } = await created(world, 'blind');
    await world.as('Sam Okafor');
    await judgeBlind(world, campaign);
    await expect(review.report({ campaign })).rejects.toThrow(
      'The report tells what others said of 3 feeds that you may still judge blind; judge them first',
    );
    await world.as('Lucia Ortega');
    const out = testFolder();
    const asked = { ...PERIOD, form: 'csv' as const, path: join(out, 'x.csv') };
    await expect(review.statementsOfReasons(asked)).rejects.toThrow(
      'has 2 decisions on feeds that you may still judge blind',
    );
    await world.services.roster.lock();
    await expect(review.report({ campaign })).rejects.toThrow('unlock the key of a lead');
    await world.as('Dana Whitfield');
    expect((await review.report({ campaign })).report.dissent.length).toBeLessThanOrEqual(1);
    expect(await review.statementsOfReasons(asked)).toEqual({ statements: 1, withheld: 0 });
  });

  test('exports from the command line what their key may read, and is told what is withheld and why', async () => {
    const world = await reviewWorld();
    const { folder } = world.workspace;
    const { id: campaign } = await created(world, 'blind');
    await world.as('Sam Okafor');
    await judgeBlind(world, campaign);
    const people = await world.services.signoff.people();
    const keyOf = (name: string) =>
      keyPath(folder, { keyId: people.find(({ person }) => person === name)?.keyId ?? '' });
    const out = join(testFolder(), 'x.json');
    const period = ['--from', '2020-01-01', '--to', '2100-01-01'];
    const run = (...more: string[]) => {
      return commandLine(['review', 'reasons', folder, ...period, '--out', out, ...more]);
    };
    const none = run();
    expect(none.status).not.toBe(0);
    expect(none.said).toMatch(
      /2 decisions of the period .* still judged blind .* --key, or .* --partial\.\n$/,
    );
    expect(existsSync(out)).toBe(false);
    expect(run('--partial')).toEqual({
      status: 0,
      said: `${out} holds 0 statements.\nWithheld: 2 decisions on feeds that are still judged blind; to have them too, name the key of a lead with --key.\n`,
    });
    expect(JSON.parse(readFileSync(out, 'utf8'))).toEqual([]);
    expect(run('--key', keyOf('Lucia Ortega')).said).toContain('judge them first');
    for (const name of ['Sam Okafor', 'Dana Whitfield'])
      expect(run('--key', keyOf(name))).toEqual({ status: 0, said: `${out} holds 1 statement.\n` });
    expect(JSON.parse(readFileSync(out, 'utf8'))).toHaveLength(1);
    const { pem } = createKey(PASSPHRASE);
    const stranger = join(testFolder(), 'stranger.pem');
    writeFileSync(stranger, pem);
    expect(run('--key', stranger)).toEqual({
      status: none.status,
      said: expect.stringContaining("not on the workspace's roster"),
    });
  });

  test('exports their own decisions only, and merging what others export loses none', async () => {
    const world = await reviewWorld();
    const { review } = world.services;
    const { id: campaign } = await created(world, 'blind');
    await world.as('Sam Okafor');
    await judgeBlind(world, campaign);
    await world.as('Lucia Ortega');
    const hers = await exported(review, campaign);
    await world.as('Mara Quiñones');
    const whole = await exported(review, campaign);
    const there = await reviewWorld();
    expect(await there.services.review.merge(hers)).toMatchObject({ added: 0, known: 0 });
    expect(await there.services.review.merge(whole)).toMatchObject({ added: 2, known: 0 });
    expect(await decided(there, campaign)).toHaveLength(2);
  });

  test('is not told by Replay or by What if which feed is whose', async () => {
    const world = await reviewWorld();
    const { replay, weights } = world.services;
    const { id: campaign, snapshot, release, baseline } = await created(world, 'blind');
    await world.as('Sam Okafor');
    const { requestId } = await judgeBlind(world, campaign);
    const asked = { snapshot, requestId, baseline: baseline.digest, candidate: release.digest };
    const kept = { snapshot, requestId, release: release.digest };
    await expect(replay.feed(asked)).resolves.toMatchObject({ request: { requestId } });
    await world.as('Lucia Ortega');
    await expect(replay.feed(asked)).rejects.toThrow('is judged blind in “November, first look”');
    await expect(replay.attribution({ ...asked, topK: 5 })).rejects.toThrow('judged blind');
    await expect(weights.keptFeed(kept)).rejects.toThrow('judged blind');
    await world.services.roster.lock();
    await expect(replay.feed(asked)).rejects.toThrow('unlock the key of a lead');
    await world.as('Mara Quiñones');
    await expect(weights.keptFeed(kept)).resolves.toMatchObject({ request: { requestId } });
  });
});

test('a feed that enough people judged is open to all, and so is an open campaign but for second reviews', async () => {
  const world = await reviewWorld();
  const { review } = world.services;
  const { id: campaign } = await created(world, 'blind');
  for (const person of ['Sam Okafor', 'Lucia Ortega']) {
    await world.as(person);
    for (let count = 0; count < 4; count += 1) await judgeBlind(world, campaign);
  }
  await world.services.roster.lock();
  expect(await decided(world, campaign)).toHaveLength(16);
  expect((await review.report({ campaign })).report.coverage.reviewed).toBe(4);
  await world.as('Sam Okafor');
  const { id: open } = await review.create({
    ...{ replayId: world.replayId, policies: world.policies, mode: 'open', name: 'Seconds', due: null },
    ...{ seed: 2, reviewersPerFeed: 1, secondReview: 0.5, strata: [{ method: 'uniform', count: 4 }] },
  });
  for (let left = 4; left > 0; left -= 1) {
    const { feed, revision } = await claimed(world, open);
    const at = { campaign: open, feed };
    const ruling = { kind: 'feed', verdict: 'acceptable', note: '' } as const;
    await review.submit({ ...at, revision: (await review.rule({ ...at, revision, ruling })).revision });
  }
  await world.as('Lucia Ortega');
  expect(await decided(world, open)).toHaveLength(2);
});
