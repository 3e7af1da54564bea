import { appendFileSync, copyFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { workspacePaths } from '../../../electron/database/workspace/open.ts';
import { serviceContract } from '../../../shared/contract/index.ts';
import { ReplayReport } from '../../../shared/domain/replay/report.ts';
import { canonicalDigest } from '../../../electron/services/signoff/digest.ts';
import { testFolder } from '../../fixtures/replay/folder.ts';
import { makeBundles, makeSnapshot } from '../../fixtures/replay/made.ts';
import { newServices, openServices, type Opened } from '../../fixtures/replay/services.ts';

const settings = { seed: 1, limit: null, topK: 5 };

/** A workspace with a snapshot and two releases in it. */
async function stocked(requests = 60) {
  const opened = await newServices();
  const made = testFolder();
  const { path, features } = makeSnapshot(made, requests);
  const paths = makeBundles(made, features);
  const { snapshots, releases } = opened.services;
  const snapshot = await snapshots.add({ path });
  const baseline = await releases.import({ path: paths.baseline });
  const candidate = await releases.import({ path: paths.retrained });
  const input = {
    snapshot: snapshot.digest,
    baseline: baseline.digest,
    candidate: candidate.digest,
    settings,
  };
  return { ...opened, path, paths, snapshot, baseline, candidate, input };
}

/** A journal's frame of an empty block that holds so many requests. */
const frame = (requests: number): Uint8Array => new Uint8Array(Uint32Array.of(0, 0, requests).buffer);

const actions = async ({ services }: Opened): Promise<string[]> =>
  (await services.audit.entries({ offset: 0, limit: 100, search: '' })).rows
    .map(({ action }) => action)
    .toReversed();
const rows = ({ workspace }: Opened): unknown =>
  workspace.db.prepare('SELECT count(*) FROM replay_request').pluck().get();

describe('a replay in a workspace', () => {
  test('is kept with its report, its gates and every request, and the log says so', async () => {
    const opened = await stocked();
    const { replay, jobs, audit } = opened.services;
    const { replayId, jobId } = await replay.start(opened.input);
    expect(await replay.get({ id: replayId })).toMatchObject({ state: 'running', report: null, gates: [] });
    expect(await jobs.ended(jobId)).toMatchObject({
      state: 'done',
      done: 60,
      total: 60,
      route: `/replay/${replayId}`,
    });
    const detail = serviceContract.replay.get.output.parse(await replay.get({ id: replayId }));
    expect(detail).toMatchObject({ state: 'done', requests: 60, settings });
    expect(canonicalDigest(ReplayReport.parse(detail.report))).toBe(detail.reportDigest);
    expect(detail.gates.find(({ name }) => name === 'bundle_intact')?.verdict).toBe('pass');
    const page = await replay.requests({
      replayId,
      sort: 'rbo',
      descending: true,
      search: '',
      only: 'all',
      offset: 50,
      limit: 20,
    });
    expect(serviceContract.replay.requests.output.parse(page)).toMatchObject({ total: 60, offset: 50 });
    expect(page.rows).toHaveLength(10);
    expect(await actions(opened)).toEqual([
      'snapshot.add',
      'release.import',
      'release.import',
      'replay.start',
      'replay.finish',
    ]);
    expect((await audit.verify()).ok).toBe(true);
    expect(opened.events).toContainEqual({
      name: 'data:changed',
      payload: expect.arrayContaining(['replay']),
    });
    expect(opened.events.some(({ name }) => name === 'jobs:changed')).toBe(true);
  });

  test('that is cancelled keeps no request and no report', async () => {
    const opened = await stocked(3000);
    const { replay, jobs } = opened.services;
    const { replayId, jobId } = await replay.start(opened.input);
    while ((await jobs.list())[0]?.done === 0) await new Promise(setImmediate);
    await jobs.cancel({ id: jobId });
    expect(await replay.get({ id: replayId })).toMatchObject({
      state: 'cancelled',
      report: null,
      reportDigest: null,
    });
    expect(rows(opened)).toBe(0);
    expect((await actions(opened)).at(-1)).toBe('replay.cancelled');
  });

  test('that fails says why and keeps nothing', async () => {
    const opened = await stocked();
    appendFileSync(opened.path, 'x');
    const { replay, jobs } = opened.services;
    const { replayId, jobId } = await replay.start(opened.input);
    expect(await jobs.ended(jobId)).toMatchObject({
      state: 'failed',
      message: expect.stringContaining('no longer has the bytes'),
    });
    expect(await replay.get({ id: replayId })).toMatchObject({
      state: 'failed',
      message: expect.stringContaining(opened.path),
    });
    expect(rows(opened)).toBe(0);
  });

  test('that ran when Stateside ended is interrupted at the next start, offered, and removed with all it kept', async () => {
    const opened = await stocked();
    const { replay, jobs } = opened.services;
    const { replayId, jobId } = await replay.start(opened.input);
    await jobs.ended(jobId);
    opened.workspace.db.exec(`UPDATE replay SET state = 'running', report = NULL, report_digest = NULL`);
    const journals = workspacePaths(opened.folder).journals;
    for (const name of [replayId, 'of-no-replay']) writeFileSync(join(journals, name), frame(60));
    const again = openServices(opened.folder);
    expect(await again.services.replay.get({ id: replayId })).toMatchObject({
      state: 'interrupted',
      message: expect.stringMatching(/60 requests are finished and kept; resume it/),
    });
    expect(await again.services.jobs.list()).toMatchObject([
      { state: 'interrupted', route: `/replay/${replayId}`, done: 60, total: 60, place: null },
    ]);
    expect(readdirSync(journals)).toEqual([replayId]);
    expect((await actions(again)).at(-1)).toBe('replay.interrupted');
    await again.services.replay.remove({ id: replayId });
    expect(rows(again)).toBe(0);
    expect(readdirSync(journals)).toEqual([]);
  });

  test('waits for those before it, says its place, and is cancelled there without having run', async () => {
    const opened = await stocked(400);
    const { replay, jobs } = opened.services;
    const started = [];
    for (let at = 0; at < 3; at += 1) started.push(await replay.start(opened.input));
    const [first, second, third] = started;
    if (first === undefined || second === undefined || third === undefined) throw new Error('not started');
    const states = async () => (await jobs.list()).map(({ state, place }) => [state, place]);
    expect(await states()).toEqual([
      ['running', null],
      ['queued', 1],
      ['queued', 2],
    ]);
    expect(await replay.get({ id: third.replayId })).toMatchObject({ state: 'queued' });
    await expect(replay.remove({ id: third.replayId })).rejects.toThrow('is queued; cancel it first');
    await jobs.cancel({ id: second.jobId });
    expect(await replay.get({ id: second.replayId })).toMatchObject({ state: 'cancelled' });
    expect(await states()).toEqual([
      ['running', null],
      ['cancelled', null],
      ['queued', 1],
    ]);
    expect(await jobs.ended(third.jobId)).toMatchObject({ state: 'done' });
    expect(await jobs.ended(first.jobId)).toMatchObject({ state: 'done' });
    const [a, b] = [await replay.get({ id: first.replayId }), await replay.get({ id: third.replayId })];
    expect(a.reportDigest).toBe(b.reportDigest);
  });

  test('goes on after Stateside was closed: what waited by itself, what ran when it is resumed', async () => {
    const opened = await stocked(400);
    const { replay, jobs } = opened.services;
    const first = await replay.start(opened.input);
    const second = await replay.start(opened.input);
    while ((await jobs.list())[0]?.done === 0) await new Promise(setImmediate);
    await opened.services.close();
    expect(await replay.get({ id: first.replayId })).toMatchObject({ state: 'interrupted', report: null });
    expect(await replay.get({ id: second.replayId })).toMatchObject({ state: 'queued' });
    const again = openServices(opened.folder);
    const { jobId } = await again.services.replay.resume({ id: first.replayId });
    expect(await again.services.jobs.list()).toMatchObject([
      { route: `/replay/${second.replayId}`, state: 'running' },
      { route: `/replay/${first.replayId}`, state: 'queued', place: 1 },
    ]);
    await again.services.jobs.ended(jobId);
    const [a, b] = [
      await again.services.replay.get({ id: first.replayId }),
      await again.services.replay.get({ id: second.replayId }),
    ];
    expect(a).toMatchObject({ state: 'done', requests: 400 });
    expect(a.reportDigest).toBe(b.reportDigest);
    await expect(again.services.replay.resume({ id: first.replayId })).rejects.toMatchObject({
      code: 'refused',
    });
    expect(readdirSync(workspacePaths(opened.folder).journals)).toEqual([]);
  });

  test('can be removed once it has ended, with its requests', async () => {
    const opened = await stocked();
    const { replay, jobs } = opened.services;
    const { replayId, jobId } = await replay.start(opened.input);
    await expect(replay.remove({ id: replayId })).rejects.toMatchObject({ code: 'refused' });
    await jobs.ended(jobId);
    await replay.remove({ id: replayId });
    await expect(replay.get({ id: replayId })).rejects.toMatchObject({ code: 'not_found' });
    expect(rows(opened)).toBe(0);
    expect((await actions(opened)).at(-1)).toBe('replay.remove');
  });

  test.each(['snapshot', 'baseline', 'candidate'] as const)('of an unknown %s is not begun', async (what) => {
    const opened = await stocked();
    const start = async () => opened.services.replay.start({ ...opened.input, [what]: 'f'.repeat(64) });
    await expect(start()).rejects.toMatchObject({ code: 'not_found' });
    expect(await opened.services.replay.list()).toEqual([]);
  });
});

describe('a feed', () => {
  test('has both sides with arithmetic that sums, and every candidate as an item', async () => {
    const { services, input, snapshot } = await stocked();
    const { replayId, jobId } = await services.replay.start(input);
    await services.jobs.ended(jobId);
    const page = await services.replay.requests({
      replayId,
      sort: 'overlap',
      descending: false,
      search: '',
      only: 'all',
      offset: 0,
      limit: 1,
    });
    const requestId = page.rows[0]?.requestId ?? '';
    const { settings: _, ...sides } = input;
    const feed = serviceContract.replay.feed.output.parse(
      await services.replay.feed({ ...sides, requestId }),
    );
    expect(feed.snapshot.digest).toBe(snapshot.digest);
    expect(feed.items.map(({ ordinal }) => ordinal)).toEqual(feed.items.map((_item, at) => at));
    for (const { items } of [feed.baseline, feed.candidate]) {
      expect(new Set(items.map(({ itemId }) => itemId))).toEqual(
        new Set(feed.items.map(({ itemId }) => itemId)),
      );
      for (const { heads, baseScore } of items)
        expect(heads.reduce((sum, head) => sum + head.contribution, 0)).toBeCloseTo(baseScore, 9);
    }
  });
});

describe('snapshots', () => {
  test('are known by their bytes: the same file from another place is the same snapshot, there from now on', async () => {
    const opened = await stocked();
    const elsewhere = join(testFolder(), 'moved.snapshot.sqlite');
    copyFileSync(opened.path, elsewhere);
    const { snapshots } = opened.services;
    await snapshots.add({ path: elsewhere });
    expect(await snapshots.list()).toMatchObject([
      { digest: opened.snapshot.digest, path: elsewhere, available: true },
    ]);
    expect((await actions(opened)).at(-1)).toBe('snapshot.move');
  });

  test('whose bytes changed are not available', async () => {
    const { services, path } = await stocked();
    appendFileSync(path, 'x');
    expect(await services.snapshots.list()).toMatchObject([{ available: false }]);
  });

  test('that are none are refused and not added', async () => {
    const { services } = await newServices();
    const path = join(import.meta.dirname, '../../../package.json');
    await expect(services.snapshots.add({ path })).rejects.toMatchObject({ code: 'bad_input' });
    expect(await services.snapshots.list()).toEqual([]);
  });
});

describe('releases', () => {
  test('imported twice are one, with one log entry', async () => {
    const opened = await stocked();
    await opened.services.releases.import({ path: opened.paths.baseline });
    expect(await opened.services.releases.list()).toHaveLength(2);
    expect((await actions(opened)).filter((action) => action === 'release.import')).toHaveLength(2);
  });

  test('show their papers', async () => {
    const { services, baseline } = await stocked();
    const detail = serviceContract.releases.get.output.parse(
      await services.releases.get({ digest: baseline.digest }),
    );
    expect(detail).toMatchObject({
      topK: 10,
      heads: [
        { name: 'like', weight: 1 },
        { name: 'hate', weight: -2 },
      ],
    });
    expect(detail.files.map(({ path }) => path)).toContain('model.onnx');
  });
});
