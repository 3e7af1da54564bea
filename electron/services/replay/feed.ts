import type { FeedComparison, FeedItem, FeedSide } from '../../../shared/contract/replay.ts';
import { explainRanking } from '../../../shared/domain/ranking/explain.ts';
import type { HeadOutputs } from '../../../shared/domain/ranking/request.ts';
import type { RankerRef } from '../../../shared/domain/replay/report.ts';
import type { SnapshotReader } from '../../database/snapshot/reader.ts';
import type { SnapshotRequest } from '../../database/snapshot/request.ts';
import { rankBy, type AnyOpenRanker } from './ranker.ts';

/** One ranker's feed of a request with every item's arithmetic. */
export async function explainFeed(
  reader: SnapshotReader,
  request: SnapshotRequest,
  ranker: AnyOpenRanker,
  ref: RankerRef,
): Promise<FeedSide> {
  const outputs: HeadOutputs =
    ranker.model === null ? new Map() : await ranker.model.run(request.features, request.candidates.length);
  const ranking = rankBy(ranker, { request, outputs, idOrder: reader.idOrder });
  return {
    ranker: ref,
    topK: ranker.policy.top_k,
    heads: ranker.policy.heads.map(({ name, weight, min, max }) => ({ name, weight, min, max })),
    items: explainRanking(ranker.policy, request, outputs, ranking),
  };
}

export function describeRequest({
  requestId,
  user,
  requestedAt,
  surface,
}: SnapshotRequest): FeedComparison['request'] {
  const { userId, region, attributes } = user;
  return { requestId, userId, region, requestedAt, surface, userAttributes: attributes };
}

/** Every candidate of a request as people look at it, in ordinal order. */
export function describeItems(reader: SnapshotReader, request: SnapshotRequest): FeedItem[] {
  const { signals } = reader;
  return request.candidates.map(({ ordinal, item: { itemId }, inNetwork, loggedPosition }, at) => {
    const item = reader.item(itemId);
    const { caption, authorId, category, language, durationMs, uploadedAt, hasStill, attributes } = item;
    const feedback = signals.map(({ name }, column) => {
      const value = request.feedback[at * signals.length + column] ?? NaN;
      return { signal: name, value: Number.isNaN(value) ? null : value };
    });
    return {
      itemId,
      ordinal,
      caption,
      authorId,
      category,
      language,
      durationMs,
      uploadedAt,
      inNetwork: inNetwork === 1,
      loggedPosition,
      hasStill,
      labels: [...item.labelSources],
      feedback,
      attributes,
    };
  });
}
