import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { openSnapshot } from '../../../electron/database/snapshot/open.ts';
import { openBundle, type Bundle } from '../../../electron/services/releases/bundle.ts';
import { openModel } from '../../../electron/workers/model.ts';
import { readLog } from '../../../resources/sample/build/log.ts';
import { isUs } from '../../../resources/sample/build/region.ts';
import { rankRequest } from '../../../shared/domain/ranking/rank.ts';
import { MeasureAccumulator } from '../../../shared/domain/replay/measures.ts';
import { compareFeeds } from '../../../shared/domain/replay/outcome.ts';

const sample = join(import.meta.dirname, '../../../resources/sample');
const snapshot = openSnapshot(join(sample, 'us-2022-04.snapshot.sqlite'));
afterAll(() => snapshot.close());

const open = (version: string): Promise<Bundle> => openBundle(join(sample, 'releases', version));
const VERSIONS = ['global-2026.9.0', 'us-2026.10.0', 'us-2026.11.0-rc1', 'us-2026.11.0'];

const jurisdictions = async (version: string): Promise<string[]> =>
  (await open(version)).trainingData.datasets.map(({ jurisdiction }) => jurisdiction);
const hateWeight = async (version: string): Promise<number | undefined> =>
  (await open(version)).policy.heads.find(({ name }) => name === 'hate')?.weight;

describe("the sample's releases", () => {
  test.each(VERSIONS)(
    '%s opens, with the features of the snapshot and every head its policy names',
    async (version) => {
      const bundle = await open(version);
      expect(bundle.manifest.version).toBe(version);
      expect(bundle.features).toEqual(snapshot.info.features.map(({ name }) => name));
      const outputs = new Set(bundle.outputs.map(({ name }) => name));
      expect(bundle.policy.heads.filter(({ output }) => !outputs.has(output))).toEqual([]);
      expect(bundle.policy.heads).toHaveLength(7);
    },
  );

  test('state US data alone where they are for the US, but for the one that must fail', async () => {
    expect(await jurisdictions('us-2026.10.0')).toEqual(['US']);
    expect(await jurisdictions('us-2026.11.0')).toEqual(['US']);
    expect(await jurisdictions('us-2026.11.0-rc1')).not.toContain('US');
    expect(await jurisdictions('global-2026.9.0')).toContain('US');
    expect((await jurisdictions('global-2026.9.0')).length).toBeGreaterThan(1);
  });

  test("state the digest of the very rows of the log that the US model's data are", async () => {
    const log = readLog(join(sample, 'source/interactions.tsv.gz'));
    const start = log
      .filter(({ day }) => day >= '2022-04-16')
      .reduce((least, row) => Math.min(least, row.timeMs), Infinity);
    const key = ({ userId, day, videoId }: (typeof log)[number]) => `${userId} ${day} ${videoId}`;
    const after = new Set(log.filter(({ timeMs }) => timeMs >= start).map(key));
    const first = new Map<string, number>();
    for (const row of log) first.set(key(row), Math.min(row.timeMs, first.get(key(row)) ?? Infinity));
    const rows = log
      .filter((row) => isUs(row.userId) && !after.has(key(row)))
      .toSorted((a, b) => a.timeMs - b.timeMs || Number(a.userId) - Number(b.userId));
    const places = new Map<string, number>();
    for (const row of rows) if (!places.has(key(row))) places.set(key(row), places.size);
    const lines = rows
      .toSorted((a, b) => (places.get(key(a)) ?? 0) - (places.get(key(b)) ?? 0))
      .map(({ line }) => `${line}\n`);
    const [dataset] = (await open('us-2026.11.0')).trainingData.datasets;
    expect(dataset?.rows).toBe(rows.length);
    expect(dataset?.sha256).toBe(createHash('sha256').update(lines.join('')).digest('hex'));
  });

  test('weigh hate at -74, but for the trial that all but ignores it', async () => {
    expect(await hateWeight('us-2026.10.0')).toBe(-74);
    expect(await hateWeight('us-2026.11.0')).toBe(-74);
    expect(await hateWeight('us-2026.11.0-rc1')).toBe(-0.5);
  });

  test.each(VERSIONS)('%s has a card that compares every head with the popularity baseline', (version) => {
    const card = readFileSync(join(sample, 'releases', version, 'model-card.md'), 'utf8');
    for (const head of ['like', 'hate', 'follow', 'comment', 'forward', 'long view', 'play time']) {
      expect(card).toMatch(
        new RegExp(`^\\| ${head} \\| \\d+ (\\| 0\\.\\d{3} \\(0\\.\\d{3}\\) ){3}\\|$`, 'm'),
      );
    }
    expect(card).toContain('worse than the popularity baseline');
  });
});

describe('a replay of all held-out requests against production', () => {
  test('shows the candidate better, and no harm above it', async () => {
    const measure = await replay('us-2026.11.0');
    expect(measure('ndcg@10')).toBeGreaterThan(0.03);
    expect(measure('negative_feedback@5')).toBeLessThan(0);
    expect(measure('prevalence@5')).toBeLessThan(0);
    expect(measure('prevalence@5:hate_marked')).toBeLessThan(0);
  });

  test('shows the trial worse, and more of what users marked as hated', async () => {
    const measure = await replay('us-2026.11.0-rc1');
    expect(measure('ndcg@10')).toBeLessThan(-0.01);
    expect(measure('negative_feedback@5')).toBeGreaterThan(0.03);
    expect(measure('prevalence@5:hate_marked')).toBeGreaterThan(0);
  });
});

/** The difference of a measure between a release and the one in production. */
async function replay(version: string): Promise<(id: string) => number> {
  const rankers = await Promise.all(['us-2026.10.0', version].map(openRanker));
  const [baseline, candidate] = rankers;
  if (baseline === undefined || candidate === undefined) throw new RangeError('A replay has two rankers.');
  const accumulator = new MeasureAccumulator(10);
  for (const requestId of snapshot.requestIds()) {
    const request = snapshot.request(requestId);
    accumulator.add(
      compareFeeds({
        request,
        signals: snapshot.info.signals,
        baseline: await baseline.rank(request),
        candidate: await candidate.rank(request),
        topK: 10,
      }),
    );
  }
  await Promise.all(rankers.map(({ close }) => close()));
  const measures = accumulator.measures();
  return (id) => measures.find((measure) => measure.id === id)?.difference ?? NaN;
}

async function openRanker(version: string) {
  const { policy, modelPath } = await open(version);
  const model = await openModel(modelPath, { threads: 1 });
  return {
    rank: async (request: ReturnType<typeof snapshot.request>) =>
      rankRequest(
        policy,
        request,
        await model.run(request.features, request.candidates.length),
        snapshot.info.idOrder,
      ),
    close: () => model.close(),
  };
}
