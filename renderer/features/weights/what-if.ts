import type { KeptFeed } from '../../../shared/contract/weights.ts';
import type { PolicyHead, RankingPolicy } from '../../../shared/domain/ranking/policy.ts';
import { rankRequest } from '../../../shared/domain/ranking/rank.ts';

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

/** Ranks a kept request under the release's policy and under another, here in the window. */
export function reorder(kept: KeptFeed, own: RankingPolicy, policy: RankingPolicy): ReorderedFeed {
  const outputs = new Map(kept.outputs.map(({ name, values }) => [name, Float32Array.from(values)]));
  const before = rankRequest(own, kept.request, outputs, kept.idOrder);
  const from = performance.now();
  const after = rankRequest(policy, kept.request, outputs, kept.idOrder);
  const milliseconds = performance.now() - from;
  const former = Array.from(before.order.subarray(0, before.feedLength));
  const places = new Map(former.map((index, at) => [index, at + 1]));
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

/** How far a weight's slider goes: from 0 to twice the release's weight, within its range, as far as it was moved. */
export function reach({ weight, min, max }: PolicyHead, moved: number): [from: number, to: number] {
  const twice = weight === 0 ? 1 : 2 * weight;
  const from = Math.max(min, Math.min(0, twice, moved));
  const to = Math.min(max, Math.max(0, twice, moved));
  return [from, to];
}

/** The policy with one head's weight moved. */
export const withWeight = (policy: RankingPolicy, name: string, weight: number): RankingPolicy => ({
  ...policy,
  heads: policy.heads.map((head) => (head.name === name ? Object.assign({}, head, { weight }) : head)),
});

/** The policy with one multiplier's factor moved. */
export const withFactor = (policy: RankingPolicy, name: string, factor: number): RankingPolicy => ({
  ...policy,
  multipliers: policy.multipliers.map((rule) =>
    rule.name === name ? Object.assign({}, rule, { factor }) : rule,
  ),
});
