import { createHash } from 'node:crypto';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { openSnapshot } from '../../../electron/database/snapshot/open.ts';
import { openBundle, type Bundle } from '../../../electron/services/releases/bundle.ts';
import type { ReplayedRequest } from '../../../electron/services/replay/compare.ts';
import { releaseContestant } from '../../../electron/services/replay/ranker.ts';
import { runReplay, type KeptBlocks, type ReplayRun } from '../../../electron/services/replay/run.ts';
import { snapshotInfo } from '../../../electron/services/snapshots/info.ts';
import { openModel } from '../../../electron/workers/model.ts';
import { WorkerPool } from '../../../electron/workers/pool.ts';
import type { ReplaySettings } from '../../../shared/domain/replay/report.ts';
import { rankRequest } from '../../../shared/domain/ranking/rank.ts';
import { canonicalJson } from '../../../shared/domain/statements/canonical-json.ts';
import type { SnapshotInfo } from '../../../shared/domain/snapshot/meta.ts';
import { makeBundle } from '../../fixtures/replay/bundle.ts';
import { makeBundles, makeSnapshot, replayWorker } from '../../fixtures/replay/made.ts';

const folder = mkdtempSync(join(tmpdir(), 'stateside-replay-'));
const pools = {
  one: new WorkerPool(replayWorker, 1),
  two: new WorkerPool(replayWorker, 2),
  eight: new WorkerPool(replayWorker, 8),
};
let snapshot: SnapshotInfo;
let baseline: Bundle;
let reweighed: Bundle;
let retrained: Bundle;

beforeAll(async () => {
  const { path, features } = makeSnapshot(folder);
  const paths = makeBundles(folder, features);
  snapshot = await snapshotInfo(path);
  baseline = await openBundle(paths.baseline);
  reweighed = await openBundle(paths.reweighed);
  retrained = await openBundle(paths.retrained);
});

afterAll(async () => {
  await Promise.all(Object.values(pools).map((pool) => pool.close()));
  rmSync(folder, { recursive: true, force: true });
});

async function replay({
  candidate = retrained,
  ...change
}: Partial<Omit<ReplayRun, 'candidate'>> & { candidate?: Bundle } = {}) {
  const taken: ReplayedRequest[] = [];
  const report = await runReplay({
    pool: pools.one,
    snapshot,
    baseline: releaseContestant(baseline),
    candidate: releaseContestant(candidate),
    settings: { seed: 1, limit: null, topK: 5 },
    signal: new AbortController().signal,
    progress: () => {},
    take: (block) => void taken.push(...block),
    ...change,
  });
  return { report, taken };
}

/** Finished blocks, as a journal keeps them. */
class KeptInMemory implements KeptBlocks {
  readonly #blocks: Uint8Array[] = [];

  async *blocks(): AsyncGenerator<Uint8Array> {
    yield* this.#blocks;
  }

  async append(block: Uint8Array): Promise<void> {
    this.#blocks.push(block);
  }
}

describe('a replay', () => {
  test(
    'gives the same bytes on one worker or eight, whatever the size of batches, stopped and resumed or not',
    { timeout: 120_000 },
    async () => {
      const settings: ReplaySettings = {
        ...{ seed: 2, limit: 40, topK: 5, stratify: 'user.region', attribution: true },
        slices: [['item.category', 'request.surface']],
      };
      const whole = canonicalJson((await replay({ settings })).report);
      const way = fc.record({
        pool: fc.constantFrom(pools.one, pools.two, pools.eight),
        batchRows: fc.integer({ min: 1, max: 700 }),
      });
      await fc.assert(
        fc.asyncProperty(way, way, fc.nat(39), async (before, after, stopAfter) => {
          const kept = new KeptInMemory();
          const abort = new AbortController();
          const progress = (done: number): void => {
            if (done >= stopAfter) abort.abort(new Error('stopped'));
          };
          const stopped = replay({ settings, kept, progress, signal: abort.signal, ...before });
          await expect(stopped).rejects.toThrow('stopped');
          expect(canonicalJson((await replay({ settings, kept, ...after })).report)).toBe(whole);
        }),
        {
          numRuns: 8,
          examples: [[{ pool: pools.one, batchRows: 1 }, { pool: pools.eight, batchRows: 700 }, 23]],
        },
      );
    },
  );

  test('ranks every request as the policy and the model alone would', async () => {
    const { taken } = await replay();
    const reader = openSnapshot(snapshot.path);
    const model = await openModel(retrained.modelPath, { threads: 1 });
    for (const { outcome } of taken) {
      const request = reader.request(outcome.requestId);
      const outputs = await model.run(request.features, request.candidates.length);
      const { order } = rankRequest(retrained.policy, request, outputs, reader.idOrder);
      expect(outcome.candidate).toEqual(
        [...order].slice(0, 5).map((index) => request.candidates[index]?.item.itemId),
      );
    }
    reader.close();
    await model.close();
  });

  test('names its outcomes by a digest that anybody can recompute, in the order of request ids', async () => {
    const { report, taken } = await replay();
    const lines = taken.map(({ outcome }) => `${canonicalJson(outcome)}\n`);
    expect(createHash('sha256').update(lines.join('')).digest('hex')).toBe(report.outcomesDigest);
    const reader = openSnapshot(snapshot.path);
    expect(taken.map(({ outcome }) => outcome.requestId)).toEqual(reader.requestIds());
    reader.close();
    expect(report).toMatchObject({ requests: 60, candidates: 900 });
  });

  test('of two releases with one model gives what two separate models give', async () => {
    const { report } = await replay({ candidate: reweighed });
    const files = reweighed.files.map(({ path, bytes, sha256 }) => ({
      path,
      bytes,
      sha256: `${sha256.slice(1)}0`,
    }));
    const apart = { ...reweighed, files };
    expect(canonicalJson((await replay({ candidate: apart })).report)).toBe(canonicalJson(report));
  });

  test('against itself moves nothing', async () => {
    const { taken, report } = await replay({ candidate: baseline });
    expect(
      taken.every(
        ({ outcome: { overlap, largestMove, firstChanged } }) =>
          overlap === 1 && largestMove === 0 && !firstChanged,
      ),
    ).toBe(true);
    expect(report.measures.find(({ id }) => id === 'rbo')?.difference).toBeCloseTo(1, 12);
  });

  test('of a draw covers the same requests for the same seed and others for another', async () => {
    const drawn = async (seed: number): Promise<string[]> =>
      (await replay({ settings: { seed, limit: 7, topK: 5 } })).taken.map(({ outcome }) => outcome.requestId);
    const first = await drawn(1);
    expect(first).toHaveLength(7);
    expect(await drawn(1)).toEqual(first);
    expect(await drawn(2)).not.toEqual(first);
  });

  test('tells its progress up to the whole, and gives every thread four blocks at least', async () => {
    for (const [pool, blocks] of [
      [pools.one, 4],
      [pools.eight, 60],
    ] as const) {
      const told: [number, number][] = [];
      await replay({ pool, batchRows: 15, progress: (done, total) => void told.push([done, total]) });
      expect(told[0]).toEqual([0, 60]);
      expect(told.at(-1)).toEqual([60, 60]);
      expect(told.length).toBe(1 + blocks);
    }
  });

  test('that is cancelled stops and says so', async () => {
    const abort = new AbortController();
    const take = (): void => abort.abort(new Error('stopped'));
    await expect(replay({ batchRows: 15, signal: abort.signal, take })).rejects.toThrow('stopped');
  });

  test('refuses a release with other features, naming the first', async () => {
    const features = baseline.features.toReversed();
    const path = makeBundle(join(folder, 'turned'), {
      name: 'turned',
      features,
      hidden: [4],
      heads: [{ name: 'like', weight: 1 }],
      seed: 1,
    });
    await expect(replay({ candidate: await openBundle(path) })).rejects.toMatchObject({
      code: 'bad_input',
      message: expect.stringContaining(`its feature 1 is ${features[0]}`),
    });
  });

  test('refuses infinite outputs with the head and the item', async () => {
    const heads = [{ name: 'like', weight: 1 }];
    const path = makeBundle(join(folder, 'broken'), {
      name: 'broken',
      features: baseline.features,
      hidden: [4],
      heads,
      seed: 1,
      scale: 1e38,
      activation: 'Identity',
    });
    await expect(replay({ candidate: await openBundle(path), pool: pools.two })).rejects.toMatchObject({
      code: 'bad_input',
      message: expect.stringMatching(/like.*item|item.*like/),
    });
  });
});
