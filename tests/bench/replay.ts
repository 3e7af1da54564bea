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
import type { ReplayReport } from '../../shared/domain/replay/report.ts';
import type { SnapshotInfo } from '../../shared/domain/snapshot/meta.ts';
import { makeBundle, type MadeBundle } from '../fixtures/replay/bundle.ts';
import { replayWorker } from '../fixtures/replay/made.ts';
import { benchBootstrap } from './bootstrap.ts';
import { atLeast, figure, median, type Figure } from './figures.ts';
import { hasTorch, replayInPython, writeLayers, type PythonAnswer } from './python.ts';
import { benchScale } from './scale.ts';
import { benchTrecEval } from './trec-eval.ts';

/**
 * So many that what a replay does once, at its start and its end, weighs little, as it does in a real one: some 50 ms, and
 * the second that caches and threads take to be at work after a rest. So few that no pool rests for the minute after which
 * its threads end, and would then compile everything anew.
 */
const REQUESTS = 19_200;
/** Requests whose rows bare onnxruntime runs over again and again, in whole batches: those of all take a gigabyte. */
const HELD = 2048;
/** Requests whose figures are held against Python's: among many more the two kernels' roundings turn some feed round. */
const COMPARED = 2400;
const CANDIDATES = 100;
const HEADS = 12;
const TOP_K = 10;
/** Not timed: until then functions are compiled. */
const FIRST_ROUNDS = 2;
const ROUNDS = 3;
/** How far a figure of the two pipelines may be apart; those made of outputs themselves, which are float32. */
const SAME = 1e-9;
const SAME_OUTPUTS = 1e-6;
const OF_OUTPUTS = /^(?:auc|calibration_error|dm|dr):/;

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

/** What a way took for the whole snapshot, in seconds; `processor`: of all threads. */
interface Took {
  readonly clock: number;
  readonly processor: number;
}
interface Round {
  readonly bare: Took;
  readonly one: Took;
  readonly two: Took;
  readonly shared: Took;
  readonly python: number | null;
}

/** Speed and memory of replays, each claim as a ratio measured in one run. */
export async function benchReplay(): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const shape of SHAPES) figures.push(...(await benchShape(shape)));
  figures.push(...(await benchTrecEval()), ...(await benchBootstrap()), ...(await benchScale()));
  return figures;
}

/**
 * The whole pipeline with all measures but the bootstrap, from the file to the report, beside bare onnxruntime that
 * runs the same two models over the same rows from memory, in batches of the same size, on the same threads; and
 * beside the same replay in Python. In between, two policies of one model, where one inference feeds two rankings: the
 * hardest case. Each round measures all in turn, so that what else the machine does hits them alike.
 */
async function benchShape({ features, hidden, share }: Shape): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'stateside-bench-'));
  const pools = { one: new WorkerPool(replayWorker, 1), two: new WorkerPool(replayWorker, 2) };
  try {
    const snapshot = await makeSnapshot(folder, features, REQUESTS);
    const made = madeBundles(snapshot, hidden);
    const bundles = {
      baseline: await openBundle(makeBundle(join(folder, 'baseline'), made.baseline)),
      candidate: await openBundle(makeBundle(join(folder, 'candidate'), made.candidate)),
      reweighed: await openBundle(makeBundle(join(folder, 'reweighed'), made.reweighed)),
    };
    const bare = await openBare(bundles, snapshot.path, features);
    const layers = {
      baseline: writeLayers(join(folder, 'baseline-layers'), made.baseline),
      candidate: writeLayers(join(folder, 'candidate-layers'), made.candidate),
    };
    const few = await makeSnapshot(folder, features, COMPARED);
    const threads = hasTorch() ? fasterInPython(few.path, layers) : null;
    const pipeline =
      (pool: WorkerPool, candidate: Bundle, of = snapshot) =>
      () =>
        replayAll(pool, of, bundles.baseline, candidate);
    if (threads !== null)
      requireSame(
        await pipeline(pools.two, bundles.candidate, few)(),
        replayInPython(few.path, layers, TOP_K, threads),
      );
    const ours = async (): Promise<Omit<Round, 'python'>> => ({
      bare: await timed(bare),
      one: await timed(pipeline(pools.one, bundles.candidate)),
      two: await timed(pipeline(pools.two, bundles.candidate)),
      shared: await timed(pipeline(pools.one, bundles.reweighed)),
    });
    // without its start and its imports
    const python = (): number | null =>
      threads === null ? null : replayInPython(snapshot.path, layers, TOP_K, threads).seconds;
    for (let round = 0; round < FIRST_ROUNDS; round += 1) await ours();
    const rounds: Round[] = [];
    for (let round = 0; round < ROUNDS; round += 1) rounds.push({ ...(await ours()), python: python() });
    const each = (value: (round: Round) => number): number => median(rounds.map(value));
    const model = [features, ...hidden].join('-');
    const rateOf = (what: string, seconds: (round: Round) => number): Figure =>
      figure(`${model}: ${what}`, (REQUESTS * CANDIDATES) / each(seconds), 'candidates/s');
    return [
      rateOf('bare onnxruntime, both models, one thread', (round) => round.bare.clock),
      rateOf('replay, one worker', ({ one }) => one.clock),
      rateOf('replay, two workers', ({ two }) => two.clock),
      rateOf('replay of two policies of one model, one worker', ({ shared }) => shared.clock),
      atLeast(
        `${model}: replay ÷ bare onnxruntime, one thread`,
        each((round) => round.bare.clock / round.one.clock),
        '',
        share,
      ),
      figure(
        `${model}: the same in processor time of all threads`,
        each((round) => round.bare.processor / round.one.processor),
        '',
      ),
      figure(
        `${model}: two workers ÷ one worker`,
        each(({ one, two }) => one.clock / two.clock),
        '',
      ),
      ...(threads === null
        ? []
        : [
            rateOf('Python (torch, numpy, sqlite3), two threads', ({ python }) => python ?? NaN),
            atLeast(
              `${model}: replay on two workers ÷ Python`,
              each(({ python, two }) => (python ?? NaN) / two.clock),
              '',
              2,
            ),
          ]),
    ];
  } finally {
    await Promise.all([pools.one.close(), pools.two.close()]);
    await rm(folder, { recursive: true, force: true });
  }
}

/** The threads, one or two, on which Python replays faster here: numpy's part uses one. */
function fasterInPython(
  snapshot: string,
  layers: { readonly baseline: string; readonly candidate: string },
): number {
  const on = (threads: number): number => replayInPython(snapshot, layers, TOP_K, threads).seconds;
  return on(1) < on(2) ? 1 : 2;
}

/** The two pipelines must come to the same figures. */
function requireSame(report: ReplayReport, python: PythonAnswer): void {
  for (const [id, row] of Object.entries(python.measures)) {
    const own = report.measures.find((measure) => measure.id === id);
    const values = [own?.baseline, own?.candidate, own?.difference];
    for (const [at, value] of values.entries())
      if (!(Math.abs((value ?? 0) - (row[at] ?? 0)) <= (OF_OUTPUTS.test(id) ? SAME_OUTPUTS : SAME)))
        throw new Error(`Python and Stateside differ in ${id}: ${row.join(', ')} and ${values.join(', ')}`);
  }
}

async function makeSnapshot(folder: string, features: number, requests: number): Promise<SnapshotInfo> {
  const path = join(folder, `bench-${requests}.snapshot.sqlite`);
  const size = { requests, candidates: CANDIDATES, features };
  synthesise(path, { ...synthDefaults(requests, CANDIDATES), ...size, seed: 1 });
  return snapshotInfo(path);
}

/**
 * A baseline, another model, and the baseline's model weighed otherwise. The first heads predict the snapshot's binary
 * signals, as a release's heads do, so that their reliability is measured too.
 */
function madeBundles(snapshot: SnapshotInfo, hidden: readonly number[]) {
  const features = snapshot.features.map(({ name }) => name);
  const signals = snapshot.signals.filter(({ kind }) => kind === 'binary').map(({ name }) => name);
  const made = (name: string, seed: number, sign: number): MadeBundle => ({
    ...{ name, features, hidden, seed },
    heads: Array.from({ length: HEADS }, (_, at) => ({
      name: signals[at] ?? `head_${at}`,
      weight: sign * (at - 5),
    })),
  });
  return {
    baseline: made('baseline', 1, 1),
    candidate: made('candidate', 2, 1),
    reweighed: made('reweighed', 1, -1),
  };
}

/** Nothing but inference: as many rows in batches of the same size, from memory, by both models. */
async function openBare(
  { baseline, candidate }: { readonly baseline: Bundle; readonly candidate: Bundle },
  snapshotPath: string,
  columns: number,
): Promise<() => Promise<void>> {
  const options = { intraOpNumThreads: 1, interOpNumThreads: 1, executionMode: 'sequential' } as const;
  const sessions = [
    await InferenceSession.create(baseline.modelPath, options),
    await InferenceSession.create(candidate.modelPath, options),
  ];
  const features = heldFeatures(snapshotPath, columns);
  const rows = REQUESTS * CANDIDATES;
  return async () => {
    for (let from = 0; from < rows; from += BATCH_ROWS) {
      const held = from % (HELD * CANDIDATES);
      const size = Math.min(rows - from, BATCH_ROWS);
      const batch = features.subarray(held * columns, (held + size) * columns);
      for (const session of sessions)
        await session.run({ features: new Tensor('float32', batch, [size, columns]) });
    }
  };
}

function heldFeatures(snapshotPath: string, columns: number): Float32Array {
  const reader = openSnapshot(snapshotPath);
  const features = new Float32Array(HELD * CANDIDATES * columns);
  for (const [at, id] of reader.requestIdsBlock(0, HELD).entries())
    features.set(reader.request(id).features, at * CANDIDATES * columns);
  reader.close();
  return features;
}

function replayAll(
  pool: WorkerPool,
  snapshot: SnapshotInfo,
  baseline: Bundle,
  candidate: Bundle,
): Promise<ReplayReport> {
  return runReplay({
    ...{ pool, snapshot },
    baseline: releaseContestant(baseline),
    candidate: releaseContestant(candidate),
    settings: { seed: 1, limit: null, topK: TOP_K },
    signal: new AbortController().signal,
    intervals: false,
    progress: () => {},
    take: () => {},
  });
}

async function timed(work: () => Promise<unknown>): Promise<Took> {
  const started = performance.now();
  const used = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(used);
  return { clock: (performance.now() - started) / 1000, processor: (user + system) / 1e6 };
}
