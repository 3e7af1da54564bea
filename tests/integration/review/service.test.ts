import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { testFolder } from '../../fixtures/replay/folder.ts';
import { reviewEvidence } from '../../../shared/domain/review/report.ts';
import { reviewOfRelease } from '../../../electron/services/review/reports.ts';
import { workspacePaths } from '../../../electron/database/workspace/open.ts';
import { campaignReport } from '../../../electron/workers/review.ts';
import { openServices } from '../../fixtures/replay/services.ts';
import { exported } from '../../fixtures/review/exchanged.ts';
import { demote, judge, verdict } from './judge.ts';
import { claimed, created, decided, escalations, PASSPHRASE, reviewWorld } from './world.ts';

describe('an open campaign', () => {
  test('is drawn, worked by two people, reversed, summed up and put into the evidence', async () => {
    const world = await reviewWorld();
    const { review, audit } = world.services;
    const { id, release, coverage } = await created(world);
    expect(coverage).toMatchObject({ feeds: 4, begun: 0, strata: [{ feeds: 2 }, { feeds: 2 }] });
    await world.as('Sam Okafor');
    for (let feed = 0; feed < 4; feed += 1) await judge(world, id);
    expect(await review.claim({ campaign: id })).toBeNull();
    await world.as('Lucia Ortega');
    const { decisions } = await judge(world, id, verdict('not acceptable', 'Three scams on top'));
    const all = await decided(world, id);
    expect(all.find(({ ruling }) => 'itemId' in ruling)).toMatchObject({
      person: 'sam.okafor',
      seen: {
        snapshot: expect.stringMatching(/^[0-9a-f]{64}$/),
        releases: [release.digest],
        policies: world.policies,
      },
      ruling: { revealed: true },
    });
    const { report, digest } = await review.report({ campaign: id });
    const path = workspacePaths(world.folder).database;
    const task = { path, campaign: id, total: report.decisions, shared: new Int32Array(2) };
    expect(await campaignReport(task)).toEqual({ ok: true, value: { report, digest } });
    expect(report.coverage).toMatchObject({ feeds: 4, begun: 4, reviewed: 1 });
    const items: unknown = expect.any(Number);
    expect(report.harms).toEqual([{ policy: 'spam', depth: 0, own: items, items, feeds: [0, 1, 2, 3] }]);
    expect(report.harmed).toEqual({ items: report.harms[0]?.items, feeds: 4 });
    expect(report.dissent).toMatchObject([{ person: 'lucia.ortega', feed: 0, note: 'Three scams on top' }]);
    expect(report.agreement.feeds).toMatchObject({
      value: null,
      because: expect.stringContaining('not enough overlap'),
    });
    const source = { workspace: world.workspace, pool: null };
    expect(await reviewOfRelease(source, release.digest)).toEqual({ report, digest });
    expect(await reviewOfRelease(source, 'another')).toBeNull();
    expect(reviewEvidence(report, digest)).toMatchObject({
      reportDigest: digest,
      coverage: { requests: 4, reviewed: 1, reviewers: 2 },
      agreement: null,
      dissent: [{ person: 'lucia.ortega', reason: 'Feed 1: not acceptable. Three scams on top' }],
    });

    const [, feedDecision = ''] = decisions;
    await expect(review.reverse({ decision: feedDecision, ruling: demote('1') })).rejects.toThrow(
      'speaks of the same',
    );
    const reversal = await review.reverse({ decision: feedDecision, ruling: verdict('acceptable') });
    expect(reversal.reverses).toBe(feedDecision);
    await expect(
      review.reverse({ decision: feedDecision, ruling: verdict('acceptable') }),
    ).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringMatching(
        /^lucia\.ortega reversed this decision at \S+: on feed it now says “acceptable”, not “not acceptable”; read/,
      ),
    });
    const after = await review.report({ campaign: id });
    expect(after.report.dissent).toEqual([]);
    expect(after.digest).not.toBe(digest);
    expect((await decided(world, id)).find(({ id }) => id === feedDecision)?.reversedBy).toBe(reversal.id);
    expect((await audit.verify()).ok).toBe(true);
    const { rows } = await audit.entries({ offset: 0, limit: 20, search: 'review.' });
    expect(rows.map(({ action, actor }) => `${actor} ${action}`).slice(0, 3)).toEqual([
      'lucia.ortega review.reverse',
      'lucia.ortega review.submit',
      'sam.okafor review.submit',
    ]);
  });

  test('keeps every step on disk, takes it back until it is submitted, and refuses what is stale', async () => {
    const world = await reviewWorld();
    const { review } = world.services;
    const { id: campaign } = await created(world);
    await world.as('Sam Okafor');
    const { feed, revision, sides } = await claimed(world, campaign);
    const top = sides[0]?.places[0] ?? '';
    const at = (revision: number) => ({ campaign, feed, revision });
    const first = await review.rule({ ...at(revision), ruling: demote(top) });
    const second = await review.rule({ ...at(first.revision), ruling: verdict('acceptable') });
    const other = openServices(world.folder);
    const keyId = (await review.reviewer())?.keyId ?? '';
    await other.services.roster.unlock({ keyId, passphrase: PASSPHRASE, minutes: 60 });
    expect(await other.services.review.claim({ campaign })).toMatchObject({
      feed,
      steps: [demote(top), verdict('acceptable')],
    });
    const undone = await other.services.review.undo(at(second.revision));
    expect(undone.steps).toEqual([demote(top)]);
    await expect(review.submit(at(second.revision))).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining(`the last ruling is now on item ${top}`),
    });
    await expect(review.submit(at(undone.revision))).rejects.toThrow('no verdict yet');
    const { revision: last } = await review.rule({ ...at(undone.revision), ruling: verdict('acceptable') });
    await review.submit(at(last));
    await expect(other.services.review.undo(at(last))).rejects.toThrow('was submitted meanwhile');
  });

  test('is for reviewers of the US team with a key of their own, and for rulings its policies allow', async () => {
    const world = await reviewWorld();
    const { review, roster, signoff } = world.services;
    const { id: campaign } = await created(world);
    await expect(review.claim({ campaign })).rejects.toThrow(
      'Mara Quiñones is analyst on the roster, not reviewer',
    );
    await roster.lock();
    await expect(review.claim({ campaign })).rejects.toThrow('Nobody has unlocked a key');
    await expect(world.as('Wei Larsen')).rejects.toThrow('only the US team works here');
    const minutes = 60;
    await expect(roster.unlock({ keyId: 'ff', passphrase: 'x', minutes })).rejects.toThrow(
      'not on the roster',
    );
    const sam = (await signoff.people()).find(({ person }) => person === 'Sam Okafor')?.keyId ?? '';
    await expect(roster.unlock({ keyId: sam, passphrase: 'wrong', minutes })).rejects.toThrow(
      'does not open',
    );
    await world.as('Sam Okafor');
    const { feed, revision } = await claimed(world, campaign);
    const at = { campaign, feed, revision };
    await expect(review.rule({ ...at, ruling: { ...demote('1'), reason: null } })).rejects.toThrow(
      'reason code',
    );
    await expect(
      review.rule({ ...at, ruling: { kind: 'preference', preferred: 'left', note: '' } }),
    ).rejects.toThrow('takes a feed ruling');
    await expect(review.rule({ ...at, feed: 3, ruling: verdict('acceptable') })).rejects.toThrow(
      'claim it first',
    );
    const unseen = { ...at, ruling: demote('elsewhere') };
    await expect(review.rule(unseen)).rejects.toMatchObject({
      code: 'refused',
      message: `Item elsewhere is not in feed ${feed + 1} as it is shown; rule on an item that is.`,
    });
    const uncovered = ['elsewhere'];
    await expect(
      review.rule({ ...at, ruling: { ...verdict('acceptable'), uncovered } }),
    ).rejects.toMatchObject({ code: 'refused' });
    expect((await claimed(world, campaign)).steps).toEqual([]);
  });

  test('leaves a feed to one person at a time, and gives it back with its draft when the lease ended', async () => {
    const world = await reviewWorld();
    const { review } = world.services;
    const { id: campaign } = await review.create({
      ...{
        replayId: world.replayId,
        policies: world.policies,
        mode: 'open',
        name: 'One each',
        due: null,
        seed: 1,
      },
      ...{ reviewersPerFeed: 1, strata: [{ method: 'uniform', count: 1 }] },
    });
    await world.as('Sam Okafor');
    const { feed, revision, sides } = await claimed(world, campaign);
    const ruling = demote(sides[0]?.places[0] ?? '');
    await review.rule({ campaign, feed, revision, ruling });
    await world.as('Lucia Ortega');
    expect(await review.claim({ campaign })).toBeNull();
    world.workspace.db.prepare(`UPDATE review_assignment SET lease_until = '2020-01-01T00:00:00.000Z'`).run();
    expect((await claimed(world, campaign)).steps).toEqual([]);
    await world.as('Sam Okafor');
    expect((await claimed(world, campaign)).steps).toEqual([ruling]);
  });
});

test('every decision of a feed names the stills that were uncovered by then, and carries them to other workspaces', async () => {
  const [here, there] = [await reviewWorld(), await reviewWorld()];
  const { review } = here.services;
  const { id: campaign } = await created(here);
  await here.as('Sam Okafor');
  const { feed, revision, sides } = await claimed(here, campaign);
  const [first = '', second = ''] = sides[0]?.places ?? [];
  const at = { campaign, feed };
  const item = { ...demote(first), uncovered: [first] };
  const drafted = await review.rule({ ...at, revision, ruling: item });
  const said = { ...verdict('not acceptable'), uncovered: [first, second] };
  const whole = await review.rule({ ...at, revision: drafted.revision, ruling: said });
  await review.submit({ ...at, revision: whole.revision });
  const rulings = async (world: typeof here) => (await decided(world, campaign)).map(({ ruling }) => ruling);
  expect(await rulings(here)).toEqual([item, said]);
  await there.services.review.merge(await exported(review, campaign));
  expect(await rulings(there)).toEqual([item, said]);
});

test('a blind campaign shows two feeds that nothing tells apart, and finds which release was preferred', async () => {
  const world = await reviewWorld();
  const { review } = world.services;
  const { id: campaign, release, baseline } = await created(world, 'blind');
  await world.as('Sam Okafor');
  for (let count = 0; count < 4; count += 1) {
    const task = await claimed(world, campaign);
    expect(task.sides.map(({ name, arithmetic }) => ({ name, arithmetic }))).toEqual([
      { name: 'Left feed', arithmetic: null },
      { name: 'Right feed', arithmetic: null },
    ]);
    const ids = task.items.map(({ itemId }) => itemId);
    expect(ids).toEqual(ids.toSorted());
    expect(task.items.map(({ ordinal }) => ordinal)).toEqual(ids.map((_, at) => at));
    for (const { loggedPosition, feedback } of task.items)
      expect({ loggedPosition, feedback }).toEqual({ loggedPosition: null, feedback: [] });
    const text = JSON.stringify(task);
    for (const secret of [release.digest, baseline.digest, release.name, 'finalScore', '"left"'])
      expect(text).not.toContain(secret);
    const { feed, revision } = task;
    const ruling = { kind: 'preference', preferred: 'left', note: 'calmer' } as const;
    const draft = await review.rule({ campaign, feed, revision, ruling });
    await review.submit({ campaign, feed, revision: draft.revision });
  }
  const left = (await decided(world, campaign)).map(({ seen }) => seen.releases[0]);
  const { report } = await review.report({ campaign });
  const candidate = left.filter((digest) => digest === release.digest).length;
  expect(report.preference).toMatchObject({ candidate, stated: 4, share: candidate / 4 });
  expect(report.verdicts.map(({ count }) => count)).toEqual([candidate, 0, 4 - candidate]);
});

test('statements of reasons name every restriction, and their cells are no formulas', async () => {
  const world = await reviewWorld();
  const { review } = world.services;
  const { id: campaign } = await created(world);
  await world.as('Sam Okafor');
  await judge(world, campaign, verdict('acceptable'), '=HYPERLINK("x")');
  await judge(world, campaign);
  const period = { from: '2020-01-01T00:00:00.000Z', to: '2100-01-01T00:00:00.000Z' };
  const folder = testFolder();
  const [json, csv] = [join(folder, 'x.json'), join(folder, 'x.csv')];
  const whole = await review.statementsOfReasons({ ...period, form: 'json', path: json });
  expect(whole).toEqual({ statements: 2, withheld: 0 });
  expect(JSON.parse(readFileSync(json, 'utf8'))).toMatchObject([
    {
      category: 'STATEMENT_CATEGORY_SCAMS_AND_FRAUD',
      decision_visibility: 'DECISION_VISIBILITY_CONTENT_DEMOTED',
      reason: 'Fraud or phishing',
      jurisdiction: 'US',
    },
    {},
  ]);
  await review.statementsOfReasons({ ...period, form: 'csv', path: csv });
  expect(readFileSync(csv, 'utf8').split('\r\n')).toHaveLength(4);
  expect(readFileSync(csv, 'utf8')).toContain(`"'=HYPERLINK(""x"")"`);
  const none = await review.statementsOfReasons({
    ...{ from: period.from, to: '2020-01-02', form: 'csv', path: csv },
  });
  expect(none.statements).toBe(0);
});

test('an escalation moves as its states allow, and not from a state it has left', async () => {
  const world = await reviewWorld();
  const { review } = world.services;
  const { id: campaign } = await created(world);
  await world.as('Sam Okafor');
  await judge(world, campaign);
  const [escalation] = await escalations(world, campaign);
  expect(escalation).toMatchObject({ state: 'escalated', next: ['open', 'closed'], raisedBy: 'sam.okafor' });
  const decision = escalation?.decision ?? '';
  await expect(
    review.moveEscalation({ decision, from: 'escalated', to: 'queued', comment: '' }),
  ).rejects.toThrow('cannot become queued');
  await review.moveEscalation({ decision, from: 'escalated', to: 'closed', comment: 'seen' });
  await expect(
    review.moveEscalation({ decision, from: 'escalated', to: 'open', comment: '' }),
  ).rejects.toMatchObject({ code: 'conflict' });
  expect((await review.report({ campaign })).report.escalations).toEqual({ open: 0, closed: 1 });
});
