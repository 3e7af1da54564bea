import { z } from 'zod';
import { Sha256 } from '../release/manifest.ts';
import { Moment } from '../statements/statement.ts';
import { FEED_VERDICTS } from './decision.ts';
import { ItemAction } from './policy-library.ts';

export const DRAW_METHODS = [
  'uniform',
  'biggest movers',
  'labelled high up',
  'weighted by exposure',
  'slice',
] as const;
export const DrawMethod = z.enum(DRAW_METHODS);
export type DrawMethod = z.infer<typeof DrawMethod>;

/** Part of the replayed requests; what is left out does not matter. */
export const Slice = z.strictObject({
  /** Asked for from `from` to before `to`. */
  from: z.string().optional(),
  to: z.string().optional(),
  only: z.enum(['changed', 'first changed', 'labelled']).optional(),
  candidatesAtLeast: z.int().nonnegative().optional(),
});
export type Slice = z.infer<typeof Slice>;

/** One part of a campaign's draw; a `slice` narrows any method, and the method “slice” draws uniformly from it. */
export const Stratum = z
  .strictObject({ method: DrawMethod, count: z.int().min(1).max(100_000), slice: Slice.optional() })
  .refine(({ method, slice }) => method !== 'slice' || slice !== undefined, {
    path: ['slice'],
    message: 'must say which requests are drawn from; name a part of them',
  });
export type Stratum = z.infer<typeof Stratum>;

/** What a preference means once the sides are uncovered. */
export const PREFERENCES = ['candidate', 'no difference', 'baseline'] as const;

/** What is known to be right of a golden feed. */
export const GoldenAnswer = z.strictObject({
  verdict: z.enum([...FEED_VERDICTS, ...PREFERENCES]),
  items: z.array(z.strictObject({ itemId: z.string().min(1), actions: z.array(ItemAction).min(1) })),
});
export type GoldenAnswer = z.infer<typeof GoldenAnswer>;

export const CampaignMode = z.enum(['open', 'blind']);
export type CampaignMode = z.infer<typeof CampaignMode>;

/** What a campaign is, drawn and frozen: its id is the SHA-256 of this value's canonical JSON. */
export const Campaign = z.strictObject({
  format: z.literal('stateside-review-campaign'),
  name: z.string().trim().min(1).max(200),
  /** The release under review; in an open campaign its feeds are shown. */
  release: Sha256,
  /** The release it is compared with. */
  baseline: Sha256,
  snapshot: Sha256,
  /** SHA-256 of the report of the replay the feeds were drawn from. */
  replayReport: Sha256,
  mode: CampaignMode,
  reviewersPerFeed: z.int().min(1).max(20),
  policies: Sha256,
  due: z.iso.date().nullable(),
  seed: z.int().nonnegative(),
  strata: z.array(Stratum).min(1),
  /** What was drawn, in the order it is worked. `left` is the release shown at the left in blind mode. */
  feeds: z
    .array(
      z.strictObject({
        requestId: z.string(),
        stratum: z.int().nonnegative(),
        left: z.enum(['baseline', 'candidate']),
        /** Labelled items high up in the feed of the release. */
        labelled: z.int().nonnegative().optional(),
        /** Drawn to be judged by one person more. */
        second: z.literal(true).optional(),
        /** A golden feed: everybody judges it, and it says nothing of the release. */
        answer: GoldenAnswer.optional(),
      }),
    )
    .min(1),
  createdBy: z.string().min(1),
  createdAt: Moment,
});
export type Campaign = z.infer<typeof Campaign>;
