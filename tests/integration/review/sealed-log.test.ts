import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { WITHHELD } from '../../../electron/services/audit/withheld.ts';
import { testFolder } from '../../fixtures/replay/folder.ts';
import { judgeBlind } from './judge.ts';
import { claimed, created, decided, escalations, type ReviewWorld, reviewWorld } from './world.ts';

const SPOKEN = ['a lead’s note', 'a comment', 'a title', 'words of a hand-over', 'false positive'];

const found = async ({ services }: ReviewWorld, search: string) =>
  (await services.audit.entries({ offset: 0, limit: 100, search })).rows;

/** A blind campaign in which Sam judged a feed, changed it in bulk and handed another one over, and a lead spoke of it. */
async function spoken() {
  const world = await reviewWorld();
  const { review } = world.services;
  const { id: campaign } = await created(world, 'blind');
  await world.as('Sam Okafor');
  await judgeBlind(world, campaign);
  const bulk = {
    filter: { campaign },
    ruling: { actions: ['demote' as const], policy: 'spam', reason: 'fraud', severity: 3, note: '' },
  };
  const { digest } = await review.previewBulk(bulk);
  await review.applyBulk({ change: bulk, digest, title: 'a title' });
  const { feed } = await claimed(world, campaign);
  await review.handOver({ campaign, feed, to: 'lucia.ortega', note: 'words of a hand-over' });
  const [, item] = await decided(world, campaign);
  const [escalation] = await escalations(world, campaign);
  await world.as('Mara Quiñones');
  await review.moveEscalation({
    ...{ decision: escalation?.decision ?? '', from: 'escalated', to: 'closed', comment: 'a comment' },
  });
  await review.auditDecision({
    ...{ decision: item?.id ?? '', outcome: 'false positive', note: 'a lead’s note' },
  });
  return { world, campaign };
}

test('what leads and reviewers wrote of a feed stands in the log for them, and not for who may still judge it blind', async () => {
  const { world } = await spoken();
  const { audit, roster, workspace } = world.services;
  for (const words of SPOKEN) expect(await found(world, words)).toHaveLength(1);
  await world.as('Sam Okafor');
  for (const words of SPOKEN) expect(await found(world, words)).toHaveLength(1);
  await roster.lock();
  for (const words of SPOKEN) expect(await found(world, words)).toEqual([]);
  await world.as('Lucia Ortega');
  for (const words of SPOKEN)
    // what was handed over to her is for her to read
    expect(await found(world, words)).toHaveLength(words === 'words of a hand-over' ? 1 : 0);
  const shown = await Promise.all(
    ['review.audit', 'review.escalation', 'review.bulk'].map((of) => found(world, of)),
  );
  expect(shown.map((rows) => rows.map(({ body }) => body.includes(WITHHELD)))).toEqual([
    [true],
    [true],
    [true],
  ]);
  const { week } = await workspace.overview();
  expect(JSON.stringify(week)).not.toContain('a lead’s note');
  expect((await audit.verify()).ok).toBe(true);
});

test('a period with such words is exported by who may read them, and its proofs are everybody’s', async () => {
  const { world } = await spoken();
  const { audit } = world.services;
  const path = join(testFolder(), 'log.json');
  await audit.exportPeriod({ path });
  expect(readFileSync(path, 'utf8')).toContain('a lead’s note');
  const [entry] = await found(world, 'review.audit');
  const proof = await audit.prove({ seq: entry?.seq ?? 0 });
  await world.as('Lucia Ortega');
  rmSync(path);
  await expect(audit.exportPeriod({ path })).rejects.toThrow(
    'holds notes on feeds that you may still judge blind',
  );
  expect(existsSync(path)).toBe(false);
  expect(await audit.prove({ seq: entry?.seq ?? 0 })).toEqual(proof);
});

test('once a reviewer judged the feed too, they read what was written of it', async () => {
  const { world, campaign } = await spoken();
  await world.as('Lucia Ortega');
  while ((await world.services.review.claim({ campaign })) !== null) await judgeBlind(world, campaign);
  for (const words of SPOKEN) expect(await found(world, words)).toHaveLength(1);
});

test('the reason of a batch and the counts by policy are withheld from who may still judge its feeds blind', async () => {
  const { world, campaign } = await spoken();
  const { review, roster } = world.services;
  await world.as('Lucia Ortega');
  expect(await review.batches()).toMatchObject([{ person: 'sam.okafor', title: null, decisions: 1 }]);
  expect(await review.quality({ campaign })).toMatchObject({
    policies: [],
    withheld: expect.stringContaining('you may still judge blind; judge them first'),
  });
  await roster.lock();
  expect((await review.batches()).map(({ title }) => title)).toEqual([null]);
  for (const name of ['Sam Okafor', 'Mara Quiñones']) {
    await world.as(name);
    expect((await review.batches()).map(({ title }) => title)).toEqual(['a title']);
  }
  const { policies, withheld } = await review.quality({ campaign });
  expect([policies.map(({ policy }) => policy), withheld]).toEqual([['spam'], null]);
});
