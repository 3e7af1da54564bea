import type { KeptFeed } from '../../../../shared/contract/weights.ts';
import type { RankingPolicy } from '../../../../shared/domain/ranking/policy.ts';
import { rankRequest } from '../../../../shared/domain/ranking/rank.ts';
import type { HeadOutputs } from '../../../../shared/domain/ranking/request.ts';

/** An item of the feed as it would be, from place 1; `gain` counts places up, null when it stood in no place before. */
export interface FeedPlace {
  readonly index: number;
  readonly place: number;
  readonly gain: number | null;
  readonly score: number;
}

export interface ReorderedFeed {
  readonly shown: readonly FeedPlace[];
  /** Candidates that the release's own feed shows and this one does not. */
  readonly gone: readonly number[];
  /** How long ranking took. */
  readonly milliseconds: number;
}

/** A request with what no dial moves: the model's outputs, and the feed under the release's own policy. */
export interface PreparedFeed {
  readonly kept: KeptFeed;
  readonly outputs: HeadOutputs;
  /** Candidates of the release's own feed, in order. */
  readonly former: readonly number[];
  /** Their places in it, from 1. */
  readonly places: ReadonlyMap<number, number>;
}

/** Ranks a kept request under the release's policy, once. */
export function prepare(kept: KeptFeed, own: RankingPolicy): PreparedFeed {
  const outputs = new Map(kept.outputs.map(({ name, values }) => [name, Float32Array.from(values)]));
  const { order, feedLength } = rankRequest(own, kept.request, outputs, kept.idOrder);
  const former = Array.from(order.subarray(0, feedLength));
  return { kept, outputs, former, places: new Map(former.map((index, at) => [index, at + 1])) };
}

/** Ranks it under another policy, here in the window. */
export function reorder(
  { kept, outputs, former, places }: PreparedFeed,
  policy: RankingPolicy,
): ReorderedFeed {
  const from = performance.now();
  const after = rankRequest(policy, kept.request, outputs, kept.idOrder);
  const milliseconds = performance.now() - from;
  const shown = Array.from(after.order.subarray(0, after.feedLength), (index, at): FeedPlace => {
    const place = at + 1;
    const was = places.get(index);
    return {
      index,
      place,
      gain: was === undefined ? null : was - place,
      score: after.finalScore[index] ?? 0,
    };
  });
  const here = new Set(shown.map(({ index }) => index));
  return { shown, gone: former.filter((index) => !here.has(index)), milliseconds };
}
