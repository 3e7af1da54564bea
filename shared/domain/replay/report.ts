import { z } from 'zod';
import { Sha256 } from '../release/manifest.ts';

/** A release as a report names it. */
export const RankerRef = z.object({
  name: z.string(),
  version: z.string(),
  team: z.enum(['us', 'global']),
  digest: Sha256,
});
export type RankerRef = z.infer<typeof RankerRef>;

/** The ends of a 95 % interval; null where there is too little evidence for one. */
export const Interval = z.object({ lower: z.number(), upper: z.number() }).nullable();
export type Interval = z.infer<typeof Interval>;

/**
 * One measure of a replay. `id` is `<metric>[@<k>][:<label>]`, for example `ndcg@10` or `prevalence@5:often_hated`.
 * Measures of difference (overlap, rbo, …) have no `baseline` or `candidate` value, only `difference`;
 * for the others `difference` is candidate − baseline. null: this replay holds no evidence for it.
 */
export const Measure = z.object({
  id: z.string(),
  title: z.string(),
  unit: z.string(),
  better: z.enum(['higher', 'lower', 'neither']),
  baseline: z.number().nullable(),
  candidate: z.number().nullable(),
  difference: z.number().nullable(),
  /** How many requests it rests on. */
  requests: z.int().nonnegative(),
  /** How sure each figure is; absent where a measure has no interval. */
  intervals: z.object({ baseline: Interval, candidate: Interval, difference: Interval }).optional(),
  /** Two-sided p value of a paired randomisation test of `difference`; null where nothing differs, absent where untested. */
  p: z.number().nullable().optional(),
});
export type Measure = z.infer<typeof Measure>;

const ReliabilityCurve = z.array(
  z.object({ count: z.int(), predicted: z.number().nullable(), observed: z.number().nullable() }),
);

/** How what a head predicted stands to what was observed, in fifteen equal bins from 0 to 1. */
export const HeadReport = z.object({
  name: z.string(),
  observations: z.object({ baseline: z.int(), candidate: z.int() }),
  reliability: z.object({ baseline: ReliabilityCurve, candidate: ReliabilityCurve }),
});
export type HeadReport = z.infer<typeof HeadReport>;

/** What differs for one request. Lists are item ids, best first, cut at the smaller of top_k and the feed's length. */
export const RequestOutcome = z.object({
  requestId: z.string(),
  candidates: z.int(),
  baseline: z.array(z.string()),
  candidate: z.array(z.string()),
  /** |A ∩ B| / k at the report's topK, 0 to 1. */
  overlap: z.number(),
  /** Rank-biased overlap, extrapolated, p 0.9. */
  rbo: z.number(),
  firstChanged: z.boolean(),
  /** Largest change of place of an item that both feeds hold. */
  largestMove: z.int(),
  /** nDCG at topK; null when the request has no relevant item. */
  ndcg: z.object({ baseline: z.number(), candidate: z.number() }).nullable(),
  /** Labelled items within topK. */
  labelled: z.object({ baseline: z.int(), candidate: z.int() }),
});
export type RequestOutcome = z.infer<typeof RequestOutcome>;

export const ReplaySettings = z.object({
  seed: z.int().nonnegative(),
  /** At most so many requests, drawn with the seed; null replays all. */
  limit: z.int().positive().nullable(),
  topK: z.int().min(1).max(1000),
});
export type ReplaySettings = z.infer<typeof ReplaySettings>;

/** The summary of a replay: what a gate judges and a statement names by digest. */
export const ReplayReport = z.object({
  format: z.literal('stateside-replay-report'),
  version: z.literal(1),
  stateside: z.string(),
  snapshot: z.object({ name: z.string(), digest: Sha256, jurisdiction: z.string(), created_at: z.string() }),
  baseline: RankerRef,
  candidate: RankerRef,
  settings: ReplaySettings,
  requests: z.int().nonnegative(),
  candidates: z.int().nonnegative(),
  measures: z.array(Measure),
  heads: z.array(HeadReport).optional(),
  /** How intervals and p values were made: drawn anew with the settings' seed. */
  inference: z
    .object({ interval: z.literal('poisson bootstrap percentile'), level: z.number(), draws: z.int() })
    .optional(),
  /** SHA-256 over the canonical JSON of every outcome followed by a line feed, in order of request id. */
  outcomesDigest: Sha256,
});
export type ReplayReport = z.infer<typeof ReplayReport>;
