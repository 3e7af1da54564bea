import { expect, test } from 'vitest';
import { judge, verdict } from './judge.ts';
import { created, decided, reviewWorld } from './world.ts';

const ruling = { actions: ['demote' as const], policy: 'hate', reason: 'slur', severity: 3, note: '' };

/** Sam and Lucia judge two feeds each: an item demoted as spam, and a verdict. */
async function judged() {
  const world = await reviewWorld();
  const { id: campaign } = await created(world);
  for (const name of ['Lucia Ortega', 'Sam Okafor']) {
    await world.as(name);
    for (let feeds = 0; feeds < 2; feeds += 1)
      await judge(world, campaign, verdict('acceptable'), '', ['demote']);
  }
  const rows = (await decided(world, campaign)).toReversed();
  const own = rows.filter(({ person, ruling }) => person === 'sam.okafor' && ruling.kind === 'item');
  return { world, campaign, rows, own, review: world.services.review };
}

test('of any stretch of the history, what can be changed is one’s own, on items and in force', async () => {
  const { review, campaign, rows, own } = await judged();
  const filter = { campaign };
  const ids = own.map(({ id }) => id);
  expect(await review.changeable({ filter, offset: 0, limit: 100 })).toEqual(ids);
  const at = rows.findIndex(({ id }) => id === ids[1]);
  expect(await review.changeable({ filter, offset: at, limit: 1 })).toEqual([ids[1]]);
  await review.reverse({
    decision: ids[0] ?? '',
    ruling: { ...(own[0]?.ruling ?? { kind: 'feed', verdict: 'acceptable' }), note: 'again' },
  });
  const left = await review.changeable({ filter, offset: 0, limit: 100 });
  expect(left).toHaveLength(2);
  expect(left).not.toContain(ids[0]);
});

test('decisions chosen one by one are previewed, changed as one batch and taken back; others’ stay', async () => {
  const { world, review, rows, own, campaign } = await judged();
  const [one] = own;
  const others = rows.find(({ person, ruling }) => person === 'lucia.ortega' && ruling.kind === 'item');
  const onFeed = rows.find(({ person, ruling }) => person === 'sam.okafor' && ruling.kind === 'feed');
  const change = { ruling, decisions: [one, others, onFeed].map((row) => row?.id ?? '').concat('unknown') };
  const preview = await review.previewBulk(change);
  expect(preview).toMatchObject({ decisions: 1, aside: 3, unchanged: 0, refused: [] });
  expect(preview.sample.map(({ id }) => id)).toEqual([one?.id]);
  const batch = await review.applyBulk({ change, digest: preview.digest, title: 'A slur' });
  expect(batch.decisions).toBe(1);
  const policies = async () =>
    (await review.history({ filter: { campaign, state: 'in force' }, offset: 0, limit: 100 })).rows.flatMap(
      ({ person, ruling }) => (ruling.kind === 'item' ? [`${person} ${ruling.policy}`] : []),
    );
  expect((await policies()).toSorted()).toEqual([
    'lucia.ortega spam',
    'lucia.ortega spam',
    'sam.okafor hate',
    'sam.okafor spam',
  ]);
  const { rows: logged } = await world.services.audit.entries({
    ...{ offset: 0, limit: 10, search: 'review.bulk' },
  });
  expect(logged).toHaveLength(1);
  await review.undoBatch({ batch: batch.id });
  expect(await policies()).not.toContain('sam.okafor hate');
});

test('what was chosen and changed meanwhile is not changed again, and the preview has to be looked at anew', async () => {
  const { review, own } = await judged();
  const change = { ruling, decisions: own.map(({ id }) => id) };
  const before = await review.previewBulk(change);
  const [one] = own;
  await review.reverse({
    decision: one?.id ?? '',
    ruling: { ...(one?.ruling ?? { kind: 'feed', verdict: 'acceptable' }), note: 'x' },
  });
  await expect(review.applyBulk({ change, digest: before.digest, title: 't' })).rejects.toMatchObject({
    code: 'conflict',
  });
  const after = await review.previewBulk(change);
  expect(after).toMatchObject({ decisions: 1, aside: 1 });
  expect((await review.applyBulk({ change, digest: after.digest, title: 't' })).decisions).toBe(1);
  await expect(review.applyBulk({ change, digest: after.digest, title: 't' })).rejects.toThrow();
});

test('nobody chooses decisions who cannot make any', async () => {
  const { world, review, campaign } = await judged();
  await world.as('Dana Whitfield');
  await expect(review.changeable({ filter: { campaign }, offset: 0, limit: 10 })).rejects.toThrow(
    'a reviewer has to decide',
  );
});
