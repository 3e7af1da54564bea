import { expect, test } from 'vitest';
import { reportOf } from '../../../electron/services/review/reports.ts';
import { summedUp } from '../../../electron/services/review/sum-up.ts';
import { WorkerPool } from '../../../electron/workers/pool.ts';
import { replayWorker } from '../../fixtures/replay/made.ts';
import { judgeBlind } from './judge.ts';
import { created, reviewWorld } from './world.ts';

const GATES = `version: 1
revision: 1
gates:
  - {name: whole, title: Bundle is whole, fact: bundle_intact, required: true, reason: r}
  - {name: closed, title: Nothing is escalated, fact: open_escalations, max: 0, required: true, reason: r}
  - {name: looked, title: People looked, fact: review_coverage, min: 0.5, required: false, reason: r}
`;

/** A release in review, replayed under gates that ask for its review, with a blind campaign that Sam began. */
async function inReview() {
  const world = await reviewWorld(GATES);
  const { services, workspace, replayId } = world;
  const campaign = await created(world, 'blind');
  const releaseDigest = campaign.release.digest;
  workspace.db.prepare(`UPDATE release SET state = 'in review' WHERE digest = ?`).run(releaseDigest);
  await world.as('Sam Okafor');
  await judgeBlind(world, campaign.id);
  const get = () => services.signoff.get({ releaseDigest });
  const freeze = () => services.signoff.freeze({ releaseDigest, replayId });
  return { world, campaign: campaign.id, releaseDigest, get, freeze };
}

const namesOf = ({ gates }: { gates: readonly { name: string }[] }) => gates.map(({ name }) => name);

test('a sign-off tells who may still judge blind nothing of what reviewers said, and a lead all of it', async () => {
  const { world, get } = await inReview();
  for (const look of [() => world.as('Lucia Ortega'), () => world.services.roster.lock()]) {
    await look();
    const detail = await get();
    expect(namesOf(detail)).toEqual(['whole']);
    expect(detail.withheld).toMatch(
      /feeds? that you may still judge blind; (judge them first|unlock the key)/,
    );
    expect(JSON.stringify(detail.missing)).not.toContain('Nothing is escalated');
    expect(detail.missing).toContainEqual({
      what: 'what reviewers found, which is withheld from you',
      route: expect.any(String),
    });
    expect(JSON.stringify((await world.services.workspace.overview()).awaiting)).not.toContain('escalated');
  }
  await world.as('Dana Whitfield');
  const detail = await get();
  expect(detail.withheld).toBeNull();
  expect(namesOf(detail)).toEqual(['whole', 'closed', 'looked']);
  expect(JSON.stringify(detail.missing)).toContain('Nothing is escalated');
});

test('frozen evidence is withheld too: nobody reads, signs or gives out what they may not read', async () => {
  const { world, releaseDigest, get, freeze } = await inReview();
  const { signoff } = world.services;
  await world.as('Lucia Ortega');
  const frozen = await freeze();
  expect(frozen.statement).toMatchObject({ json: null, toWaive: [] });
  expect(namesOf(frozen)).toEqual(['whole']);
  const decision = {
    ...{ releaseDigest, statementDigest: frozen.statement?.digest ?? '', decision: 'refuse' as const },
    ...{ keyId: await world.keyOf('Dana Whitfield'), reason: 'Too many scams.', conditions: '' },
  };
  await expect(signoff.preview(decision)).rejects.toThrow('judge blind');
  await expect(signoff.handOver({ releaseDigest })).rejects.toThrow('judge blind');
  await world.as('Dana Whitfield');
  const shown = await get();
  expect(JSON.parse(shown.statement?.json ?? '{}')).toMatchObject({
    predicate: { review: { coverage: { reviewers: 1 }, escalations: { open: 1 } } },
  });
  expect(shown.statement?.toWaive).toEqual([{ gate: 'looked', title: 'People looked' }]);
  expect((await signoff.preview(decision)).json).toContain(frozen.statement?.digest);
});

test('once a reviewer judged every feed, the sign-off is open to them', async () => {
  const { world, campaign, get } = await inReview();
  await world.as('Lucia Ortega');
  while ((await world.services.review.claim({ campaign })) !== null) await judgeBlind(world, campaign);
  expect((await get()).withheld).toBeNull();
});

test('a report made on a thread of its own is the one made here, to the digest, and is made once for all who wait', async () => {
  const { world, campaign } = await inReview();
  const pool = new WorkerPool(replayWorker, 1);
  const source = { workspace: world.workspace, pool, jobs: world.services.jobs };
  const [first, second] = [reportOf(source, campaign, 1), reportOf(source, campaign, 1)];
  expect(second).toBe(first);
  expect(await first).toEqual(summedUp(world.workspace.db, campaign));
  await pool.close();
});
