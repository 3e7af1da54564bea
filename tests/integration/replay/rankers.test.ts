import { describe, expect, test } from 'vitest';
import { ReplayDetail } from '../../../shared/contract/replay.ts';
import { openSnapshot } from '../../../electron/database/snapshot/open.ts';
import { finishedReplays } from '../../../electron/services/signoff/tables.ts';
import { testFolder } from '../../fixtures/replay/folder.ts';
import { makeBundles, makeSnapshot } from '../../fixtures/replay/made.ts';
import { newServices } from '../../fixtures/replay/services.ts';

/** A workspace with a snapshot, two releases and a draft of the second. */
async function stocked() {
  const opened = await newServices();
  const made = testFolder();
  const { path, features } = makeSnapshot(made);
  const paths = makeBundles(made, features);
  const { snapshots, releases, weights, replay } = opened.services;
  const snapshot = await snapshots.add({ path });
  const baseline = await releases.import({ path: paths.baseline });
  const candidate = await releases.import({ path: paths.retrained });
  const { policy } = await weights.formula({ release: candidate.digest, against: null });
  const turned = {
    ...policy,
    heads: policy.heads.map((head) => Object.assign({}, head, { weight: -head.weight })),
  };
  await weights.saveDraft({ release: candidate.digest, name: 'turned', policy: turned });
  const rankers = await replay.rankers({ snapshot: snapshot.digest });
  const named = (kind: string): string => rankers.find((ranker) => ranker.kind === kind)?.digest ?? '';
  const replayed = async (before: string, after: string): Promise<ReplayDetail> => {
    const { replayId, jobId } = await replay.start({
      snapshot: snapshot.digest,
      baseline: before,
      candidate: after,
      settings: { seed: 1, limit: null, topK: 5 },
    });
    await opened.services.jobs.ended(jobId);
    return ReplayDetail.parse(await replay.get({ id: replayId }));
  };
  return { ...opened, path, snapshot, baseline, candidate, rankers, named, replayed };
}

describe('what can be replayed', () => {
  test('is every release, its drafts and the logged order', async () => {
    const { rankers, baseline, candidate } = await stocked();
    expect(rankers.map(({ version, kind }) => [version, kind])).toEqual([
      ['1', undefined],
      ['1 with “turned”', 'draft'],
      ['1', undefined],
      [expect.any(String), 'logged'],
    ]);
    expect(rankers.filter(({ kind }) => kind === undefined).map(({ digest }) => digest)).toEqual([
      candidate.digest,
      baseline.digest,
    ]);
  });

  test('a draft, whose replay is evidence for no release', async () => {
    const { workspace, candidate, baseline, named, replayed } = await stocked();
    const draft = named('draft');
    for (const [before, after] of [
      [candidate.digest, draft],
      [draft, candidate.digest],
    ] as const) {
      const detail = await replayed(before, after);
      expect(detail.state).toBe('done');
      expect(detail.report?.measures.find(({ id }) => id === 'overlap@5')?.difference).toBeLessThan(1);
      expect(finishedReplays(workspace.db, candidate.digest)).toEqual([]);
    }
    expect(
      (await replayed(candidate.digest, draft)).gates.find(({ name }) => name === 'bundle_intact'),
    ).toMatchObject({
      verdict: 'no evidence',
    });
    await replayed(baseline.digest, candidate.digest);
    expect(finishedReplays(workspace.db, candidate.digest)).toHaveLength(1);
  });

  test('the logged order, which shows what was shown', async () => {
    const { path, services, snapshot, candidate, named, replayed } = await stocked();
    const logged = named('logged');
    const detail = await replayed(logged, candidate.digest);
    expect(detail).toMatchObject({ state: 'done', baseline: { kind: 'logged' } });
    const reader = openSnapshot(path);
    const [requestId = ''] = reader.requestIds();
    const shown = reader
      .request(requestId)
      .candidates.filter(({ loggedPosition }) => loggedPosition !== null)
      .toSorted((a, b) => (a.loggedPosition ?? 0) - (b.loggedPosition ?? 0))
      .map(({ item }) => item.itemId);
    reader.close();
    const feed = await services.replay.feed({
      snapshot: snapshot.digest,
      baseline: logged,
      candidate: candidate.digest,
      requestId,
    });
    expect(feed.baseline.items.filter(({ rank }) => rank !== null).map(({ itemId }) => itemId)).toEqual(
      shown,
    );
    expect(feed.baseline.items.every(({ rank, removedBy }) => (rank === null) === (removedBy !== null))).toBe(
      true,
    );
    const same = await replayed(logged, logged);
    expect(same.report?.measures.find(({ id }) => id === 'rbo')?.difference).toBe(1);
  });
});

describe('the change of one feed', () => {
  test('is taken apart into parts that sum to each item’s move', async () => {
    const { services, snapshot, path, candidate, named } = await stocked();
    const reader = openSnapshot(path);
    const [requestId = ''] = reader.requestIds();
    reader.close();
    const ask = (before: string) =>
      services.replay.attribution({
        ...{ snapshot: snapshot.digest, baseline: before, candidate: candidate.digest, requestId, topK: 5 },
      });
    const { measures, moves } = await ask(named('draft'));
    expect(moves.some(({ total }) => total !== 0)).toBe(true);
    for (const { total, parts, baseline, candidate: after } of moves) {
      expect(total).toBe(after - baseline);
      expect(parts.model + parts.weights + parts.multipliers + parts.filters + parts.diversity).toBeCloseTo(
        total,
        12,
      );
      expect(parts.model).toBe(0);
    }
    expect(measures.find(({ id }) => id === 'overlap@5')).toBeDefined();
    await expect(ask(named('logged'))).rejects.toMatchObject({
      code: 'bad_input',
      message: expect.stringContaining('the logged order has none'),
    });
  });
});

describe('what a replay will cost', () => {
  test('is tried on this machine, and nothing of the trial is kept', async () => {
    const { services, snapshot, baseline, candidate } = await stocked();
    const estimate = await services.replay.estimate({
      snapshot: snapshot.digest,
      baseline: baseline.digest,
      candidate: candidate.digest,
      settings: { seed: 1, limit: 50, topK: 5, stratify: 'user.region' },
    });
    expect(estimate).toMatchObject({ requests: 50, trial: 50 });
    expect(estimate.seconds).toBeGreaterThan(0);
    expect(await services.replay.list()).toEqual([]);
  });

  test('is not told of a replay that would be refused', async () => {
    const { services, snapshot, candidate, named } = await stocked();
    const asked = services.replay.estimate({
      ...{ snapshot: snapshot.digest, baseline: named('logged'), candidate: candidate.digest },
      settings: { seed: 1, limit: null, topK: 5, attribution: true },
    });
    await expect(asked).rejects.toMatchObject({
      code: 'bad_input',
      message: expect.stringContaining('the logged order has none'),
    });
  });
});
