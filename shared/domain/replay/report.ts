import { z } from 'zod';
import { Sha256 } from '../release/manifest.ts';
import { Attribute } from './attribute.ts';
import { SideSupport } from './off-policy.ts';

/** So deep feeds are compared at most. */
export const DEEPEST = 1000;

/**
 * What ranked, as a report names it: a release; a draft, which is a release's model with a policy that was saved as a
 * what-if (`digest` is the SHA-256 of both, so it is no release's); or the order the log holds, named by its snapshot.
 */
export const RankerRef = z.object({
  name: z.string(),
  version: z.string(),
  team: z.enum(['us', 'global']),
  digest: Sha256,
  /** Absent: a release. */
  kind: z.enum(['draft', 'logged']).optional(),
});
export type RankerRef = z.infer<typeof RankerRef>;

/** The ends of a 95 % interval; null where there is too little evidence for one. */
export const Interval = z.object({ lower: z.number(), upper: z.number() }).nullable();
export type Interval = z.infer<typeof Interval>;

/**
 * How an interval of a figure that is no mean over requests was made: users drawn anew with all their requests, groups
 * of requests left out in turn, or the variance of a count of distinct items.
 */
export const IntervalMethod = z.enum(['cluster bootstrap', 'delete-a-group jackknife', 'incidence variance']);
export type IntervalMethod = z.infer<typeof IntervalMethod>;

/**
 * How a p value was made where it is not by requests swapped at random: groups of requests swapped, users swapped, or
 * the bootstrap's draws taken as normal.
 */
export const TestMethod = z.enum(['group randomisation', 'user randomisation', 'bootstrap normal']);
export type TestMethod = z.infer<typeof TestMethod>;

/** How many random draws a figure was made from. Absent where none were, and in reports that do not tell it yet. */
const Draws = z.int().positive();

/** `method`: absent where requests were drawn anew, as the report's `inference` says. */
export const Intervals = z.object({
  baseline: Interval,
  candidate: Interval,
  difference: Interval,
  method: IntervalMethod.optional(),
  draws: Draws.optional(),
});
export type Intervals = z.infer<typeof Intervals>;

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
  intervals: Intervals.optional(),
  /** Two-sided p value of a paired randomisation test of `difference`; null where nothing differs, absent where untested. */
  p: z.number().nullable().optional(),
  /** Absent where requests were swapped, or nothing was tested. */
  test: TestMethod.optional(),
  /** Draws of the test: the smallest p value that so many can show is 1 / (draws + 1). */
  draws: Draws.optional(),
  /** Of a parity: how many groups are held against each other, and how many are left out as too small. */
  groups: z.object({ compared: z.int(), small: z.int() }).optional(),
});
export type Measure = z.infer<typeof Measure>;

const ReliabilityCurve = z.array(
  z.object({
    count: z.int(),
    predicted: z.number().nullable(),
    observed: z.number().nullable(),
    /** How sure `observed` is, by groups of requests left out in turn; absent where it was not asked. */
    interval: Interval.optional(),
  }),
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

/** One attribute, or two crossed, by which every measure is shown. */
export const Slicing = z.array(Attribute).min(1).max(2);
export type Slicing = z.infer<typeof Slicing>;

export const ReplaySettings = z.object({
  seed: z.int().nonnegative(),
  /** At most so many requests, drawn with the seed; null replays all. */
  limit: z.int().positive().nullable(),
  topK: z.int().min(1).max(DEEPEST),
  /** Draws the same share of requests from each value of this attribute of user or request; absent: from all alike. */
  stratify: Attribute.optional(),
  slices: z.array(Slicing).min(1).max(6).optional(),
  /** Whether the change is taken apart into model, weights, multipliers, filters and diversity, which takes longer. */
  attribution: z.literal(true).optional(),
});
export type ReplaySettings = z.infer<typeof ReplaySettings>;

/** A measure of one slice; title, unit and direction are those of the measure of this id of the whole replay. */
export const SliceMeasure = Measure.omit({ title: true, unit: true, better: true });
export type SliceMeasure = z.infer<typeof SliceMeasure>;

/**
 * Every measure within one value of an attribute, or within a pair of values of two. A slice of users or requests
 * holds their requests whole. A slice of items holds, of every feed, the items of that value alone in their order, and
 * as evidence what is known of the candidates of that value.
 */
export const Slice = z.object({
  /** In the order of `by`. */
  values: z.array(z.string()),
  requests: z.int(),
  /** Fewer than a hundred requests: its figures are not to be relied on. */
  small: z.boolean(),
  measures: z.array(SliceMeasure),
});
export type Slice = z.infer<typeof Slice>;

/** `omitted`: how many more values there are than the forty that are shown, those met first in the order of requests. */
export const SliceTable = z.object({ by: Slicing, slices: z.array(Slice), omitted: z.int() });
export type SliceTable = z.infer<typeof SliceTable>;

/** What a ranker is made of, each part's share in a change of some figure; they sum to `total`. */
export const AttributedChange = z.object({
  /** Id of the measure. */
  id: z.string(),
  /** From the baseline to the candidate. */
  total: z.number(),
  parts: z.object({
    model: z.number(),
    weights: z.number(),
    multipliers: z.number(),
    filters: z.number(),
    diversity: z.number(),
  }),
  /** How sure the whole and each part are, by requests drawn anew; absent where they were not drawn. */
  intervals: z
    .object({
      total: Interval,
      ...{
        model: Interval,
        weights: Interval,
        multipliers: Interval,
        filters: Interval,
        diversity: Interval,
      },
      draws: Draws.optional(),
    })
    .optional(),
});
export type AttributedChange = z.infer<typeof AttributedChange>;

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
  /**
   * How intervals and p values were made: drawn anew with the settings' seed; where a measure's intervals name another
   * method, by `groups` groups of requests.
   */
  inference: z
    .object({
      interval: z.literal('poisson bootstrap percentile'),
      level: z.number(),
      draws: z.int(),
      /** Absent in reports whose other figures have no intervals. */
      groups: z.int().optional(),
    })
    .optional(),
  /** In the order of the settings. */
  slices: z.array(SliceTable).optional(),
  /**
   * How far the log's propensities support estimates from it, by signal: present when it has any. The estimates are the
   * measures `ips:<signal>`, `snips:<signal>`, `dm:<signal>` and `dr:<signal>`, null where the log does not support them.
   */
  offPolicy: z
    .array(z.object({ signal: z.string(), baseline: SideSupport, candidate: SideSupport }))
    .optional(),
  /** Shapley values; a measure that no request has evidence for is left out. */
  attribution: z.array(AttributedChange).optional(),
  /** The gate rules in force when the replay was made; absent where there were none. */
  gateRules: z.object({ revision: z.int(), digest: Sha256 }).optional(),
  /** How many requests were ranked again, each alone, and of how many of them the outcome then differed by a bit. */
  recheck: z.object({ requests: z.int(), differing: z.int() }).optional(),
  /** SHA-256 over the canonical JSON of every outcome followed by a line feed, in order of request id. */
  outcomesDigest: Sha256,
});
export type ReplayReport = z.infer<typeof ReplayReport>;
