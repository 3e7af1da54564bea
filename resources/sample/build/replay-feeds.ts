import type { NewLabel } from '../../../electron/database/snapshot/writer.ts';
import { rankRequest } from '../../../shared/domain/ranking/rank.ts';
import type { RankingPolicy } from '../../../shared/domain/ranking/policy.ts';
import type { HeadOutputs, RankingRequest } from '../../../shared/domain/ranking/request.ts';
import { MeasureAccumulator } from '../../../shared/domain/replay/measures.ts';
import { compareFeeds } from '../../../shared/domain/replay/outcome.ts';
import type { Measure } from '../../../shared/domain/replay/report.ts';
import type { Feed } from './feeds.ts';
import { region } from './region.ts';
import { SIGNALS, signalValues } from './signals.ts';

const TOP_K = 10;

/** A ranker for feeds that are not in a snapshot. */
export interface FeedRanker {
  readonly policy: RankingPolicy;
  readonly outputs: (feed: Feed) => HeadOutputs;
}

/** The measures of a replay of the feeds, as Stateside replays a snapshot. */
export function replayFeeds(
  feeds: readonly Feed[],
  labels: readonly NewLabel[],
  baseline: FeedRanker,
  candidate: FeedRanker,
): Measure[] {
  const accumulator = new MeasureAccumulator(TOP_K);
  const byItem = new Map<string, string[]>();
  for (const { itemId, label } of labels) byItem.set(itemId, [...(byItem.get(itemId) ?? []), label]);
  for (const feed of feeds) {
    const request = requestOf(feed, (itemId) => byItem.get(itemId) ?? []);
    const rank = ({ policy, outputs }: FeedRanker) => rankRequest(policy, request, outputs(feed), 'integer');
    accumulator.add(
      compareFeeds({
        request,
        signals: SIGNALS,
        baseline: rank(baseline),
        candidate: rank(candidate),
        topK: TOP_K,
      }),
    );
  }
  return accumulator.measures();
}

function requestOf(
  { requestId, userId, candidates }: Feed,
  labelsOf: (itemId: string) => readonly string[],
): RankingRequest & { readonly feedback: Float32Array } {
  return {
    requestId,
    user: { userId, region: region(userId), attributes: {} },
    candidates: candidates.map(({ exposure: { videoId, durationMs } }, ordinal) => ({
      ordinal,
      item: {
        itemId: videoId,
        authorId: null,
        caption: null,
        category: null,
        language: null,
        durationMs,
        uploadedAt: null,
        attributes: {},
        labels: labelsOf(videoId),
      },
      inNetwork: 0,
      loggedPosition: ordinal + 1,
      loggedScore: null,
      propensity: null,
    })),
    feedback: Float32Array.from(candidates.flatMap(({ exposure }) => signalValues(exposure.outcome))),
  };
}
