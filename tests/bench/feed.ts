import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSnapshot } from '../../electron/database/snapshot/open.ts';
import { foundWorkspace } from '../../electron/database/workspace/found.ts';
import { keepSnapshot } from '../../electron/database/workspace/snapshots.ts';
import { createServices, type OpenServices } from '../../electron/services/services.ts';
import { snapshotInfo } from '../../electron/services/snapshots/info.ts';
import { synthDefaults, synthesise } from '../../electron/services/snapshots/synth/synth.ts';
import { WorkerPool } from '../../electron/workers/pool.ts';
import type { SnapshotInfo } from '../../shared/domain/snapshot/meta.ts';
import { makeBundles, replayWorker } from '../fixtures/replay/made.ts';
import { below, figure, median, quantile, type Figure } from './figures.ts';

const PROJECT = join(import.meta.dirname, '../..');
const SIZES = { small: 1000, large: 1_000_000 };
const CANDIDATES = 10;
const FEEDS = 400;

/** Opens feeds of requests from all over a snapshot through the same service as the window, small file first. */
export async function benchFeed(): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'stateside-bench-'));
  const pool = new WorkerPool(replayWorker, 1);
  const gatesFile = join(PROJECT, 'resources/gates.yaml');
  const workspace = await foundWorkspace(join(folder, 'bench'), { name: 'Bench', sample: false, gatesFile });
  const services = createServices(workspace, pool, () => {});
  try {
    const [small, large] = [await makeSnapshot(folder, SIZES.small), await makeSnapshot(folder, SIZES.large)];
    for (const info of [small, large])
      keepSnapshot(workspace.db, { info, addedAt: new Date().toISOString() });
    const paths = makeBundles(
      folder,
      small.features.map(({ name }) => name),
    );
    const baseline = await services.releases.import({ path: paths.baseline });
    const candidate = await services.releases.import({ path: paths.retrained });
    const sides = { baseline: baseline.digest, candidate: candidate.digest };
    const few = await openFeeds(services, small, sides);
    const many = await openFeeds(services, large, sides);
    return [
      figure(`feed from ${SIZES.small} requests, median`, median(few.times), 'ms'),
      figure(`feed from ${SIZES.large} requests, median`, median(many.times), 'ms'),
      below(`feed from ${SIZES.large} requests, 95th percentile`, quantile(many.times, 0.95), 'ms', 100),
      figure(`first feed from ${SIZES.large} requests (the file is hashed)`, many.times[0] ?? NaN, 'ms'),
      figure(`size of the snapshot of ${SIZES.large} requests`, large.bytes / 2 ** 20, 'MB'),
      figure(`memory after ${FEEDS} feeds from the small snapshot`, few.memory, 'MB'),
      below('memory more after as many from the large one', many.memory - few.memory, 'MB', 150),
    ];
  } finally {
    await services.close();
    await pool.close();
    workspace.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function openFeeds(
  { replay }: OpenServices,
  { path, digest, counts }: SnapshotInfo,
  sides: { readonly baseline: string; readonly candidate: string },
): Promise<{ times: number[]; memory: number }> {
  const reader = openSnapshot(path);
  const ids = Array.from({ length: FEEDS }, (_, at) => {
    const [id = ''] = reader.requestIdsBlock(
      Math.floor(((at * 7919) % FEEDS) * (counts.requests / FEEDS)),
      1,
    );
    return id;
  });
  reader.close();
  const times: number[] = [];
  for (const requestId of ids) {
    const started = performance.now();
    await replay.feed({ snapshot: digest, ...sides, requestId });
    times.push(performance.now() - started);
  }
  return { times, memory: process.memoryUsage.rss() / 2 ** 20 };
}

function makeSnapshot(folder: string, requests: number): Promise<SnapshotInfo> {
  process.stderr.write(`Making a snapshot of ${requests} requests …\n`);
  const path = join(folder, `${requests}.snapshot.sqlite`);
  synthesise(path, { ...synthDefaults(requests, CANDIDATES), requests, candidates: CANDIDATES, seed: 1 });
  return snapshotInfo(path);
}
