import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Workspace } from '../../../electron/database/workspace/open.ts';
import { createServices, type OpenServices } from '../../../electron/services/services.ts';
import { foundSample } from '../../../electron/services/workspace/found-sample.ts';
import { WorkerPool } from '../../../electron/workers/pool.ts';
import { serviceContract } from '../../../shared/contract/index.ts';
import { rankRequest } from '../../../shared/domain/ranking/rank.ts';
import type { RankingPolicy } from '../../../shared/domain/ranking/policy.ts';
import { replayWorker } from '../../fixtures/replay/made.ts';

const { weights: channels } = serviceContract;
const folder = mkdtempSync(join(tmpdir(), 'stateside-formula-'));
const pool = new WorkerPool(replayWorker, 2);
let workspace: Workspace;
let services: OpenServices;
let snapshot: string;
const releases = new Map<string, string>();

beforeAll(async () => {
  workspace = await foundSample(
    join(folder, 'sample'),
    join(import.meta.dirname, '../../../resources/sample'),
    pool,
  );
  services = createServices(workspace, pool, () => {});
  for (const { digest, manifest } of await services.releases.list()) releases.set(manifest.version, digest);
  snapshot = (await services.snapshots.list())[0]?.digest ?? '';
});

afterAll(async () => {
  await services.close();
  await pool.close();
  workspace.close();
  rmSync(folder, { recursive: true, force: true });
});

const digest = (version: string): string => releases.get(version) ?? '';
const policyOf = async (version: string): Promise<RankingPolicy> =>
  (await services.weights.formula({ release: digest(version), against: null })).policy;

describe("a release's formula", () => {
  test('stands beside its parent, with what differs in words and since when each weight is what it is', async () => {
    const detail = channels.formula.output.parse(
      await services.weights.formula({ release: digest('us-2026.11.0'), against: digest('us-2026.10.0') }),
    );
    expect(detail.findings).toEqual([]);
    expect(detail.comparison?.title).toBe('us-2026.10.0');
    expect(detail.comparison?.changes?.[0]?.words).toBe('like 0.5 → 10: 20 times stronger');
    expect(detail.since).toMatchObject({
      like: 'us-2026.11.0',
      hate: 'us-2026.10.0',
      long_view: 'us-2026.11.0',
    });
  });

  test('stands beside a published formula, head by head', async () => {
    const { comparison } = await services.weights.formula({
      release: digest('us-2026.10.0'),
      against: 'x-2026.yaml',
    });
    expect(comparison?.title).toBe('X 2026, defaults in the code');
    expect(comparison?.changes?.map(({ name }) => name)).toContain('report');
    const template = await services.weights.formula({
      release: digest('us-2026.10.0'),
      against: 'tiktok-2021.yaml',
    });
    expect(template.comparison?.changes).toBeNull();
    expect(template.comparison?.formula.heads[0]).toMatchObject({ name: 'like', weight: null });
  });

  test.each([
    ['none.yaml', 'holds no published formula none.yaml'],
    ['../workspace.yaml', 'holds no published formula ../workspace.yaml'],
    ['f'.repeat(64), 'ffffffff'],
  ])('is not compared with what is not there: %s', async (against, sentence) => {
    const asked = services.weights.formula({ release: digest('us-2026.10.0'), against });
    await expect(asked).rejects.toThrow(sentence);
  });

  test('published formulas come with what the validator says of them', async () => {
    const rows = channels.references.output.parse(await services.weights.references());
    expect(rows.map(({ id }) => id)).toEqual([
      'tiktok-2021.yaml',
      'x-2023-defaults.yaml',
      'x-2023.yaml',
      'x-2026.yaml',
    ]);
    const outside = rows[1]?.findings.filter(({ code }) => code === 'weight_outside_range');
    expect(outside?.map(({ name }) => name)).toEqual(['negative_feedback_v2', 'report']);
  });
});

describe('what the weights are worth on the sample', () => {
  test('is measured on 500 requests', async () => {
    const input = { release: digest('us-2026.10.0'), snapshot };
    const worth = channels.worth.output.parse(await services.weights.worth(input));
    expect(worth.requests).toBe(500);
    expect(worth.heads.map(({ name }) => name)).toEqual([
      'like',
      'hate',
      'follow',
      'comment',
      'forward',
      'long_view',
      'play',
    ]);
    const hate = worth.heads[1];
    expect(hate?.share?.mean).toBeGreaterThan(0.5);
    expect(hate?.flips).toBeGreaterThan(100);
  });

  test('tells which share of feeds each change of the candidate changes in the top 10', async () => {
    const effects = channels.effects.output.parse(
      await services.weights.effects({
        release: digest('us-2026.11.0-rc1'),
        against: digest('us-2026.10.0'),
        snapshot,
      }),
    );
    expect(effects).toMatchObject({ requests: 500, depth: 10 });
    expect(effects.single).toHaveLength(3);
    for (const share of [effects.all, ...effects.single]) {
      expect(share).toBeGreaterThan(0);
      expect(share).toBeLessThanOrEqual(1);
    }
    const none = await services.weights.effects({
      release: digest('us-2026.10.0'),
      against: digest('us-2026.10.0'),
      snapshot,
    });
    expect(none).toMatchObject({ all: 0, single: [] });
  });
});

const moved = (policy: RankingPolicy, name: string, weight: number): RankingPolicy => ({
  ...policy,
  heads: policy.heads.map((head) => (head.name === name ? { ...head, weight } : head)),
});

describe('what if', () => {
  test("a moved weight's measures on 500 requests equal a replay's", async () => {
    const policy = await policyOf('us-2026.10.0');
    const input = { release: digest('us-2026.10.0'), snapshot };
    const same = channels.whatIf.output.parse(await services.weights.whatIf({ ...input, policy }));
    expect(same.requests).toBe(500);
    for (const { difference, better } of same.measures)
      if (better !== 'neither') expect(difference ?? 0).toBe(0);
    expect(same.measures.find(({ id }) => id === 'overlap@5')?.difference).toBe(1);
    const other = await services.weights.whatIf({ ...input, policy: moved(policy, 'hate', -0.5) });
    expect(other.measures.find(({ id }) => id === 'overlap@5')?.difference).toBeLessThan(1);
    expect(other.measures.find(({ id }) => id === 'negative_feedback@5')?.difference).toBeGreaterThan(0);
  });

  test('a request comes with its outputs, so that it ranks here as the replay ranks it', async () => {
    const [requestId = ''] = await services.weights.sample({ snapshot });
    const release = digest('us-2026.10.0');
    const kept = channels.keptFeed.output.parse(
      await services.weights.keptFeed({ release, snapshot, requestId }),
    );
    const outputs = new Map(kept.outputs.map(({ name, values }) => [name, Float32Array.from(values)]));
    const ranking = rankRequest(await policyOf('us-2026.10.0'), kept.request, outputs, kept.idOrder);
    const feed = await services.replay.feed({ snapshot, baseline: release, candidate: release, requestId });
    expect(Array.from(ranking.order, (index) => kept.request.candidates[index]?.item.itemId)).toEqual(
      feed.baseline.items.filter(({ rank }) => rank !== null).map(({ itemId }) => itemId),
    );
    expect(kept.request.candidates.every(({ item }) => item.caption !== null)).toBe(true);
  });

  test('is refused with the head the model lacks', async () => {
    const policy = await policyOf('us-2026.10.0');
    const [first] = policy.heads;
    if (first === undefined) throw new Error('the sample has heads');
    const wrong = { ...policy, heads: [{ ...first, output: 'p_wish' }] };
    await expect(
      services.weights.whatIf({ release: digest('us-2026.10.0'), snapshot, policy: wrong }),
    ).rejects.toThrow('The model has no output "p_wish"');
  });
});

describe('a saved what-if', () => {
  test('is kept with its diff and noted in the log, and goes again', async () => {
    const release = digest('us-2026.10.0');
    const policy = moved(await policyOf('us-2026.10.0'), 'hate', -100);
    const draft = channels.saveDraft.output.parse(
      await services.weights.saveDraft({ release, name: 'More against hate', policy }),
    );
    expect(draft.changes.map(({ words }) => words)).toEqual(['hate −74 → −100: 35 % stronger']);
    expect(draft.policy).toEqual(policy);
    expect(await services.weights.drafts({ release })).toMatchObject([draft]);
    expect(await services.weights.drafts({ release: digest('us-2026.11.0') })).toEqual([]);
    await expect(services.weights.saveDraft({ release, name: 'More against hate', policy })).rejects.toThrow(
      'has a draft named More against hate already',
    );
    await services.weights.removeDraft({ id: draft.id });
    expect(await services.weights.drafts({ release })).toEqual([]);
    await expect(services.weights.removeDraft({ id: draft.id })).rejects.toThrow(
      `holds no policy draft ${draft.id}`,
    );
    const { rows } = await services.audit.entries({ offset: 0, limit: 10, search: draft.id });
    expect(rows.map(({ action }) => action).toSorted()).toEqual(['policy-draft.remove', 'policy-draft.save']);
    expect((await services.audit.verify()).ok).toBe(true);
  });

  test('is refused when it changes nothing', async () => {
    const policy = await policyOf('us-2026.10.0');
    await expect(
      services.weights.saveDraft({ release: digest('us-2026.10.0'), name: 'x', policy }),
    ).rejects.toThrow('changes nothing');
  });

  test('can never be signed: neither replayed as a release nor frozen', async () => {
    const release = digest('us-2026.10.0');
    const policy = moved(await policyOf('us-2026.10.0'), 'like', 2);
    const { id, digest: draft } = await services.weights.saveDraft({ release, name: 'unsigned', policy });
    const replayId = (await services.replay.list())[0]?.id ?? '';
    for (const releaseDigest of [id, draft]) {
      await expect(services.signoff.freeze({ releaseDigest, replayId })).rejects.toThrow(
        /there is no release/,
      );
    }
    expect((await services.releases.list()).map(({ digest }) => digest)).not.toContain(draft);
  });
});
