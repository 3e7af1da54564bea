import { describe, expect, test } from 'vitest';
import { workspacePaths } from '../../../electron/database/workspace/open.ts';
import { campaignQuality } from '../../../electron/workers/review.ts';
import type { GoldenAnswer } from '../../../shared/domain/review/campaign.ts';
import { exported } from '../../fixtures/review/exchanged.ts';
import { claimed, decided, reviewWorld, type ReviewWorld } from './world.ts';

type Verdict = 'acceptable' | 'not acceptable';

/** Judges every feed that is left for the person at the window. */
async function judgeAll(
  world: ReviewWorld,
  campaign: string,
  verdict: Verdict,
  actions: ('fine' | 'demote')[] = ['fine'],
) {
  const { review } = world.services;
  for (let task = await review.claim({ campaign }); task !== null; task = await review.claim({ campaign })) {
    const at = { campaign, feed: task.feed };
    const itemId = task.sides[0]?.places[0] ?? '';
    const policy = actions.includes('demote')
      ? { policy: 'spam', reason: 'fraud', severity: 2 }
      : { policy: null, reason: null, severity: null };
    const first = await review.rule({
      ...{ ...at, revision: task.revision },
      ruling: { kind: 'item', itemId, actions, note: '', revealed: false, ...policy },
    });
    const ruling = { kind: 'feed', verdict, note: '' } as const;
    const { revision } = await review.rule({ ...at, revision: first.revision, ruling });
    await review.submit({ ...at, revision });
  }
}

/** The figures of quality as a thread works them out; `stop` 1: as it is asked to stop. */
const onThread = ({ folder }: ReviewWorld, campaign: string, stop = 0) =>
  campaignQuality({
    ...{ path: workspacePaths(folder).database, campaign, total: 1 },
    shared: Int32Array.of(0, stop),
  });

const create = (
  { services, replayId, policies }: ReviewWorld,
  more: {
    golden?: { requestId: string; answer: GoldenAnswer }[];
    secondReview?: number;
    reviewersPerFeed?: number;
  },
) =>
  services.review.create({
    ...{ replayId, policies, mode: 'open', name: 'Quality', due: null, seed: 3, reviewersPerFeed: 1 },
    strata: [{ method: 'uniform', count: 8 }],
    ...more,
  });

test('golden feeds and second reviews measure reviewers, and say nothing of the release', async () => {
  const world = await reviewWorld();
  const { review, replay } = world.services;
  const query = {
    replayId: world.replayId,
    sort: 'requestId',
    descending: false,
    search: '',
    only: 'all',
  } as const;
  const { rows, total } = await replay.requests({ ...query, offset: 0, limit: 2 });
  const golden = rows.map(({ requestId }) => ({
    requestId,
    answer: { verdict: 'acceptable', items: [] } as GoldenAnswer,
  }));
  const { id: campaign, coverage } = await create(world, { golden, secondReview: 0.5 });
  const drawn = coverage.feeds;
  expect(drawn).toBe(Math.min(8, total - 2));
  await world.as('Sam Okafor');
  expect(JSON.stringify(await claimed(world, campaign))).not.toContain('answer');
  await judgeAll(world, campaign, 'acceptable');
  await world.as('Lucia Ortega');
  await judgeAll(world, campaign, 'not acceptable');
  const second = Math.round(drawn / 2);
  await expect(review.quality({ campaign })).resolves.toMatchObject({
    reviewers: [{ person: 'lucia.ortega', golden: { hits: 0, of: 2 } }],
    team: { golden: { hits: 2, of: 4 }, second: { hits: 0, of: 2 * second } },
  });
  await world.as('Mara Quiñones');
  const { withheld, ...quality } = await review.quality({ campaign });
  expect(withheld).toBeNull();
  expect(await onThread(world, campaign)).toEqual({ ok: true, value: quality });
  expect(await onThread(world, campaign, 1)).toMatchObject({ ok: false, error: { code: 'cancelled' } });
  expect(quality.reviewers).toMatchObject([
    {
      person: 'lucia.ortega',
      feeds: second + 2,
      golden: { hits: 0, of: 2 },
      second: { hits: 0, of: second },
    },
    {
      person: 'sam.okafor',
      feeds: drawn + 2,
      golden: { hits: 2, of: 2, high: 1 },
      second: { hits: 0, of: second },
    },
  ]);
  const { report } = await review.report({ campaign });
  expect(report.coverage).toMatchObject({ feeds: drawn, reviewed: drawn });
  expect(report.dissent).toHaveLength(second);
  expect(report.verdicts.reduce((sum, { count }) => sum + count, 0)).toBe(drawn + second);
  // who now reads what others said may change their mind, and still is measured by what they said first
  await world.as('Lucia Ortega');
  const own = (await decided(world, campaign)).filter(
    ({ person, ruling }) => person === 'lucia.ortega' && ruling.kind === 'feed',
  );
  expect(own).toHaveLength(second + 2);
  for (const { id } of own)
    await review.reverse({ decision: id, ruling: { kind: 'feed', verdict: 'acceptable', note: '' } });
  expect((await review.quality({ campaign })).reviewers).toMatchObject([
    { golden: { hits: 0, of: 2 }, second: { hits: 0, of: second } },
  ]);
});

test('a lead audits decisions of others, drawn by chance, each once', async () => {
  const world = await reviewWorld();
  const { review } = world.services;
  const { id: campaign, coverage } = await create(world, {});
  await world.as('Sam Okafor');
  await judgeAll(world, campaign, 'acceptable', ['demote']);
  const [own] = await decided(world, campaign);
  const audit = { decision: own?.id ?? '', outcome: 'false positive', note: 'It is a joke.' } as const;
  await expect(review.auditDecision(audit)).rejects.toThrow('an analyst or approver has to audit');
  await world.as('Mara Quiñones');
  const sample = await review.auditSample({ campaign, count: 3, seed: 1 });
  expect(sample.map(({ id }) => id)).toEqual(
    (await review.auditSample({ campaign, count: 3, seed: 1 })).map(({ id }) => id),
  );
  for (const { id } of sample) await review.auditDecision({ ...audit, decision: id });
  expect(await review.leadAudits({ campaign })).toHaveLength(3);
  const left = await review.auditSample({ campaign, count: 200, seed: 2 });
  expect(left).toHaveLength(coverage.feeds - 3);
  expect(left.some(({ id }) => sample.some((found) => found.id === id))).toBe(false);
  const quality = await review.quality({ campaign });
  expect(quality.reviewers).toMatchObject([
    { person: 'sam.okafor', audits: { 'false positive': 3, upheld: 0 } },
  ]);
  expect(quality.policies).toMatchObject([
    { policy: 'spam', decisions: coverage.feeds, audits: { 'false positive': 3 } },
  ]);
  const file = await exported(review, campaign);
  const other = await reviewWorld();
  await other.services.review.merge(file);
  expect(await other.services.review.leadAudits({ campaign })).toEqual(await review.leadAudits({ campaign }));
});

describe('a bulk action', () => {
  const ruling = { actions: ['demote' as const], policy: 'hate', reason: 'slur', severity: 3, note: '' };

  test('is previewed, applied in one step with one log entry, and taken back', async () => {
    const world = await reviewWorld();
    const { review, audit } = world.services;
    const { id: campaign, coverage } = await create(world, {});
    await world.as('Sam Okafor');
    await judgeAll(world, campaign, 'acceptable', ['demote']);
    const input = { filter: { campaign, policy: 'spam' }, ruling };
    const preview = await review.previewBulk(input);
    expect(preview).toMatchObject({ decisions: coverage.feeds, unchanged: 0, refused: [] });
    const [kept] = preview.sample;
    expect(await review.previewBulk({ ...input, except: [kept?.id ?? ''] })).toMatchObject({
      decisions: coverage.feeds - 1,
    });
    const wrong = await review.previewBulk({ ...input, ruling: { ...ruling, reason: null } });
    expect(wrong.refused).toHaveLength(coverage.feeds);
    await expect(review.applyBulk({ change: input, title: 'x', digest: wrong.digest })).rejects.toMatchObject(
      {
        code: 'conflict',
      },
    );
    const batch = await review.applyBulk({ change: input, title: 'Slurs, not spam', digest: preview.digest });
    expect(batch.decisions).toBe(coverage.feeds);
    const inForce = async () => {
      const { rows } = await review.history({
        filter: { campaign, action: 'demote', state: 'in force' },
        offset: 0,
        limit: 500,
      });
      return [...new Set(rows.map(({ ruling }) => (ruling.kind === 'item' ? ruling.policy : '')))];
    };
    expect(await inForce()).toEqual(['hate']);
    const { rows } = await audit.entries({ offset: 0, limit: 100, search: 'review.bulk' });
    expect(rows).toHaveLength(1);
    await world.as('Lucia Ortega');
    await expect(review.undoBatch({ batch: batch.id })).rejects.toThrow('only they take it back');
    await world.as('Sam Okafor');
    await review.undoBatch({ batch: batch.id });
    expect(await inForce()).toEqual(['spam']);
    await expect(review.undoBatch({ batch: batch.id })).rejects.toMatchObject({ code: 'conflict' });
    expect((await review.batches()).map(({ undoneBy }) => undoneBy === null)).toContain(false);
    expect((await audit.verify()).ok).toBe(true);
  });
});

test('a policy library goes out as YAML and comes back as the same version', async () => {
  const world = await reviewWorld();
  const { review } = world.services;
  const file = await review.exportLibrary({ digest: world.policies });
  expect(await review.importLibrary(file)).toMatchObject({ digest: world.policies });
  expect(await review.libraries()).toHaveLength(1);
});
