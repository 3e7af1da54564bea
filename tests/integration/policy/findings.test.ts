import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeBundle } from '../../fixtures/replay/bundle.ts';
import { testFolder } from '../../fixtures/replay/folder.ts';
import { makeSnapshot } from '../../fixtures/replay/made.ts';
import { newServices } from '../../fixtures/replay/services.ts';

test('a release that was imported all the same shows what is doubtful about its formula', async () => {
  const { services } = await newServices();
  const folder = testFolder();
  const { path, features } = makeSnapshot(folder);
  await services.snapshots.add({ path });
  const bundle = makeBundle(join(folder, 'doubtful'), {
    name: 'doubtful',
    features,
    hidden: [4],
    seed: 1,
    heads: [
      { name: 'like', weight: 1 },
      { name: 'hate', weight: 2 },
    ],
    policy: 'multipliers: [{name: hate, factor: 0.9}]\n',
  });
  const { digest } = await services.releases.import({ path: bundle });
  const { findings, policy } = await services.weights.formula({ release: digest, against: null });
  expect(policy.heads).toHaveLength(2);
  expect(findings.map(({ code, severity, place }) => [code, severity, place])).toEqual([
    ['penalty_with_positive_weight', 'warning', 'heads[1].weight'],
    ['name_twice', 'warning', 'multipliers[0].name'],
  ]);
});

test('a workspace without published formulas says so with an empty list', async () => {
  const { services } = await newServices();
  expect(await services.weights.references()).toEqual([]);
});

test('what is asked of a release that does not fit the snapshot is refused with the feature', async () => {
  const { services } = await newServices();
  const folder = testFolder();
  const { path } = makeSnapshot(folder);
  const { digest: snapshot } = await services.snapshots.add({ path });
  const other = makeBundle(join(folder, 'other'), {
    name: 'other',
    features: ['something'],
    hidden: [4],
    seed: 1,
    heads: [{ name: 'like', weight: 1 }],
  });
  const { digest: release } = await services.releases.import({ path: other });
  await expect(services.weights.worth({ release, snapshot })).rejects.toThrow('its feature 1 is something');
});
