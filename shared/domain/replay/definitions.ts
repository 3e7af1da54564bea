import { capturedAt } from '../metrics/captured.ts';
import { entropyAt } from '../metrics/entropy.ts';
import { anyMarkedAt, exposureShareAt } from '../metrics/exposure.ts';
import { kendallTauOfCommon } from '../metrics/kendall-tau.ts';
import { firstDiffers, largestMove, meanMove } from '../metrics/moves.ts';
import { ndcgAt } from '../metrics/ndcg.ts';
import { overlapAt } from '../metrics/overlap.ts';
import { prevalenceAt } from '../metrics/prevalence.ts';
import { RBO_PERSISTENCE, rankBiasedOverlap } from '../metrics/rank-biased-overlap.ts';
import { averagePrecisionAt, precisionAt, recallAt, reciprocalRank } from '../metrics/ranking-quality.ts';
import type { Measure } from './report.ts';

/** What is known of a request's candidates, by candidate index; NaN where nothing was observed. */
export interface Known {
  readonly relevance: Float64Array;
  /** How many candidates are relevant, and their gains, best first. */
  readonly relevant: number;
  readonly best: Float64Array;
  readonly negative: Float64Array;
  readonly playTime: Float64Array;
  /** `amountOf` the play time. */
  readonly played: number;
  /** 1 where the item carries a policy label; only items of the two feeds are looked at. */
  readonly labelled: Float64Array;
  readonly inNetwork: ArrayLike<number>;
  /** A number for each category, −1 where an item has none; only items of the two feeds are looked at. */
  readonly categories: Float64Array;
}

interface Definition {
  readonly metric: string;
  readonly unit: string;
  readonly better: Measure['better'];
  /** Measured at each depth, or once for the whole feed. */
  readonly atDepths: boolean;
  /** Left out of a report when no request has evidence for it. */
  readonly optional: boolean;
  /** Rests on policy labels: where no request of a replay has any, there is no evidence. */
  readonly labels: boolean;
  title(depth: number): string;
}

/** A measure of how two feeds (candidate indexes, best first) differ; `common` is `commonPlaces` of them. */
export interface PairDefinition extends Definition {
  of(a: Int32Array, b: Int32Array, depth: number, common: Int32Array): number | null;
}

/** A measure of one feed. */
export interface FeedDefinition extends Definition {
  of(known: Known, feed: Int32Array, depth: number): number | null;
}

const whole = { unit: 'share', better: 'neither', atDepths: false, optional: false, labels: false } as const;
const deep = { unit: 'share', atDepths: true, optional: false, labels: false } as const;

/** How different, in the order of the report. */
export const PAIR_MEASURES: readonly PairDefinition[] = [
  {
    ...whole,
    ...{ metric: 'overlap', atDepths: true, title: (k) => `Overlap of the first ${k}` },
    of: overlapAt,
  },
  {
    ...whole,
    ...{ metric: 'rbo', title: () => 'Rank-biased overlap (p 0.9)' },
    of: (a, b, _depth, common) => rankBiasedOverlap(a, b, RBO_PERSISTENCE, common),
  },
  {
    ...whole,
    ...{ metric: 'kendall_tau', unit: 'tau-b', title: () => 'Kendall’s tau-b of the items both feeds hold' },
    of: (a, b, _depth, common) => kendallTauOfCommon(a, b, common),
  },
  {
    ...whole,
    ...{ metric: 'first_changed', title: () => 'Share of requests whose first item changed' },
    of: (a, b) => (firstDiffers(a, b) ? 1 : 0),
  },
  {
    ...whole,
    ...{ metric: 'largest_move', unit: 'places', title: () => 'Largest move of an item, mean' },
    of: (a, b, _depth, common) => largestMove(a, b, common),
  },
  {
    ...whole,
    ...{ metric: 'mean_move', unit: 'places', title: () => 'Mean move of the items both feeds hold' },
    of: (a, b, _depth, common) => meanMove(a, b, common),
  },
];

/** How good on logged feedback, how safe, how varied, in the order of the report. */
export const FEED_MEASURES: readonly FeedDefinition[] = [
  {
    ...deep,
    ...{ metric: 'ndcg', unit: 'nDCG', better: 'higher', title: (k) => `nDCG@${k}` },
    of: ({ relevance, best }, feed, k) => ndcgAt(relevance, feed, k, best),
  },
  {
    ...deep,
    ...{ metric: 'map', unit: 'MAP', better: 'higher', title: (k) => `Mean average precision@${k}` },
    of: ({ relevance, relevant }, feed, k) => averagePrecisionAt(relevance, feed, k, relevant),
  },
  {
    ...deep,
    ...{ metric: 'mrr', unit: 'MRR', better: 'higher', atDepths: false, title: () => 'Mean reciprocal rank' },
    of: ({ relevance, relevant }, feed) => reciprocalRank(relevance, feed, relevant),
  },
  {
    ...deep,
    ...{ metric: 'precision', better: 'higher', title: (k) => `Precision@${k}` },
    of: ({ relevance, relevant }, feed, k) => precisionAt(relevance, feed, k, relevant),
  },
  {
    ...deep,
    ...{ metric: 'recall', better: 'higher', title: (k) => `Recall@${k}` },
    of: ({ relevance, relevant }, feed, k) => recallAt(relevance, feed, k, relevant),
  },
  {
    ...deep,
    ...{ metric: 'play_time', better: 'higher', optional: true },
    title: (k) => `Share of observed play time in the first ${k}`,
    of: ({ playTime, played }, feed, k) => capturedAt(playTime, feed, k, played),
  },
  {
    ...deep,
    ...{ metric: 'prevalence', better: 'lower', labels: true },
    title: (k) => `Share of items with any label in the first ${k}`,
    of: ({ labelled }, feed, k) => prevalenceAt(labelled, feed, k),
  },
  {
    ...deep,
    ...{ metric: 'any_labelled', better: 'lower', labels: true },
    title: (k) => `Share of feeds with a labelled item in the first ${k}`,
    of: ({ labelled }, feed, k) => anyMarkedAt(labelled, feed, k),
  },
  {
    ...deep,
    ...{ metric: 'labelled_exposure', better: 'lower', labels: true },
    title: (k) => `Exposure of labelled items in the first ${k}, by 1/log2(1 + rank)`,
    of: ({ labelled }, feed, k) => exposureShareAt(labelled, feed, k),
  },
  {
    ...deep,
    ...{ metric: 'negative_feedback', better: 'lower' },
    title: (k) => `Share of items with negative feedback in the first ${k}`,
    of: ({ negative }, feed, k) => prevalenceAt(negative, feed, k),
  },
  {
    ...deep,
    ...{ metric: 'in_network', better: 'neither' },
    title: (k) => `Share of items from the user’s network in the first ${k}`,
    of: ({ inNetwork }, feed, k) => prevalenceAt(inNetwork, feed, k),
  },
  {
    ...deep,
    ...{ metric: 'category_entropy', unit: 'bits', better: 'neither', optional: true },
    title: (k) => `Entropy of categories in the first ${k}`,
    of: ({ categories }, feed, k) => entropyAt(categories, feed, k),
  },
];

/** What a measure of the whole feed, or at a depth, is called; null for the others, which no definition names. */
export function titleOf(id: string): string | null {
  const [, metric, depth] = /^([a-z_]+)(?:@(\d+))?$/.exec(id) ?? [];
  const definitions: readonly Definition[] = [...PAIR_MEASURES, ...FEED_MEASURES];
  return definitions.find((definition) => definition.metric === metric)?.title(Number(depth ?? 0)) ?? null;
}
