import { expect, test } from 'vitest';
import { exported } from '../../fixtures/review/exchanged.ts';
import { testFolder } from '../../fixtures/replay/folder.ts';
import { openServices } from '../../fixtures/replay/services.ts';
import { PASSPHRASE } from '../../fixtures/review/workload/people.ts';
import { SMALL_SIZE } from '../../fixtures/review/workload/size.ts';
import { makeWorkload } from '../../fixtures/review/workload/workload.ts';

test('a made-up workspace under work answers every question of review, and its log holds', async () => {
  const now = new Date().toISOString();
  const { folder, campaigns, workers, lead, decisions } = await makeWorkload(testFolder(), SMALL_SIZE, now);
  const { services } = openServices(folder);
  const { review, roster } = services;
  expect(decisions).toBeGreaterThanOrEqual(SMALL_SIZE.decisions);
  const [first, second] = campaigns;
  const campaign = first?.id ?? '';
  await roster.unlock({ keyId: lead.keyId, passphrase: PASSPHRASE, minutes: 60 });
  const all = await review.history({ filter: {}, offset: 0, limit: 100 });
  expect(all.total).toBe(decisions);
  expect(all.rows.every(({ caption, ruling }) => (ruling.kind === 'item') === (caption !== null))).toBe(true);
  const listed = await review.campaigns();
  expect(listed.map(({ coverage }) => coverage.feeds).toSorted((a, b) => b - a)[0]).toBeGreaterThan(70);
  const queues = await review.queues();
  expect(queues.reduce((sum, { waiting, done }) => sum + waiting + done, 0)).toBeGreaterThan(
    SMALL_SIZE.feeds * 0.9,
  );
  expect((await review.report({ campaign })).report.agreement.feeds.value).toBeGreaterThan(0);
  expect((await review.quality({ campaign: second?.id ?? '' })).reviewers.length).toBeGreaterThan(0);
  expect(
    (await review.escalations({ filter: {}, sort: 'urgency', desc: false, offset: 0, limit: 1 })).total,
  ).toBeGreaterThan(0);
  const file = await exported(review, campaign);
  expect(await review.merge(file)).toMatchObject({ added: 0, conflicts: [] });
  await roster.unlock({ keyId: workers[0]?.keyId ?? '', passphrase: PASSPHRASE, minutes: 60 });
  const task = await review.claim({ campaign });
  expect(task?.items.length).toBeGreaterThan(2);
  const places = task?.sides.flatMap((side) => side.places) ?? [];
  expect(places.length).toBeGreaterThan(2);
  expect((await services.audit.verify()).ok).toBe(true);
});
