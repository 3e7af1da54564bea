import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Workspace } from '../../../electron/database/workspace/open.ts';
import { createServices, type OpenServices } from '../../../electron/services/services.ts';
import { foundSample } from '../../../electron/services/workspace/found-sample.ts';
import { WorkerPool } from '../../../electron/workers/pool.ts';
import { sha256Hex } from '../../../electron/services/signoff/digest.ts';
import { ReleaseStatement } from '../../../shared/domain/statements/release-statement.ts';
import { serviceContract } from '../../../shared/contract/index.ts';
import { replayWorker } from '../../fixtures/replay/made.ts';

const folder = mkdtempSync(join(tmpdir(), 'stateside-sample-'));
const pool = new WorkerPool(replayWorker, 2);
let workspace: Workspace;
let services: OpenServices;

beforeAll(async () => {
  workspace = await foundSample(
    join(folder, 'sample'),
    join(import.meta.dirname, '../../../resources/sample'),
    pool,
  );
  services = createServices(workspace, pool, () => {});
});

afterAll(async () => {
  await services.close();
  await pool.close();
  workspace.close();
  rmSync(folder, { recursive: true, force: true });
});

const fail = (): never => {
  throw new Error('the sample lacks a replay');
};

describe('the sample workspace', () => {
  test('has a US release in production that two approvers signed, by a record that verifies', async () => {
    const overview = serviceContract.workspace.overview.output.parse(await services.workspace.overview());
    expect(overview.workspace).toMatchObject({ sample: true, jurisdiction: 'US' });
    expect(overview.production).toMatchObject({
      release: { manifest: { version: 'us-2026.10.0', team: 'us' } },
    });
    expect(new Set(overview.production?.approvedBy).size).toBe(2);
    const record = await services.signoff.record({
      releaseDigest: overview.production?.release.digest ?? '',
    });
    expect((await services.signoff.verify({ json: record.json })).ok).toBe(true);
    expect((await services.audit.verify()).ok).toBe(true);
  });

  test('shows at first start that the good candidate passes every required gate and the bad one does not', async () => {
    const failed = new Map<string, string[]>();
    for (const { id } of await services.replay.list()) {
      const { candidate, gates, state } = await services.replay.get({ id });
      expect(state).toBe('done');
      const names = gates
        .filter(({ required, verdict }) => required && verdict !== 'pass')
        .map(({ name }) => name);
      failed.set(candidate.version, names);
    }
    expect(failed.get('us-2026.11.0')).toEqual([]);
    expect(failed.get('us-2026.11.0-rc1')).toEqual([
      'training_data_us',
      'ranking_quality',
      'negative_feedback',
    ]);
    expect(failed.get('global-2026.9.0')).toContain('training_data_us');
  });

  test('awaits a decision on the two US candidates and says what each lacks', async () => {
    const { awaiting } = await services.workspace.overview();
    const missing = new Map(
      awaiting.map((row) => [row.release.manifest.version, row.missing.map(({ what }) => what)]),
    );
    expect([...missing.keys()].toSorted()).toEqual(['us-2026.11.0', 'us-2026.11.0-rc1']);
    expect(missing.get('us-2026.11.0')).toContain('2 approvals');
    expect(missing.get('us-2026.11.0-rc1')?.join()).toContain('Trained on US data alone');
  });

  test('freezes with the evidence the digest of what changed since the parent', async () => {
    const replays = await services.replay.list();
    const { id, candidate, baseline } =
      replays.find(({ candidate: { version } }) => version === 'us-2026.11.0') ?? fail();
    const { statement } = await services.signoff.freeze({ releaseDigest: candidate.digest, replayId: id });
    const { predicate } = ReleaseStatement.parse(JSON.parse(statement?.json ?? ''));
    const pair = { before: baseline.digest, after: candidate.digest };
    const { json } = await services.weights.changesDocument(pair);
    expect(predicate.changes).toMatchObject({ parent: { version: 'us-2026.10.0' }, digest: sha256Hex(json) });
  });

  test('is searched by release, person, snapshot, replay, request and item', async () => {
    const find = async (text: string): Promise<string[]> =>
      serviceContract.workspace.find.output
        .parse(await services.workspace.find({ text }))
        .map(({ kind }) => kind);
    expect(await find('2026.11.0-rc1')).toEqual(['release', 'replay']);
    expect(await find('dana')).toEqual(['person']);
    expect(await find('April 2022')).toContain('snapshot');
    expect(await find('20220416-10246')).toEqual(['request']);
    expect(await find('no such thing')).toEqual([]);
  });

  test('finds an item by its id and leads to a feed that it was a candidate for', async () => {
    const [found, ...others] = await services.workspace.find({ text: '1822541' });
    expect(others).toEqual([]);
    expect(found).toMatchObject({ kind: 'item', title: 'Video 1822541' });
    const [, replay = '', request = ''] =
      /^\/replay\/(\w+)\/request\/([\w-]+)\?item=1822541$/.exec(found?.route ?? '') ?? [];
    const { snapshot, baseline, candidate } = await services.replay.get({ id: replay });
    const feed = await services.replay.feed({
      snapshot: snapshot.digest,
      baseline: baseline.digest,
      candidate: candidate.digest,
      requestId: request,
    });
    expect(feed.items.map(({ itemId }) => itemId)).toContain('1822541');
  });
});
