import { z } from 'zod';
import { CampaignMode, DrawMethod } from './campaign.ts';

/** Which feeds a queue takes; an empty list or null asks for nothing. */
export const QueueRule = z.strictObject({
  campaigns: z.array(z.string()),
  methods: z.array(DrawMethod),
  mode: CampaignMode.nullable(),
  /** At least so many labelled items in the feed. */
  labelledAtLeast: z.int().nonnegative(),
  /** Only feeds drawn for a second review. */
  second: z.boolean(),
});
export type QueueRule = z.infer<typeof QueueRule>;

/** A line of feeds to be judged; of several that would take a feed, the one of the highest priority has it. */
export const Queue = z.strictObject({
  id: z.string().min(1),
  name: z.string().trim().min(1).max(80),
  /** From 0 (when there is nothing else) to 100 (first). */
  priority: z.int().min(0).max(100),
  rule: QueueRule,
});
export type Queue = z.infer<typeof Queue>;

/** What a queue's rule asks of a feed. */
export interface Routed {
  readonly campaign: string;
  readonly method: DrawMethod;
  readonly mode: CampaignMode;
  readonly labelled: number;
  readonly second: boolean;
}

export const takes = ({ rule }: Pick<Queue, 'rule'>, feed: Routed): boolean =>
  (rule.campaigns.length === 0 || rule.campaigns.includes(feed.campaign)) &&
  (rule.methods.length === 0 || rule.methods.includes(feed.method)) &&
  (rule.mode === null || rule.mode === feed.mode) &&
  feed.labelled >= rule.labelledAtLeast &&
  (!rule.second || feed.second);

/** The queue that has a feed; null when none takes it. Equals in priority are told apart by name. */
export function queueOf(queues: readonly Queue[], feed: Routed): Queue | null {
  return (
    queues
      .toSorted((a, b) => b.priority - a.priority || (a.name < b.name ? -1 : 1))
      .find((queue) => takes(queue, feed)) ?? null
  );
}
