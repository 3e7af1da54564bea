import { z } from 'zod';
import { RequestQuery, RequestSort } from '../../../shared/contract/replay.ts';

/** Text of an address; a number written there is text too. */
const Text = z.union([z.string(), z.number().transform(String)]);

/** What the set-up form holds, so that a link can fill it in. */
export const SetUpSearch = z.object({
  snapshot: Text.optional().catch(undefined),
  baseline: Text.optional().catch(undefined),
  candidate: Text.optional().catch(undefined),
});

/** The replay whose snapshot, baseline and settings the compared ones share. */
export const CompareSearch = z.object({ like: Text.default('').catch('') });

/** How the requests of a replay are listed. */
export const RequestsSearch = z.object({
  sort: RequestSort.default('rbo').catch('rbo'),
  desc: z.boolean().default(false).catch(false),
  q: Text.default('').catch(''),
  only: RequestQuery.shape.only.default('all').catch('all'),
});
export type RequestsSearch = z.infer<typeof RequestsSearch>;

export const FeedSearch = RequestsSearch.extend({
  /** Place of this request in the list it was opened from. */
  at: z.int().nonnegative().optional().catch(undefined),
  item: Text.optional().catch(undefined),
  /** The item that the chosen one is held against. */
  other: Text.optional().catch(undefined),
  side: z.enum(['baseline', 'candidate']).default('candidate').catch('candidate'),
});
export type FeedSearch = z.infer<typeof FeedSearch>;
