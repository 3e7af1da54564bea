import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { created, reviewWorld } from './world.ts';

const fileName = 'us-2026.1.yaml';
const BEFORE = {
  fileName,
  text: readFileSync(join(import.meta.dirname, '../../fixtures/review', fileName), 'utf8'),
};

test('a policy library that ships is offered, imported when asked, and changes no campaign', async () => {
  const world = await reviewWorld(undefined, BEFORE);
  const { review, roster } = world.services;
  const campaign = await created(world);
  const [offered, ...more] = await review.shippedLibraries();
  expect(more).toEqual([]);
  expect(offered).toMatchObject({ version: '2026.2' });
  const digest = offered?.digest ?? '';
  expect((await review.libraries()).map(({ version }) => version)).toEqual(['2026.1']);
  await roster.lock();
  await expect(review.importShipped({ digest })).rejects.toMatchObject({ code: 'refused' });
  await world.as('Mara Quiñones');
  expect(await review.importShipped({ digest })).toMatchObject({ digest, version: '2026.2' });
  expect(await review.shippedLibraries()).toEqual([]);
  expect((await review.libraries()).map(({ version }) => version).toSorted()).toEqual(['2026.1', '2026.2']);
  expect((await review.campaigns()).map(({ policies }) => policies)).toEqual([campaign.policies]);
  await expect(review.importShipped({ digest })).rejects.toMatchObject({ code: 'not_found' });
});
