import { z } from 'zod';
import { RankerRef } from '../../domain/replay/report.ts';
import { CampaignMode, GoldenAnswer, Stratum } from '../../domain/review/campaign.ts';
import { CampaignReport } from '../../domain/review/report.ts';
import { channel, Nothing } from '../channel.ts';

export const CampaignRow = z.object({
  id: z.string(),
  name: z.string(),
  mode: CampaignMode,
  release: RankerRef,
  baseline: RankerRef,
  snapshot: z.string(),
  policies: z.string(),
  reviewersPerFeed: z.int(),
  due: z.string().nullable(),
  createdBy: z.string(),
  createdAt: z.string(),
  coverage: CampaignReport.shape.coverage,
  /** Feeds the person at this window submitted. */
  submitted: z.int(),
});
export type CampaignRow = z.infer<typeof CampaignRow>;

export const CampaignInput = z.object({
  replayId: z.string(),
  name: z.string(),
  mode: CampaignMode,
  reviewersPerFeed: z.int().min(1).max(20),
  policies: z.string(),
  due: z.string().nullable(),
  seed: z.int().nonnegative(),
  strata: z.array(Stratum).min(1),
  /** Feeds whose right answer is known, mixed in at random places. */
  golden: z.array(z.object({ requestId: z.string(), answer: GoldenAnswer })).optional(),
  /** Share of the feeds that one person more judges. */
  secondReview: z.number().min(0).max(1).optional(),
});
export type CampaignInput = z.infer<typeof CampaignInput>;

export const campaignChannels = {
  campaigns: channel(Nothing, z.array(CampaignRow)),
  /** Draws feeds from a finished replay and freezes them as a campaign. */
  create: channel(CampaignInput, CampaignRow),
  report: channel(
    z.object({ campaign: z.string() }),
    z.object({ report: CampaignReport, digest: z.string() }),
  ),
};
