import { resolve } from 'node:path';
import type { FeedAttribution, FeedComparison } from '../../shared/contract/replay.ts';
import type { Resampled, ResampleTask } from '../../shared/domain/replay/inference.ts';
import { badInput, StatesideError } from '../../shared/domain/error.ts';
import { attributeOf, FIXED_ATTRIBUTES, groupOf } from '../../shared/domain/replay/attribute.ts';
import type { RankerRef, ReplaySettings } from '../../shared/domain/replay/report.ts';
import type { GroupedExposure } from '../../shared/domain/replay/author-exposure.ts';
import { concentrationDifferences } from '../../shared/domain/replay/author-swaps.ts';
import { workOut as workedOut, type ToWorkOut } from '../../shared/domain/replay/worked-out.ts';
import { bootstrapSums, signFlippedSums } from '../../shared/domain/statistics/resample.ts';
import type { SnapshotReader } from '../database/snapshot/reader.ts';
import { checkSnapshot, requireSound } from '../database/snapshot/check.ts';
import { attributeFeed } from '../services/replay/attribute.ts';
import { blockBytes } from '../services/replay/block-bytes.ts';
import { compareBlock } from '../services/replay/compare.ts';
import { drawRequests, drawStratified } from '../services/replay/draw.ts';
import { describeItems, describeRequest, explainFeed } from '../services/replay/feed.ts';
import type { AnyRanker, Ranker } from '../services/replay/ranker.ts';
import { snapshotInfo } from '../services/snapshots/info.ts';
import { enveloped } from './envelope.ts';
import { openedRanker, openedSnapshot } from './opened.ts';

export { checkAuditRange, verifyAuditLog } from './audit.ts';
export { inspectBackup } from './backup.ts';
export { exportLog, logFacets, logPlaces, logRange, logWords, proveLogEntry } from './log-reads.ts';
export { campaignQuality, campaignReport, mergeReview } from './review.ts';
export { featureImportance, importanceSample } from './importance.ts';
export { feedsChanged, formulaWorth, keptFeed, sampleIds, whatIf } from './formula.ts';

export interface SnapshotFile {
  readonly path: string;
  readonly digest: string;
}

export interface CompareTask {
  readonly snapshot: SnapshotFile;
  readonly baseline: AnyRanker;
  readonly candidate: AnyRanker;
  /** Request ids, batch by batch. */
  readonly batches: readonly (readonly string[])[];
  readonly settings: ReplaySettings;
  /** Tells one replay from another. */
  readonly replay: string;
  /** Shared with who waits for the answer, who puts 1 into it when the answer is no longer wanted. */
  readonly stop: Int32Array;
}

export interface FeedTask {
  readonly snapshot: SnapshotFile & { readonly name: string };
  readonly baseline: { readonly ranker: AnyRanker; readonly ref: RankerRef };
  readonly candidate: { readonly ranker: AnyRanker; readonly ref: RankerRef };
  readonly requestId: string;
}

export interface AttributeTask {
  readonly snapshot: SnapshotFile;
  readonly baseline: Ranker;
  readonly candidate: Ranker;
  readonly requestId: string;
  readonly topK: number;
}

const IDS_AT_ONCE = 100_000;
/** Requests in which attributes are looked for. */
const ATTRIBUTE_REQUESTS = 200;

/** The ids of the requests a replay covers, in id order. */
export const draw = enveloped(
  async ({
    snapshot,
    settings: { limit, seed, stratify },
  }: {
    snapshot: SnapshotFile;
    settings: ReplaySettings;
  }): Promise<string[]> => {
    const reader = await openedSnapshot(snapshot.path, snapshot.digest);
    const attribute = stratify === undefined ? null : attributeOf(stratify);
    if (limit === null || attribute === null)
      return drawRequests(
        blocksOf(reader, (from) => reader.requestIdsBlock(from, IDS_AT_ONCE)),
        limit,
        seed,
      );
    if (attribute.of !== 'request')
      throw badInput(
        `${stratify} is an attribute of items, and a draw is of requests; stratify by one of users or requests.`,
      );
    const strata = blocksOf(reader, (from) =>
      reader
        .askedBlock(from, IDS_AT_ONCE)
        .map((asked) => ({ id: asked.requestId, stratum: groupOf(attribute.read(asked)) })),
    );
    return drawStratified(strata, limit, seed);
  },
);

function* blocksOf<Row>({ requestCount }: SnapshotReader, read: (from: number) => Row[]): Generator<Row[]> {
  for (let from = 0; from < requestCount; from += IDS_AT_ONCE) yield read(from);
}

/** Replays requests, one inference for each batch; answers as `blockBytes` writes it. One task after another. */
export const compare = enveloped((task: CompareTask): Promise<Uint8Array> => inTurn(() => compareAll(task)));

let last: Promise<unknown> = Promise.resolve();

/** Begins when what came before has ended: batches of two tasks would share the memory they are gathered in. */
function inTurn<Value>(work: () => Promise<Value>): Promise<Value> {
  const result = last.then(work);
  last = result.catch(() => {});
  return result;
}

async function compareAll(task: CompareTask): Promise<Uint8Array> {
  const reader = await openedSnapshot(task.snapshot.path, task.snapshot.digest);
  const baseline = await openedRanker(task.baseline);
  const candidate = await openedRanker(task.candidate);
  const block = await compareBlock(
    { reader, baseline, candidate, settings: task.settings, replay: task.replay },
    task.batches,
    () => {
      if (Atomics.load(task.stop, 0) !== 0) throw new StatesideError('cancelled', 'The replay was stopped.');
    },
  );
  return blockBytes(block);
}

/** Draws a chunk of requests anew: sums of their numbers, and of their differences with signs turned. */
export const resample = enveloped(async ({ levels, differences }: ResampleTask): Promise<Resampled> => {
  return { levels: bootstrapSums(levels), differences: signFlippedSums(differences) };
});

/** How sure figures are that are no means over requests. */
export const workOut = enveloped(async (input: ToWorkOut) => workedOut(input));

export const swapAuthors = enveloped(
  async ({ exposure, swaps }: { exposure: GroupedExposure; swaps: Int32Array }) =>
    concentrationDifferences(exposure, swaps),
);

/** One request ranked by both, with every item's arithmetic. */
export const feed = enveloped(
  async ({ snapshot, baseline, candidate, requestId }: FeedTask): Promise<FeedComparison> => {
    const reader = await openedSnapshot(snapshot.path, snapshot.digest);
    const request = reader.request(requestId);
    return {
      snapshot: { digest: snapshot.digest, name: snapshot.name },
      request: describeRequest(request),
      items: describeItems(reader, request),
      idOrder: reader.idOrder,
      baseline: await explainFeed(reader, request, await openedRanker(baseline.ranker), baseline.ref),
      candidate: await explainFeed(reader, request, await openedRanker(candidate.ranker), candidate.ref),
    };
  },
);

/** What changed one feed, part by part. */
export const attribute = enveloped(async (task: AttributeTask): Promise<FeedAttribution> => {
  const reader = await openedSnapshot(task.snapshot.path, task.snapshot.digest);
  const baseline = await openedRanker(task.baseline);
  const candidate = await openedRanker(task.candidate);
  return attributeFeed(reader, reader.request(task.requestId), { baseline, candidate }, task.topK);
});

/** Attributes of users and items that the first requests of a snapshot have, beside those that every snapshot knows. */
export const attributes = enveloped(async ({ snapshot }: { snapshot: SnapshotFile }): Promise<string[]> => {
  const reader = await openedSnapshot(snapshot.path, snapshot.digest);
  const found = new Set<string>();
  for (const id of reader.requestIdsBlock(0, ATTRIBUTE_REQUESTS)) {
    const { user, candidates } = reader.request(id);
    for (const name of Object.keys(user.attributes)) found.add(`user.attributes.${name}`);
    for (const { item } of candidates)
      for (const name of Object.keys(item.attributes)) found.add(`item.attributes.${name}`);
  }
  return [...FIXED_ATTRIBUTES, ...[...found].toSorted()];
});

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

export const findItems = enveloped(
  async ({ snapshot, text, limit }: { snapshot: SnapshotFile; text: string; limit: number }) => {
    const reader = await openedSnapshot(snapshot.path, snapshot.digest);
    return reader.findItems(text, limit);
  },
);
