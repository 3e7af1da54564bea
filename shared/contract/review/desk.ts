import { z } from 'zod';
import { CampaignMode } from '../../domain/review/campaign.ts';
import { Ruling } from '../../domain/review/decision.ts';
import { channel, Nothing } from '../channel.ts';
import { FeedComparison, FeedItem, ItemArithmetic } from '../replay.ts';
import { DecisionRow } from './history.ts';

/** One person's unfinished work on a feed; every step lies on disk. */
export const Draft = z.object({ revision: z.int(), steps: z.array(Ruling), leaseUntil: z.string() });
export type Draft = z.infer<typeof Draft>;

/** A feed to judge, as it is shown. In blind mode nothing here tells which release a side is of. */
export const ReviewTask = Draft.extend({
  campaign: z.string(),
  feed: z.int(),
  mode: CampaignMode,
  request: FeedComparison.shape.request,
  snapshot: z.string(),
  items: z.array(FeedItem),
  /** From left to right. `arithmetic` is null in blind mode. */
  sides: z.array(
    z.object({
      name: z.string(),
      places: z.array(z.string()),
      arithmetic: z.array(ItemArithmetic).nullable(),
    }),
  ),
  policies: z.string(),
  /** Who else works on this feed now. */
  others: z.array(z.object({ person: z.string(), leaseUntil: z.string() })),
  /** Who handed the feed over, and with what words. */
  handedOver: z.object({ from: z.string(), note: z.string() }).nullable(),
  /** Feeds this person submitted, and how many the campaign has. */
  submitted: z.int(),
  feeds: z.int(),
});
export type ReviewTask = z.infer<typeof ReviewTask>;

/** Somebody's unfinished work on a feed. */
export const HolderRow = z.object({
  campaign: z.string(),
  feed: z.int(),
  person: z.string(),
  state: z.enum(['working', 'held']),
  leaseUntil: z.string(),
  rulings: z.int(),
  note: z.string(),
});
export type HolderRow = z.infer<typeof HolderRow>;

const FeedOf = z.object({ campaign: z.string(), feed: z.int().nonnegative() });

/** Where the next feed is taken from: a campaign, one feed of it, a queue, or whatever is most urgent. */
const Wanted = z.object({
  campaign: z.string().optional(),
  feed: z.int().nonnegative().optional(),
  queue: z.string().optional(),
});

const At = z.object({ campaign: z.string(), feed: z.int().nonnegative(), revision: z.int() });

export const deskChannels = {
  /**
   * The next feed for the person at this window, leased to them; null when there is none. Of a campaign (one feed of it
   * when named), of a queue, or of whatever is most urgent.
   */
  claim: channel(Wanted, ReviewTask.nullable()),
  /** Prolongs the lease while the person works. */
  renew: channel(FeedOf, z.object({ leaseUntil: z.string() })),
  /** Keeps the feed for the person until then, at most seven days, and gives them others meanwhile. */
  hold: channel(FeedOf.extend({ until: z.string(), note: z.string().max(4000) }), Nothing),
  /** Leaves the feed to another person, who judges it anew; what was ruled stays with the one who leaves it. */
  handOver: channel(FeedOf.extend({ to: z.string(), note: z.string().max(4000) }), Nothing),
  /** Lets go of the feed; what was ruled stays and comes back with it. */
  giveBack: channel(FeedOf, Nothing),
  holders: channel(z.object({ campaign: z.string() }), z.array(HolderRow)),
  /** Adds a ruling to the draft. Refused when the draft changed since `revision`. */
  rule: channel(At.extend({ ruling: Ruling }), Draft),
  undo: channel(At, Draft),
  /**
   * Makes the draft's rulings decisions: on disk, in the log, and no longer to be undone. Then claims what is wanted
   * next, in the same answer; `next` is left out where nothing was wanted or claiming failed, and `claim` says why.
   */
  submit: channel(
    At.extend({ next: Wanted.optional() }),
    z.object({ decisions: z.array(z.string()), next: ReviewTask.nullable().optional() }),
  ),
  /** A new decision in the place of an old one. Refused when another took its place already. */
  reverse: channel(z.object({ decision: z.string(), ruling: Ruling }), DecisionRow),
};
