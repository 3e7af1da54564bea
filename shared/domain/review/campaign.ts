import { z } from 'zod';
import { Sha256 } from '../release/manifest.ts';
import { Moment } from '../statements/statement.ts';

export const DRAW_METHODS = [
  'uniform',
  'biggest movers',
  'labelled high up',
  'weighted by exposure',
] as const;
export const DrawMethod = z.enum(DRAW_METHODS);
export type DrawMethod = z.infer<typeof DrawMethod>;

/** One part of a campaign's draw. */
export const Stratum = z.strictObject({ method: DrawMethod, count: z.int().min(1).max(100_000) });
export type Stratum = z.infer<typeof Stratum>;

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
      }),
    )
    .min(1),
  createdBy: z.string().min(1),
  createdAt: Moment,
});
export type Campaign = z.infer<typeof Campaign>;
