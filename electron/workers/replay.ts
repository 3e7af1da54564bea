import { resolve } from 'node:path';
import type { FeedComparison } from '../../shared/contract/replay.ts';
import type { Resampled, ResampleTask } from '../../shared/domain/replay/inference.ts';
import type { RankerRef } from '../../shared/domain/replay/report.ts';
import { bootstrapSums, signFlippedSums } from '../../shared/domain/statistics/resample.ts';
import { checkSnapshot, requireSound } from '../database/snapshot/check.ts';
import { compareBatch, type ReplayedBatch } from '../services/replay/compare.ts';
import { drawRequests } from '../services/replay/draw.ts';
import { describeItems, describeRequest, explainFeed } from '../services/replay/feed.ts';
import type { Ranker } from '../services/replay/ranker.ts';
import { snapshotInfo } from '../services/snapshots/info.ts';
import { enveloped } from './envelope.ts';
import { openedRanker, openedSnapshot } from './opened.ts';

export { verifyAuditLog } from './audit.ts';
export { feedsChanged, formulaWorth, keptFeed, sampleIds, whatIf } from './formula.ts';

export interface SnapshotFile {
  readonly path: string;
  readonly digest: string;
}

export interface CompareTask {
  readonly snapshot: SnapshotFile;
  readonly baseline: Ranker;
  readonly candidate: Ranker;
  /** Request ids, batch by batch. */
  readonly batches: readonly (readonly string[])[];
  readonly topK: number;
}

export interface FeedTask {
  readonly snapshot: SnapshotFile & { readonly name: string };
  readonly baseline: { readonly ranker: Ranker; readonly ref: RankerRef };
  readonly candidate: { readonly ranker: Ranker; readonly ref: RankerRef };
  readonly requestId: string;
}

const IDS_AT_ONCE = 100_000;

/** The ids of the requests a replay covers, in id order. */
export const draw = enveloped(
  async ({
    snapshot,
    limit,
    seed,
  }: {
    snapshot: SnapshotFile;
    limit: number | null;
    seed: number;
  }): Promise<string[]> => {
    const reader = await openedSnapshot(snapshot.path, snapshot.digest);
    function* blocks(): Generator<string[]> {
      for (let offset = 0; offset < reader.requestCount; offset += IDS_AT_ONCE)
        yield reader.requestIdsBlock(offset, IDS_AT_ONCE);
    }
    return drawRequests(blocks(), limit, seed);
  },
);

/** Replays requests, one inference for each batch. */
export const compare = enveloped(async (task: CompareTask): Promise<ReplayedBatch[]> => {
  const reader = await openedSnapshot(task.snapshot.path, task.snapshot.digest);
  const baseline = await openedRanker(task.baseline);
  const candidate = await openedRanker(task.candidate);
  const replayed: ReplayedBatch[] = [];
  for (const ids of task.batches)
    replayed.push(await compareBatch(reader, baseline, candidate, ids, task.topK));
  return replayed;
});

/** Draws a chunk of requests anew: sums of their numbers, and of their differences with signs turned. */
export const resample = enveloped(async ({ levels, differences }: ResampleTask): Promise<Resampled> => {
  return { levels: bootstrapSums(levels), differences: signFlippedSums(differences) };
});

/** One request ranked by both, with every item's arithmetic. */
export const feed = enveloped(
  async ({ snapshot, baseline, candidate, requestId }: FeedTask): Promise<FeedComparison> => {
    const reader = await openedSnapshot(snapshot.path, snapshot.digest);
    const request = reader.request(requestId);
    return {
      snapshot: { digest: snapshot.digest, name: snapshot.name },
      request: describeRequest(request),
      items: describeItems(reader, request),
      baseline: await explainFeed(reader, request, await openedRanker(baseline.ranker), baseline.ref),
      candidate: await explainFeed(reader, request, await openedRanker(candidate.ranker), candidate.ref),
    };
  },
);

/** Checks every row of a snapshot file and says what it is. */
export const inspectSnapshot = enveloped(async ({ path }: { path: string }) => {
  const file = resolve(path);
  requireSound(checkSnapshot(file));
  return snapshotInfo(file);
});

export const still = enveloped(async ({ snapshot, itemId }: { snapshot: SnapshotFile; itemId: string }) => {
  const reader = await openedSnapshot(snapshot.path, snapshot.digest);
  const found = reader.still(itemId);
  return found === null ? null : { mime: found.mime, bytes: new Uint8Array(found.bytes) };
});
