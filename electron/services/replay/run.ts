import { createHash, randomUUID } from 'node:crypto';
import { badInput } from '../../../shared/domain/error.ts';
import { Inference } from '../../../shared/domain/replay/inference.ts';
import { MeasureAccumulator } from '../../../shared/domain/replay/measures.ts';
import type { ReplayReport, ReplaySettings } from '../../../shared/domain/replay/report.ts';
import { CONFIDENCE } from '../../../shared/domain/statistics/interval.ts';
import { GROUPS } from '../../../shared/domain/statistics/jackknife.ts';
import { DRAWS } from '../../../shared/domain/statistics/resample.ts';
import { AttributionTally } from '../../../shared/domain/replay/attribution.ts';
import { OffPolicyTally } from '../../../shared/domain/replay/off-policy-tally.ts';
import { requestMark } from '../../../shared/domain/replay/request-mark.ts';
import { SliceTallies } from '../../../shared/domain/replay/slices.ts';
import { ReplayTally } from '../../../shared/domain/replay/tally.ts';
import type { SnapshotInfo } from '../../../shared/domain/snapshot/meta.ts';
import manifest from '../../../package.json' with { type: 'json' };
import type { WorkerPool } from '../../workers/pool.ts';
import { differingOf, requireMixable } from './attribute.ts';
import { requireFit } from './fit.ts';
import { blockOf } from './block-bytes.ts';
import type { ReplayedBlock, ReplayedRequest } from './compare.ts';
import { inOrder } from './in-order.ts';
import type { Contestant } from './ranker.ts';
import { Recheck } from './recheck.ts';
import { Resampling } from './resampling.ts';
import { workedOutOn } from './work-out.ts';

/** Rows of one inference batch, about: with half as many what each batch costs shows, with twice as many the caches overflow. */
export const BATCH_ROWS = 1024;
/** Batches of one block, at most: a worker reads, infers and compares one block after another. */
const BATCHES = 32;
/** So many bytes of features a worker holds at once, about: with more, what it reads has left the caches before it is inferred. */
const FEATURE_BYTES = 16 * 1024 * 1024;
const BYTES_PER_FLOAT = 4;
/** Blocks under way for each thread, so that none waits while an answer is taken in. */
const AHEAD = 4;

const INFERENCE = {
  interval: 'poisson bootstrap percentile',
  level: CONFIDENCE,
  draws: DRAWS,
  groups: GROUPS,
} as const;

/** Where finished blocks are kept, so that a replay goes on where its program ended. */
export interface KeptBlocks {
  /** Those that are there already, in order. */
  blocks(): AsyncIterable<Uint8Array>;
  append(block: Uint8Array, requests: number): Promise<void>;
}

export interface ReplayRun {
  readonly pool: WorkerPool;
  readonly snapshot: SnapshotInfo;
  readonly baseline: Contestant;
  readonly candidate: Contestant;
  readonly settings: ReplaySettings;
  readonly signal: AbortSignal;
  /** Candidates of one batch, about; the answer does not depend on it. */
  readonly batchRows?: number;
  /** The gates that will judge the report, which it then names. */
  readonly gateRules?: ReplayReport['gateRules'];
  /** Absent: the replay begins anew and cannot go on later. */
  readonly kept?: KeptBlocks;
  /** Whether figures come with intervals and p values, which takes drawing every request a thousand times; true. */
  readonly intervals?: boolean;
  progress(done: number, total: number): void;
  /** Takes the requests in, in order of their ids; the next block waits for it. */
  take(block: readonly ReplayedRequest[]): void | Promise<void>;
}

/**
 * Ranks the snapshot's requests with both releases and measures what differs.
 * The answer is the same to the last bit whatever the number of threads and the size of batches.
 */
export async function runReplay(run: ReplayRun): Promise<ReplayReport> {
  const {
    pool,
    snapshot,
    baseline,
    candidate,
    settings,
    signal,
    batchRows = BATCH_ROWS,
    intervals = true,
  } = run;
  for (const { bundle } of [baseline, candidate]) if (bundle !== null) requireFit(snapshot, bundle);
  if (settings.attribution === true) requireMixable(baseline, candidate);
  const file = { path: snapshot.path, digest: snapshot.digest };
  const requestIds = await pool.run('draw', { snapshot: file, settings });
  if (requestIds.length === 0)
    throw badInput(`${snapshot.path} holds no requests; choose a snapshot with some.`);
  const task = {
    snapshot: file,
    baseline: baseline.ranker,
    candidate: candidate.ranker,
    settings,
    replay: randomUUID(),
  };
  const rowsPerRequest = Math.max(1, snapshot.counts.candidates / snapshot.counts.requests);
  const requestsPerBatch = Math.max(1, Math.round(batchRows / rowsPerRequest));
  const batchBytes = requestsPerBatch * rowsPerRequest * snapshot.features.length * BYTES_PER_FLOAT;
  // a short replay is cut so that each thread has its share
  const share = requestIds.length / requestsPerBatch / (pool.threads * AHEAD);
  const batchesPerBlock = Math.max(1, Math.floor(Math.min(BATCHES, FEATURE_BYTES / batchBytes, share)));
  const stop = new Int32Array(new SharedArrayBuffer(4));
  const compare = (from: number): AsyncGenerator<Uint8Array> =>
    inOrder(
      parts(requestIds, requestsPerBatch * batchesPerBlock, from),
      pool.threads * AHEAD,
      (ids) => pool.run('compare', { ...task, batches: [...parts(ids, requestsPerBatch)], stop }),
      signal,
    );
  signal.addEventListener('abort', () => Atomics.store(stop, 0, 1), { once: true });
  const measures = new MeasureAccumulator(settings.topK);
  const inference = intervals ? new Inference(settings.topK, settings.seed) : null;
  const resampling = new Resampling(pool);
  const slices = new SliceTallies(settings, intervals);
  const tally = new ReplayTally(settings.topK);
  const offPolicy = new OffPolicyTally(snapshot.signals, settings.seed, intervals);
  const attribution =
    settings.attribution === true
      ? new AttributionTally(settings.topK, differingOf(task), intervals ? settings.seed : null)
      : null;
  const drawnParts = attribution?.drawn ?? null;
  const recheck = new Recheck(requestIds);
  const outcomes = createHash('sha256');
  let requests = 0;
  let candidates = 0;
  run.progress(0, requestIds.length);
  for await (const { requests: block, heads, authors } of allBlocks(run.kept, compare, signal)) {
    recheck.take(block);
    const marks = block.map(({ requestId }) => requestMark(requestId));
    tally.addHeads(heads, marks);
    tally.addAuthors(authors, marks);
    for (const [at, replayed] of block.entries()) {
      const mark = marks[at] ?? 0;
      tally.add(replayed.shown, replayed.userId, mark);
      measures.add(replayed);
      const full = inference?.add(replayed, mark) ?? null;
      if (inference !== null && full !== null) await resampling.take(inference, full);
      for (const slice of slices.add(replayed.slices, replayed.userId, mark))
        await resampling.take(slice.inference, slice.task);
      const logged = offPolicy.add(replayed.offPolicy, mark);
      if (logged !== null) await resampling.take(offPolicy, logged);
      attribution?.add(replayed.worths);
      const worths = drawnParts?.add(replayed.worths, mark) ?? null;
      if (drawnParts !== null && worths !== null) await resampling.take(drawnParts, worths);
      candidates += replayed.candidates;
    }
    outcomes.update(block.map(({ json }) => `${json}\n`).join(''));
    await run.take(block);
    requests += block.length;
    run.progress(requests, requestIds.length);
  }
  const last = inference?.flush() ?? null;
  if (inference !== null && last !== null) await resampling.take(inference, last);
  const logged = offPolicy.flush();
  if (logged !== null) await resampling.take(offPolicy, logged);
  const worths = drawnParts?.flush() ?? null;
  if (drawnParts !== null && worths !== null) await resampling.take(drawnParts, worths);
  for (const slice of slices.flush()) await resampling.take(slice.inference, slice.task);
  const [workedOut] = await Promise.all([
    intervals ? workedOutOn(pool, tally.toWorkOut(settings.seed)) : null,
    workOutSlices(pool, slices),
  ]);
  const rechecked = await recheck.run((batches) => pool.run('compare', { ...task, batches, stop }));
  await resampling.finish();
  const points = measures.measures();
  const support = offPolicy.report();
  const { name, jurisdiction, created_at } = snapshot.meta;
  return {
    format: 'stateside-replay-report',
    version: 1,
    stateside: manifest.version,
    snapshot: { name, digest: snapshot.digest, jurisdiction, created_at },
    baseline: baseline.ref,
    candidate: candidate.ref,
    settings,
    requests,
    candidates,
    measures: [
      ...(inference?.withIntervals(points) ?? points),
      ...tally.measures(snapshot.counts.items, workedOut),
      ...slices.parities(),
      ...offPolicy.measures(),
    ],
    heads: tally.heads(intervals),
    ...(inference === null ? {} : { inference: INFERENCE }),
    ...(settings.slices === undefined ? {} : { slices: slices.tables(snapshot.counts.items) }),
    ...(support === undefined ? {} : { offPolicy: support }),
    ...(attribution === null ? {} : { attribution: attribution.changes() }),
    ...(run.gateRules === undefined ? {} : { gateRules: run.gateRules }),
    recheck: rechecked,
    outcomesDigest: outcomes.digest('hex'),
  };
}

/** One slice after another, so that what they hand over does not pile up. */
async function workOutSlices(pool: WorkerPool, slices: SliceTallies): Promise<void> {
  for (const { input, take } of slices.toWorkOut()) take(await pool.run('workOut', input));
}

/** The blocks that an earlier start finished, as they are, then those that remain, each kept before it is taken in. */
async function* allBlocks(
  kept: KeptBlocks | undefined,
  compare: (from: number) => AsyncIterable<Uint8Array>,
  signal: AbortSignal,
): AsyncGenerator<ReplayedBlock> {
  let finished = 0;
  for await (const bytes of kept?.blocks() ?? []) {
    signal.throwIfAborted();
    const block = blockOf(bytes);
    finished += block.requests.length;
    yield block;
  }
  for await (const bytes of compare(finished)) {
    const block = blockOf(bytes);
    await kept?.append(bytes, block.requests.length);
    yield block;
  }
}

function* parts<Value>(values: readonly Value[], size: number, from = 0): Generator<Value[]> {
  for (let at = from; at < values.length; at += size) yield values.slice(at, at + size);
}
