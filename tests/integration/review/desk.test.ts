import { describe, expect, test } from 'vitest';
import { claimed, created, reviewWorld } from './world.ts';

const feedOf = ({ campaign, feed }: { campaign: string; feed: number }) => ({ campaign, feed });

const soon = () => new Date(Date.now() + 60_000).toISOString();

describe('submitting', () => {
  test('gives the next feed in the same answer, leased, as claiming would have', async () => {
    const world = await reviewWorld();
    const { review } = world.services;
    const { id: campaign } = await created(world);
    await world.as('Sam Okafor');
    const task = await claimed(world, campaign);
    const ruling = { kind: 'feed', verdict: 'acceptable', note: '' } as const;
    const { revision } = await review.rule({ ...feedOf(task), revision: task.revision, ruling });
    const { decisions, next } = await review.submit({ ...feedOf(task), revision, next: { campaign } });
    expect(decisions).toHaveLength(1);
    expect(next?.feed).not.toBe(task.feed);
    const again = await review.claim({ campaign });
    expect(again).toEqual({ ...next, leaseUntil: again?.leaseUntil });
    expect((await review.holders({ campaign })).map(({ feed }) => feed)).toEqual([next?.feed]);
  });

  test('holds although no next feed can be claimed, and answers null where none is left', async () => {
    const world = await reviewWorld();
    const { review } = world.services;
    const { id: campaign } = await created(world);
    await world.as('Sam Okafor');
    const ruling = { kind: 'feed', verdict: 'acceptable', note: '' } as const;
    const submitted = async (next: { campaign: string } | undefined) => {
      const task = await claimed(world, campaign);
      const { revision } = await review.rule({ ...feedOf(task), revision: task.revision, ruling });
      return review.submit({ ...feedOf(task), revision, ...(next === undefined ? {} : { next }) });
    };
    const unknown = await submitted({ campaign: 'f'.repeat(64) });
    expect(unknown.decisions).toHaveLength(1);
    expect(unknown.next ?? null).toBeNull();
    expect(await submitted(undefined)).not.toHaveProperty('next');
    let last = await submitted({ campaign });
    while (last.next !== null) last = await submitted({ campaign });
    expect(await review.claim({ campaign })).toBeNull();
  });
});

describe('work under way', () => {
  test('is shown to others, renewed, held and taken up again with all that was ruled', async () => {
    const world = await reviewWorld();
    const { review } = world.services;
    const { id } = await created(world);
    await world.as('Sam Okafor');
    const task = await claimed(world, id);
    const at = feedOf(task);
    const ruling = { kind: 'feed', verdict: 'acceptable', note: 'so far' } as const;
    await review.rule({ ...at, revision: task.revision, ruling });
    expect(Date.parse((await review.renew(at)).leaseUntil)).toBeGreaterThan(Date.now() + 800_000);
    await world.as('Lucia Ortega');
    expect((await claimed(world, id)).others).toMatchObject([{ person: 'sam.okafor' }]);
    expect(await review.holders({ campaign: id })).toMatchObject([
      { person: 'lucia.ortega', rulings: 0 },
      { person: 'sam.okafor', rulings: 1, state: 'working' },
    ]);
    await world.as('Sam Okafor');
    await expect(review.hold({ ...at, until: '2020-01-01T00:00:00Z', note: '' })).rejects.toThrow(
      'seven days',
    );
    await review.hold({ ...at, until: soon(), note: 'asked the policy team' });
    expect((await claimed(world, id)).feed).not.toBe(task.feed);
    expect(await review.claim({ campaign: id, feed: task.feed })).toMatchObject({
      feed: task.feed,
      steps: [ruling],
    });
    await review.giveBack(at);
    await expect(review.renew(at)).rejects.toMatchObject({ code: 'conflict' });
    expect(await review.claim({ campaign: id, feed: task.feed })).toMatchObject({ steps: [ruling] });
  });

  test('is handed over to a reviewer who judges anew, while the first keeps what they ruled', async () => {
    const world = await reviewWorld();
    const { review } = world.services;
    const { id } = await created(world);
    await world.as('Sam Okafor');
    const task = await claimed(world, id);
    const at = feedOf(task);
    const ruling = { kind: 'feed', verdict: 'acceptable', note: '' } as const;
    const { revision } = await review.rule({ ...at, revision: task.revision, ruling });
    await expect(review.handOver({ ...at, to: 'wei.larsen', note: '' })).rejects.toThrow(
      'no reviewer of the US team',
    );
    await expect(review.handOver({ ...at, to: 'sam.okafor', note: '' })).rejects.toThrow('yours already');
    await review.handOver({ ...at, to: 'lucia.ortega', note: 'you know Spanish' });
    await expect(review.submit({ ...at, revision })).rejects.toThrow('handed over meanwhile');
    await world.as('Lucia Ortega');
    expect(await claimed(world, id)).toMatchObject({
      feed: task.feed,
      steps: [],
      handedOver: { from: 'sam.okafor', note: 'you know Spanish' },
    });
    await world.as('Sam Okafor');
    expect(await review.claim({ campaign: id, feed: task.feed })).toMatchObject({ steps: [ruling] });
  });
});

test('queues take feeds by rule, the most urgent first, with counts, ages and the nearest due date', async () => {
  const world = await reviewWorld();
  const { review } = world.services;
  const { id, createdAt } = await created(world);
  const rule = { campaigns: [], methods: [], mode: null, labelledAtLeast: 0, second: false };
  await review.saveQueue({ id: 'all', name: 'Everything', priority: 10, rule });
  const movers = { ...rule, methods: ['biggest movers' as const] };
  const queues = await review.saveQueue({ id: 'movers', name: 'Movers', priority: 90, rule: movers });
  const common = { held: 0, done: 0, oldest: createdAt, due: '2026-12-01' };
  expect(queues).toMatchObject([
    { id: 'movers', waiting: 2, ...common },
    { id: 'all', waiting: 2, ...common },
  ]);
  await expect(review.saveQueue({ id: 'x', name: 'Movers', priority: 1, rule })).rejects.toThrow('already');
  await world.as('Sam Okafor');
  const urgent = await review.claim({});
  expect(urgent?.feed).toBeLessThan(2);
  expect((await review.queues())[0]).toMatchObject({ id: 'movers', waiting: 2, held: 1 });
  expect((await review.claim({ queue: 'all' }))?.feed).toBeGreaterThanOrEqual(2);
  const seen = { id: 'movers', name: 'Movers', priority: 90, rule: movers };
  const urgentOnes = { ...seen, priority: 95, rule: { ...movers, labelledAtLeast: 1 } };
  await review.saveQueue({ ...urgentOnes, was: seen });
  await expect(review.saveQueue({ ...seen, name: 'Mine', was: seen })).rejects.toMatchObject({
    code: 'conflict',
    message:
      'The queue “Movers” was changed meanwhile: its priority is now 95, its rule is now “feeds drawn as biggest movers, with at least 1 labelled items”; read the list again and change that.',
  });
  await review.saveQueue({ ...seen, was: urgentOnes });
  await expect(review.removeQueue({ was: urgentOnes })).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringMatching(
      /^The queue “.*” was changed meanwhile: its .* is now .*; read the list again, and remove it if it is still to go\.$/,
    ),
  });
  expect((await review.removeQueue({ was: seen })).map(({ waiting }) => waiting)).toEqual([4]);
  await expect(review.removeQueue({ was: seen })).rejects.toMatchObject({ code: 'not_found' });
  await expect(review.saveQueue({ ...seen, priority: 1, was: seen })).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringContaining('was removed meanwhile'),
  });
  expect((await review.queues()).map(({ id }) => id)).toEqual(['all']);
  expect(id).toMatch(/^[0-9a-f]{64}$/);
});

test('a feed with a topic that a person opted out of is left to others', async () => {
  const world = await reviewWorld();
  const { review } = world.services;
  const { id } = await review.create({
    ...{ replayId: world.replayId, policies: world.policies, mode: 'open', name: 'Labelled', due: null },
    ...{ seed: 1, reviewersPerFeed: 1 },
    strata: [
      { method: 'labelled high up', count: 2 },
      { method: 'uniform', count: 2 },
    ],
  });
  await world.as('Sam Okafor');
  let label = '';
  for (let feed = 0; feed < 4; feed += 1) {
    const task = await review.claim({ campaign: id, feed });
    label ||= task?.items.flatMap(({ labels }) => labels)[0]?.label ?? '';
    await review.giveBack({ campaign: id, feed });
  }
  expect(label).not.toBe('');
  const { inForce } = await review.savePreferences({ scope: 'own', preferences: { optOut: [label] } });
  expect(inForce).toMatchObject({ blur: true, grey: true, muted: true, optOut: [label], breakAfter: 50 });
  for (;;) {
    const task = await review.claim({ campaign: id });
    if (task === null) break;
    expect(task.items.flatMap(({ labels }) => labels.map(({ label }) => label))).not.toContain(label);
    await review.hold({ ...feedOf(task), until: soon(), note: '' });
  }
  await review.savePreferences({ scope: 'team', preferences: { breakAfter: null, blur: false } });
  await world.as('Lucia Ortega');
  expect((await review.preferences()).inForce).toMatchObject({ blur: false, breakAfter: null, optOut: [] });
  expect(await review.claim({ campaign: id })).not.toBeNull();
});

test('a queue counts a golden feed as held by whoever has it, as any other', async () => {
  const world = await reviewWorld();
  const { review, replay } = world.services;
  const query = {
    sort: 'requestId',
    descending: false,
    search: '',
    only: 'all',
    offset: 0,
    limit: 1,
  } as const;
  const { rows } = await replay.requests({ replayId: world.replayId, ...query });
  const { id } = await review.create({
    ...{ replayId: world.replayId, policies: world.policies, mode: 'open', name: 'Golden', due: null },
    ...{ seed: 1, reviewersPerFeed: 1, strata: [{ method: 'uniform', count: 2 }] },
    golden: rows.map(({ requestId }) => ({ requestId, answer: { verdict: 'acceptable', items: [] } })),
  });
  const rule = { campaigns: [], methods: [], mode: null, labelledAtLeast: 0, second: false };
  await review.saveQueue({ id: 'all', name: 'Everything', priority: 10, rule });
  await world.as('Sam Okafor');
  for (let feed = 0; feed < 3; feed += 1) {
    await review.claim({ campaign: id, feed });
    expect((await review.queues())[0]?.held).toBe(1);
    await review.giveBack({ campaign: id, feed });
  }
});

test('a feed that was held is given again when the hold ends, before any other, with all that was ruled', async () => {
  const world = await reviewWorld();
  const { review } = world.services;
  const { id } = await created(world);
  await review.saveQueue({
    ...{ id: 'all', name: 'Everything', priority: 10 },
    rule: { campaigns: [], methods: [], mode: null, labelledAtLeast: 0, second: false },
  });
  await world.as('Sam Okafor');
  const task = await claimed(world, id);
  const ruling = { kind: 'feed', verdict: 'acceptable', note: 'so far' } as const;
  await review.rule({ ...feedOf(task), revision: task.revision, ruling });
  await review.hold({ ...feedOf(task), until: soon(), note: '' });
  const other = await claimed(world, id);
  expect(other.feed).not.toBe(task.feed);
  world.workspace.db
    .prepare(`UPDATE review_assignment SET lease_until = '2020-01-01T00:00:00.000Z' WHERE feed = ?`)
    .run(task.feed);
  expect((await claimed(world, id)).feed).toBe(other.feed);
  await review.giveBack(feedOf(other));
  expect(await review.claim({ queue: 'all' })).toMatchObject({ feed: task.feed, steps: [ruling] });
});

test('who takes a topic back is given what was left to others, with what they ruled', async () => {
  const world = await reviewWorld();
  const { review } = world.services;
  const { id } = await review.create({
    ...{ replayId: world.replayId, policies: world.policies, mode: 'open', name: 'Labelled', due: null },
    ...{ seed: 1, reviewersPerFeed: 1, strata: [{ method: 'labelled high up', count: 1 }] },
  });
  await world.as('Sam Okafor');
  const task = await claimed(world, id);
  const ruling = { kind: 'feed', verdict: 'acceptable', note: 'so far' } as const;
  await review.rule({ ...feedOf(task), revision: task.revision, ruling });
  const optOut = [...new Set(task.items.flatMap(({ labels }) => labels.map(({ label }) => label)))];
  await review.savePreferences({ scope: 'own', preferences: { optOut, blur: false } });
  expect(await review.claim({ campaign: id })).toBeNull();
  await review.savePreferences({ scope: 'own', preferences: { optOut: [...optOut, 'another'] } });
  expect(await review.claim({ campaign: id })).toBeNull();
  await review.savePreferences({ scope: 'own', preferences: {}, reset: ['optOut'] });
  expect(await claimed(world, id)).toMatchObject({ feed: task.feed, steps: [ruling] });
});

test('two windows that set different things lose neither', async () => {
  const world = await reviewWorld();
  const { review } = world.services;
  await world.as('Sam Okafor');
  await review.savePreferences({ scope: 'own', preferences: { blur: false } });
  await review.savePreferences({ scope: 'own', preferences: { keys: { demote: 'd' } } });
  expect((await review.preferences()).own).toEqual({ blur: false, keys: { demote: 'd' } });
  await review.savePreferences({ scope: 'own', preferences: {}, reset: ['keys'] });
  expect((await review.preferences()).own).toEqual({ blur: false });
});
