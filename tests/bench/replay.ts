import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { openSnapshot } from '../../electron/database/snapshot/open.ts';
import { openBundle, type Bundle } from '../../electron/services/releases/bundle.ts';
import { releaseContestant } from '../../electron/services/replay/ranker.ts';
import { BATCH_ROWS, runReplay } from '../../electron/services/replay/run.ts';
import { snapshotInfo } from '../../electron/services/snapshots/info.ts';
import { synthDefaults, synthesise } from '../../electron/services/snapshots/synth/synth.ts';
import { WorkerPool } from '../../electron/workers/pool.ts';
import type { SnapshotInfo } from '../../shared/domain/snapshot/meta.ts';
import { makeBundle } from '../fixtures/replay/bundle.ts';
import { replayWorker } from '../fixtures/replay/made.ts';
import { atLeast, figure, median, type Figure } from './figures.ts';

const REQUESTS = 1200;
const CANDIDATES = 100;
const HEADS = 12;
const ROUNDS = 3;

interface Shape {
  readonly features: number;
  readonly hidden: readonly number[];
  /** The least share of bare onnxruntime's rate. */
  readonly share: number;
}
const SHAPES: readonly Shape[] = [
  { features: 256, hidden: [512, 256, 128], share: 0.8 },
  { features: 64, hidden: [128, 64], share: 0.5 },
];

interface Round {
  readonly bare: number;
  readonly one: number;
  readonly two: number;
}

export async function benchReplay(): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const shape of SHAPES) figures.push(...(await benchShape(shape)));
  return figures;
}

/**
 * Candidates per second of the whole pipeline, all measures but the bootstrap, against bare onnxruntime on the same
 * model, batch and thread. Two policies share the model, so one inference feeds the whole of the rest: the hardest
 * case for the ratio. Each round measures all three in turn, so that what else the machine does hits them alike.
 */
async function benchShape({ features, hidden, share }: Shape): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'stateside-bench-'));
  const pools = { one: new WorkerPool(replayWorker, 1), two: new WorkerPool(replayWorker, 2) };
  try {
    const snapshot = await makeSnapshot(folder, features);
    const bundles = await makeBundles(folder, snapshot, hidden);
    const bare = await openBare(bundles.baseline.modelPath, snapshot.path, features);
    const pipeline = (pool: WorkerPool) => () => replayAll(pool, snapshot, bundles);
    const measure = async (): Promise<Round> => ({
      bare: await rate(bare),
      one: await rate(pipeline(pools.one)),
      two: await rate(pipeline(pools.two)),
    });
    await measure();
    const rounds: Round[] = [];
    for (let round = 0; round < ROUNDS; round += 1) rounds.push(await measure());
    const each = (value: (round: Round) => number): number => median(rounds.map(value));
    const model = [features, ...hidden].join('-');
    const rateOf = (what: string, value: (round: Round) => number): Figure =>
      figure(`${model}: ${what}`, each(value), 'candidates/s');
    return [
      rateOf('bare onnxruntime, one thread', ({ bare }) => bare),
      rateOf('pipeline, one worker', ({ one }) => one),
      rateOf('pipeline, two workers', ({ two }) => two),
      atLeast(
        `${model}: one worker ÷ bare onnxruntime`,
        each(({ bare, one }) => one / bare),
        '',
        share,
      ),
      figure(
        `${model}: two workers ÷ one worker`,
        each(({ one, two }) => two / one),
        '',
      ),
    ];
  } finally {
    await Promise.all([pools.one.close(), pools.two.close()]);
    await rm(folder, { recursive: true, force: true });
  }
}

async function makeSnapshot(folder: string, features: number): Promise<SnapshotInfo> {
  const path = join(folder, 'bench.snapshot.sqlite');
  const size = { requests: REQUESTS, candidates: CANDIDATES, features };
  synthesise(path, { ...synthDefaults(REQUESTS, CANDIDATES), ...size, seed: 1 });
  return snapshotInfo(path);
}

async function makeBundles(
  folder: string,
  snapshot: SnapshotInfo,
  hidden: readonly number[],
): Promise<{ baseline: Bundle; candidate: Bundle }> {
  const features = snapshot.features.map(({ name }) => name);
  const make = (name: string, sign: number): Promise<Bundle> => {
    const heads = Array.from({ length: HEADS }, (_, at) => ({ name: `head_${at}`, weight: sign * (at - 5) }));
    return openBundle(
      makeBundle(join(folder, name), { name, features, hidden: [...hidden], heads, seed: 1 }),
    );
  };
  return { baseline: await make('baseline', 1), candidate: await make('candidate', -1) };
}

/** Nothing but inference: the same rows in batches of the same size, from memory. */
async function openBare(
  modelPath: string,
  snapshotPath: string,
  columns: number,
): Promise<() => Promise<number>> {
  const options = { intraOpNumThreads: 1, interOpNumThreads: 1, executionMode: 'sequential' } as const;
  const session = await InferenceSession.create(modelPath, options);
  const features = allFeatures(snapshotPath, columns);
  const rows = REQUESTS * CANDIDATES;
  return async () => {
    for (let from = 0; from < rows; from += BATCH_ROWS) {
      const to = Math.min(rows, from + BATCH_ROWS);
      const batch = features.subarray(from * columns, to * columns);
      await session.run({ features: new Tensor('float32', batch, [to - from, columns]) });
    }
    return rows;
  };
}

function allFeatures(snapshotPath: string, columns: number): Float32Array {
  const reader = openSnapshot(snapshotPath);
  const features = new Float32Array(REQUESTS * CANDIDATES * columns);
  for (const [at, id] of reader.requestIds().entries())
    features.set(reader.request(id).features, at * CANDIDATES * columns);
  reader.close();
  return features;
}

async function replayAll(
  pool: WorkerPool,
  snapshot: SnapshotInfo,
  bundles: { readonly baseline: Bundle; readonly candidate: Bundle },
): Promise<number> {
  const report = await runReplay({
    pool,
    snapshot,
    baseline: releaseContestant(bundles.baseline),
    candidate: releaseContestant(bundles.candidate),
    settings: { seed: 1, limit: null, topK: 10 },
    signal: new AbortController().signal,
    intervals: false,
    progress: () => {},
    take: () => {},
  });
  return report.candidates;
}

async function rate(work: () => Promise<number>): Promise<number> {
  const started = performance.now();
  const candidates = await work();
  return (candidates * 1000) / (performance.now() - started);
}
