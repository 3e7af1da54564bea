import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openSnapshot } from '../../../electron/database/snapshot/open.ts';
import { openBundle, type Bundle } from '../../../electron/services/releases/bundle.ts';
import { releaseContestant } from '../../../electron/services/replay/ranker.ts';
import { runReplay } from '../../../electron/services/replay/run.ts';
import { snapshotInfo } from '../../../electron/services/snapshots/info.ts';
import { WorkerPool } from '../../../electron/workers/pool.ts';
import { differingParts } from '../../../shared/domain/attribution/parts.ts';
import { groupOf } from '../../../shared/domain/replay/attribute.ts';
import { ReplayReport, type ReplaySettings } from '../../../shared/domain/replay/report.ts';
import { canonicalJson } from '../../../shared/domain/statements/canonical-json.ts';
import type { SnapshotInfo } from '../../../shared/domain/snapshot/meta.ts';
import { makeBundles, makeSnapshot, replayWorker } from '../../fixtures/replay/made.ts';

const folder = mkdtempSync(join(tmpdir(), 'stateside-slices-'));
const pools = { one: new WorkerPool(replayWorker, 1), two: new WorkerPool(replayWorker, 2) };
const REQUESTS = 240;
let snapshot: SnapshotInfo;
let baseline: Bundle;
let retrained: Bundle;

beforeAll(async () => {
  const { path, features } = makeSnapshot(folder, REQUESTS);
  const paths = makeBundles(folder, features);
  snapshot = await snapshotInfo(path);
  baseline = await openBundle(paths.baseline);
  retrained = await openBundle(paths.retrained);
});

afterAll(async () => {
  await Promise.all([pools.one.close(), pools.two.close()]);
  rmSync(folder, { recursive: true, force: true });
});

async function replay(
  settings: Partial<ReplaySettings>,
  pool = pools.one,
  batchRows = 512,
): Promise<ReplayReport> {
  const report = await runReplay({
    ...{ pool, snapshot, batchRows },
    baseline: releaseContestant(baseline),
    candidate: releaseContestant(retrained),
    settings: { seed: 1, limit: null, topK: 5, ...settings },
    signal: new AbortController().signal,
    progress: () => {},
    take: () => {},
  });
  return ReplayReport.parse(JSON.parse(canonicalJson(report)));
}

describe('a sliced replay', () => {
  test('parts the requests among the values, and their means weigh up to the whole', async () => {
    const report = await replay({ slices: [['user.region'], ['user.region', 'request.hour']] });
    expect(report.slices).toHaveLength(2);
    const whole = report.measures.find(({ id }) => id === 'overlap@5');
    for (const { by, slices, omitted } of report.slices ?? []) {
      if (omitted === 0) {
        expect(slices.reduce((sum, { requests }) => sum + requests, 0)).toBe(REQUESTS);
        const mean = slices.reduce((sum, { requests, measures }) => {
          return sum + requests * (measures.find(({ id }) => id === 'overlap@5')?.difference ?? NaN);
        }, 0);
        expect(mean / REQUESTS).toBeCloseTo(whole?.difference ?? NaN, 12);
      }
      for (const { values, small, requests } of slices) {
        expect(values).toHaveLength(by.length);
        expect(small).toBe(requests < 100);
      }
    }
  });

  test('by an attribute of items looks at the items of each value alone', async () => {
    const [table] = (await replay({ slices: [['item.category']] })).slices ?? [];
    const reader = openSnapshot(snapshot.path);
    const categories = new Set(
      reader
        .requestIds()
        .flatMap((id) => reader.request(id).candidates.map(({ item }) => groupOf(item.category))),
    );
    reader.close();
    expect(new Set(table?.slices.flatMap(({ values }) => values))).toEqual(categories);
    for (const { measures } of table?.slices ?? []) {
      // Within one category a feed holds no second one.
      expect(measures.find(({ id }) => id === 'category_entropy@5')?.candidate ?? 0).toBe(0);
    }
  });

  test('tells whom and what it treats alike: parity over groups, exposure by kind of item', async () => {
    const { measures } = await replay({ slices: [['request.surface']] });
    const kinds = measures.filter(({ id }) => id.startsWith('exposure@5:item.category='));
    expect(kinds.length).toBeGreaterThan(1);
    expect(kinds.reduce((sum, { candidate }) => sum + (candidate ?? NaN), 0)).toBeCloseTo(1, 9);
    for (const id of ['exposure_parity@5:item.category', 'exposure_parity@5:item.age']) {
      const parity = measures.find((row) => row.id === id);
      expect(parity?.candidate).toBeGreaterThan(0);
      expect(parity?.intervals?.difference).not.toBeNull();
    }
    expect(measures.some(({ id }) => id === 'parity:ndcg@5:request.surface')).toBe(true);
    const worst = measures.find(({ id }) => id === 'worst_decile');
    expect(worst?.intervals?.candidate?.lower).toBeLessThanOrEqual(worst?.candidate ?? NaN);
    expect(worst?.intervals?.candidate?.upper).toBeGreaterThanOrEqual(worst?.candidate ?? NaN);
  });

  test('gives the same bytes on one worker and on two, whatever the size of batches', async () => {
    const settings: Partial<ReplaySettings> = {
      slices: [['user.region'], ['request.surface', 'item.category']],
      attribution: true,
      stratify: 'user.region',
      limit: 100,
    };
    const first = canonicalJson(await replay(settings));
    expect(canonicalJson(await replay(settings, pools.two, 40))).toBe(first);
    expect(canonicalJson(await replay(settings, pools.two, 10_000))).toBe(first);
  });

  test('draws from every stratum its share', async () => {
    const [all] = (await replay({ slices: [['user.region']] })).slices ?? [];
    const [drawn] =
      (await replay({ slices: [['user.region']], stratify: 'user.region', limit: 60 })).slices ?? [];
    const count = (table: typeof all, value: string): number =>
      table?.slices.find(({ values }) => values[0] === value)?.requests ?? 0;
    for (const { values, requests } of all?.slices ?? []) {
      const [value = ''] = values;
      expect(Math.abs(count(drawn, value) - (requests * 60) / REQUESTS)).toBeLessThanOrEqual(1);
    }
  });

  test('refuses to stratify by an attribute of items', async () => {
    await expect(replay({ stratify: 'item.category', limit: 9 })).rejects.toMatchObject({
      code: 'bad_input',
      message: expect.stringContaining('stratify by one of users or requests'),
    });
  });
});

describe('an attributed replay', () => {
  test('takes every change apart into parts that sum to it', async () => {
    const report = await replay({ attribution: true });
    expect(differingParts(baseline.policy, retrained.policy, false)).toEqual(['model']);
    expect(report.attribution?.length).toBeGreaterThan(10);
    for (const { id, total, parts, intervals } of report.attribution ?? []) {
      const sum = parts.model + parts.weights + parts.multipliers + parts.filters + parts.diversity;
      expect(sum).toBeCloseTo(total, 12);
      expect(intervals?.model).toEqual(intervals?.total);
      expect(parts).toMatchObject({ weights: 0, multipliers: 0, filters: 0, diversity: 0 });
      const {
        baseline: before,
        difference,
        intervals: own,
      } = report.measures.find((row) => row.id === id) ?? {};
      if (before === null || before === undefined) continue;
      expect(total).toBeCloseTo(difference ?? NaN, 12);
      // All of the change is the model's: how sure that is comes from the same draws as the measure's own interval.
      expect(intervals?.total?.lower).toBeCloseTo(own?.difference?.lower ?? NaN, 10);
      expect(intervals?.total?.upper).toBeCloseTo(own?.difference?.upper ?? NaN, 10);
    }
  });
});

describe('estimates from logged propensities', () => {
  test('are numbers where the log supports them and say why not where it does not', async () => {
    const report = await replay({});
    const support = report.offPolicy?.find(({ signal }) => signal === 'like');
    expect(support?.candidate.actions).toBeGreaterThan(REQUESTS);
    for (const side of ['baseline', 'candidate'] as const) {
      for (const estimator of ['ips', 'snips', 'dm', 'dr'] as const) {
        const measure = report.measures.find(({ id }) => id === `${estimator}:like`);
        const because = support?.[side].unsupported[estimator] ?? null;
        expect(measure?.[side] === null).toBe(because !== null);
        if (because === null) expect(measure?.intervals?.[side]).not.toBeNull();
        else expect(measure?.intervals?.[side]).toBeNull();
      }
    }
  });

  test('are refused by a log too thin for them', async () => {
    const report = await replay({ limit: 3 });
    expect(report.offPolicy?.[0]?.candidate.unsupported.ips).toMatch(/effective sample size/);
    expect(report.measures.find(({ id }) => id === 'snips:like')).toMatchObject({
      candidate: null,
      difference: null,
    });
  });
});
